"""Somebody is erased: no text of the record names them any more, and the history of their journey still holds.

History keeps ids, and salted digests of rows. With a row its salt goes, so that nobody can try names against a digest;
and an event says that it was erased, and vouches for what is left. To look at what would go, do it in a transaction
that is always rolled back (`Store.looking`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.local_time import local_day
from workflow.domain.actor import Actor
from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.standing import OPEN_STANDINGS
from workflow.english import count_of, day_in_words
from workflow.errors import Conflict, NotAllowed
from workflow.store.access.readable import is_open
from workflow.store.cases import Case, lock_cases
from workflow.store.privacy.subject import Subject, find
from workflow.store.privacy.traces import traces
from workflow.store.privacy.words import Words
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact as ContactRow
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history
from workflow.usecases.privacy import others_words, own_rows

#: Who may ask for a copy or an erasure: who looks after accounts, and the console.
_MAY = ("admin", "system")
#: Where a journey has come to an end for one person while it goes on for others.
_OVER = ("withdrawn", "deferred", "recognised")
PERSON_ERASED = "person_erased"


@dataclass(frozen=True, slots=True)
class Erased:
    """`gone` counts by kind what went. `stays` are sentences on what is kept and why. `words` is whom to look for
    outside of the record, and `sha256s` are of their certificates that went."""

    gone: dict[str, int]
    stays: tuple[str, ...]
    words: Words
    sha256s: frozenset[str]
    engagements: tuple[str, ...]


def may(actor: Actor) -> None:
    """Raises NotAllowed."""
    if actor.role not in _MAY:
        raise NotAllowed(f"What is kept about one person is for an administrator; you act as {actor.title}.")


def in_the_way(session: Session, subject: Subject, now: datetime) -> Iterator[str]:
    """What has to happen first, in sentences."""
    for person, case in _participations(session, subject):
        if case.standing in OPEN_STANDINGS and person.status not in _OVER:
            yield f"{person.name} still takes part in {case.reference}. Withdraw them first, under “People” there."
    for contact in subject.contacts:
        one = session.get_one(Engagement, contact.engagement_id)
        if one.standing in OPEN_STANDINGS:
            title = "school lead" if contact.role == "lead" else "head"
            yield f"They are the {title} of {one.reference}, which goes on. Correct the contact details there first."
    speaks = ContactRow.email.in_(subject.addresses) & ContactRow.until.is_(None)
    for held in session.scalars(select(ContactRow).where(speaks)):
        one = session.get_one(Engagement, held.engagement_id)
        if one.standing in OPEN_STANDINGS:
            title = CONTACTS[held.kind].lower()
            yield f"They are the {title} of {one.reference}, which goes on. Say who takes over there first."
    for name in session.scalars(
        select(InvitedReader.name).where(InvitedReader.email.in_(subject.addresses), is_open(now))
    ):
        yield f"{name} may read about several schools. End that first, under “Readers of several schools”."
    if subject.user_id is not None:
        user = session.get_one(User, subject.user_id)
        if user.disabled_at is None:
            yield f"{user.name} has an account that is open. Close it first, under “People who may sign in”."


def erase(session: Session, email: str, *, actor: Actor, now: datetime, certificates_too: bool = False) -> Erased:
    """Raises NotFound, NotAllowed, or Conflict with what has to happen first. A certificate in force stays with its
    holder's name, unless it is to go as well."""
    may(actor)
    subject = find(session, email)
    if reasons := [*in_the_way(session, subject, now)]:
        raise Conflict(" ".join(reasons))
    words = Words(subject.names, subject.addresses)
    found = [*traces(session, words)]
    meetings = select(Appointment.engagement_id).where(Appointment.id.in_(others_words.meetings_of(found)))
    cases = lock_cases(session, sorted({*subject.engagements, *session.scalars(meetings)}))
    kept = () if certificates_too else own_rows.in_force(session, subject, local_day(now))
    sha256s = _sha256s(session, subject, kept)
    gone = own_rows.empty(session, subject, kept)
    session.flush()
    gone += others_words.take_out(session, subject, words)
    gone += others_words.remove_uploads(session, words)
    _tell(session, subject, cases, actor, now)
    stays = (*map(_stays, kept), *_named(session, words, kept), *_unsure(session, subject))
    return Erased(
        {title: number for title, number in gone.items() if number},
        stays,
        words,
        sha256s,
        tuple(case.reference for case in cases.values()),
    )


def _participations(session: Session, subject: Subject) -> Iterator[Row[Participant, Engagement]]:
    chosen = select(Participant, Engagement).join(Engagement, Engagement.id == Participant.engagement_id)
    yield from session.execute(chosen.where(Participant.id.in_(subject.participants))).all()


def _sha256s(session: Session, subject: Subject, kept: Sequence[Certificate]) -> frozenset[str]:
    stay = {one.id for one in kept}
    theirs = select(Certificate.id, Certificate.sha256).where(Certificate.participant_id.in_(subject.participants))
    return frozenset(sha256 for number, sha256 in session.execute(theirs) if number not in stay)


def _tell(session: Session, subject: Subject, cases: dict[int, Case], actor: Actor, now: datetime) -> None:
    """An event in each engagement whose rows were changed, with ids alone; and in the account's own history."""
    session.flush()
    chosen = select(Participant.id, Participant.engagement_id).where(Participant.id.in_(subject.participants))
    people: dict[int, int] = {one.id: one.engagement_id for one in session.execute(chosen)}
    for number, case in cases.items():
        mine = [one for one, engagement_id in people.items() if engagement_id == number]
        engine.record(session, case, PERSON_ERASED, actor=actor, now=now, data={"participants": mine} if mine else {})
    if subject.user_id is not None:
        account_history.note(session, subject.user_id, "erased", actor, now)


def _stays(one: Certificate) -> str:
    until = f"until {day_in_words(one.valid_until)}" if one.valid_until else "without an end date"
    return (
        f"The certificate {one.serial} is in force {until}: its number, the name on it, the phase, the school and the "
        "file stay, so that anybody who is shown it can check it. It can be erased too, if they wish."
    )


def _named(session: Session, words: Words, kept: Sequence[Certificate]) -> Iterator[str]:
    """What nobody can decide but a person: somebody else may have the same name."""
    for name, number in others_words.left(session, words).items():
        if name == "certificate.name" and kept:
            continue
        yield f"The name or address also stands in {count_of(number, 'row')} of “{name}”, which may be somebody else’s."


def _unsure(session: Session, subject: Subject) -> Iterator[str]:
    """What only somebody who reads it can say."""
    if number := others_words.by_first_name(session, subject):
        yield (
            f"A first name alone stands in {count_of(number, 'text')} about a school of theirs. "
            "Somebody has to read there whether it is they; what was agreed and notes can be written anew."
        )
    if any(len(name.split()) == 1 for name in subject.names):
        yield "Their name is a single word, so it was not looked for in what others wrote. Look for it by hand."
