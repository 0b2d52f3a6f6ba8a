"""A letter with a link, for schools, participants and readers of several schools: asked for on their own page,
or by an email address.

It goes to the address that is known now, never to one that was typed and is somebody else's; and whoever asks learns
nothing by it: not whether an address is known, and not whether they asked too often.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.email_address import as_kept
from workflow.store.access.readable import is_open
from workflow.store.session import Store
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.accounts import access_letters
from workflow.usecases.accounts.access_letters import Reader
from workflow.usecases.accounts.credentials import guesses
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.doors import guests
from workflow.usecases.accounts.doors.guests import LEFT, Spot
from workflow.usecases.accounts.doors.same_time import for_nothing
from workflow.usecases.accounts.doors.sign_in import Visit
from workflow.usecases.accounts.readers import invitations

#: Somebody may lead several engagements, and take part in some; the newest of each are what they come for.
_NEWEST = 5


def ask(store: Store, spot: Spot, links: LinkMaker, visit: Visit) -> None:
    """To whoever leads the engagement at the school now, or to the participant; not to one who has left."""
    with store.writing() as session:
        if _may_ask(session, visit):
            _send(session, _of_spot(session, spot, visit), links, visit)


def ask_by_address(store: Store, address: str, links: LinkMaker, visit: Visit) -> None:
    """To whoever is known by this address, for each page of theirs."""
    with store.writing() as session:
        if not _may_ask(session, visit):
            return
        if known := _of_address(session, as_kept(address), visit):
            _send(session, known, links, visit)
        elif (some := session.scalar(select(Engagement).order_by(Engagement.id.desc()).limit(1))) is not None:
            with for_nothing(session):
                _send(session, [_lead(some, visit)], links, visit)


def _may_ask(session: Session, visit: Visit) -> bool:
    counts = guesses.askings_of(visit.place.network)
    if guesses.slowed_until(session, counts, visit.now):
        return False
    guesses.failed(session, counts, visit.now)
    return True


def _send(session: Session, readers: Iterable[Reader], links: LinkMaker, visit: Visit) -> None:
    for reader in readers:
        purpose = _purpose(reader.whose)
        if reader.email and not access_letters.is_on_its_way(session, reader.whose, purpose, visit.now):
            access_letters.owe_to(session, reader, purpose, links, visit.now)


def _purpose(whose: Subject) -> str:
    if whose.reader_id is not None:
        return invitations.LINK
    return guests.SCHOOL if whose.engagement_id is not None else guests.PARTICIPANT


def _of_spot(session: Session, spot: Spot, visit: Visit) -> Iterator[Reader]:
    engagement = session.scalar(select(Engagement).where(Engagement.reference == spot.reference))
    if engagement is None:
        return
    if spot.participant_id is None:
        yield _lead(engagement, visit)
        return
    person = session.get(Participant, spot.participant_id)
    if person is not None and person.engagement_id == engagement.id and person.status != LEFT:
        yield _person(person, visit)


def _of_address(session: Session, email: str, visit: Visit) -> list[Reader]:
    leads = select(Engagement).where(Engagement.lead_email == email).order_by(Engagement.id.desc()).limit(_NEWEST)
    takes_part = (Participant.email == email) & (Participant.status != LEFT)
    own = select(Participant).where(takes_part).order_by(Participant.id.desc()).limit(_NEWEST)
    invited = select(InvitedReader).where(InvitedReader.email == email, is_open(visit.now))
    return [
        *(_lead(one, visit) for one in session.scalars(leads)),
        *(_person(one, visit) for one in session.scalars(own)),
        *(_reader(one, visit) for one in session.scalars(invited)),
    ]


def _lead(engagement: Engagement, visit: Visit) -> Reader:
    whose = Subject(engagement_id=engagement.id)
    return Reader(whose, engagement.lead_name, engagement.lead_email, visit.place.device)


def _person(person: Participant, visit: Visit) -> Reader:
    return Reader(Subject(participant_id=person.id), person.name, person.email, visit.place.device)


def _reader(one: InvitedReader, visit: Visit) -> Reader:
    return Reader(Subject(reader_id=one.id), one.name, one.email, visit.place.device)
