"""Schools and participants, who have no account: a link in a letter to their address stands for a password.

A *guest* is a browser in which somebody has used such a link: for one engagement's school, or for one participant, and
for nobody and nothing else. Other letters lead to the same pages, and only let them be read.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.catalogue import terms_of
from workflow.errors import NotFound
from workflow.offer.terms import Terms
from workflow.store.record import UtcDateTime
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School
from workflow.usecases.accounts import access_letters, sessions
from workflow.usecases.accounts.credentials.secrets import digest_of
from workflow.usecases.accounts.doors.sign_in import Visit
from workflow.usecases.accounts.policy import AccessPolicy

#: What the letters are for whose links lead here.
SCHOOL, PARTICIPANT = "school_link", "participant_link"
#: The status of those who are let in no more.
LEFT = "withdrawn"
#: Asked with every request of a guest, so each is put together once.
_HOLDS = (
    select(WebSession)
    .where(
        WebSession.secret_digest == bindparam("digest"),
        WebSession.until > bindparam("now", type_=UtcDateTime()),
        WebSession.used_at > bindparam("rested", type_=UtcDateTime()),
        Engagement.reference == bindparam("reference"),
    )
)  # fmt: skip
_OF_SCHOOL = _HOLDS.join(Engagement, WebSession.engagement_id == Engagement.id)
_OF_PERSON = (
    _HOLDS.join(Participant, WebSession.participant_id == Participant.id)
    .join(Engagement, Participant.engagement_id == Engagement.id)
    .where(Participant.id == bindparam("number"), Participant.status != LEFT)
)


class Spot(NamedTuple):
    """The page that a guest comes for: the school's of an engagement, or that of one who takes part in it."""

    reference: str
    participant_id: int | None = None


class Invited(NamedTuple):
    """Which page a link leads to, at which school and about which offer, and whose it is. There is no offer while it
    cannot be used."""

    spot: Spot
    school: str
    name: str
    offer: Terms | None


class CameIn(NamedTuple):
    """The page, and the secret of the session under which it may be written on."""

    spot: Spot
    secret: str


def invited(session: Session, secret: str, now: datetime) -> Invited:
    """Whom this link lets in. To look uses nothing up. Raises NotFound."""
    return _invited(session, _letter(session, secret, now))


def come_in(store: Store, secret: str, visit: Visit, policy: AccessPolicy) -> CameIn:
    """Once: a session for that page alone. Raises NotFound."""
    with store.writing() as session:
        letter = _letter(session, secret, visit.now, lock=True)
        spot = _invited(session, letter).spot
        letter.used_at = visit.now
        whose = Subject(engagement_id=letter.engagement_id, participant_id=letter.participant_id)
        until = visit.now + policy.guest_absolute
        return CameIn(spot, sessions.begin(session, whose, visit.place, now=visit.now, until=until))


def read(session: Session, secret: str, spot: Spot, now: datetime, idle: timedelta) -> WebSession | None:
    """The session with this secret, if it is for this page. None for one that ended, or rested for too long."""
    asked = {"digest": digest_of(secret), "now": now, "rested": now - idle, "reference": spot.reference}
    if spot.participant_id is None:
        return session.scalar(_OF_SCHOOL, asked)
    return session.scalar(_OF_PERSON, asked | {"number": spot.participant_id})


def _letter(session: Session, secret: str, now: datetime, *, lock: bool = False) -> AccessLetter:
    """Raises NotFound, also for a link that leads elsewhere."""
    letter = access_letters.of_link(session, secret, now, lock=lock)
    if letter is None or letter.purpose not in (SCHOOL, PARTICIPANT):
        raise NotFound(access_letters.NO_LINK)
    return letter


def _invited(session: Session, letter: AccessLetter) -> Invited:
    """Raises NotFound for a letter that was asked for while its reader's address was being put right."""
    person = session.get(Participant, letter.participant_id) if letter.participant_id else None
    engagement = session.get_one(Engagement, person.engagement_id if person else letter.engagement_id)
    if letter.to_email != (person.email if person else engagement.lead_email):
        raise NotFound(access_letters.NO_LINK)
    school = session.get_one(School, engagement.school_urn)
    spot = Spot(engagement.reference, letter.participant_id)
    return Invited(spot, school.name, letter.to_name, terms_of(session, engagement))
