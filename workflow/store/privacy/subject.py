"""One person, wherever the record knows them: as a participant, as a school's contact, as a reader of several
schools, by an account at the council."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.domain.email_address import as_kept
from workflow.errors import NotFound
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact as ContactRow
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User

#: How a later participation is the same person's; who replaces somebody is another person.
_SAME_PERSON = ("transferred", "higher_phase")
_ROLES = ("lead", "head")


class Contact(NamedTuple):
    """Somebody whom an engagement names as its school's `lead` or `head`."""

    engagement_id: int
    role: str


class Subject(NamedTuple):
    """Ids, and the names and addresses that the record has them under. `engagements` are all that they are part of."""

    addresses: tuple[str, ...]
    names: tuple[str, ...]
    participants: tuple[int, ...]
    contacts: tuple[Contact, ...]
    engagements: tuple[int, ...]
    user_id: int | None


def find(session: Session, email: str) -> Subject:
    """Raises NotFound where nobody has this address."""
    people = _participations(session, as_kept(email))
    addresses = {as_kept(email), *(one.email for one in people)}
    contacts, rows = [*_contacts(session, addresses)], [*_rows(session, addresses)]
    invited = session.scalars(select(InvitedReader.name).where(InvitedReader.email.in_(addresses))).all()
    user = session.scalar(select(User).where(User.email.in_(addresses)))
    if not (people or contacts or rows or invited or user):
        raise NotFound(f"Nobody with the address {email} is known here. Check how it is written.")
    names = {
        *(name for one in people for name in (one.name, one.certificate_name)),
        *(name for _, name in contacts),
        *(one.name for one in rows),
        *invited,
        *session.scalars(select(Certificate.name).where(Certificate.participant_id.in_([one.id for one in people]))),
        *([user.name] if user else []),
    }
    engagements = {
        *(one.engagement_id for one in people),
        *(one.engagement_id for one, _ in contacts),
        *(one.engagement_id for one in rows),
    }
    return Subject(
        tuple(sorted(addresses)),
        tuple(sorted(name for name in names if name)),
        tuple(sorted(one.id for one in people)),
        tuple(one for one, _ in contacts),
        tuple(sorted(engagements)),
        user.id if user else None,
    )


def of_participant(session: Session, number: int) -> Subject:
    """A participant and no more: somebody else may have the same address at another school, or had it before."""
    people = _whole([session.get_one(Participant, number)], session)
    names = {name for one in people for name in (one.name, one.certificate_name) if name}
    return Subject(
        tuple(sorted({one.email for one in people})),
        tuple(sorted(names)),
        tuple(sorted(one.id for one in people)),
        (),
        tuple(sorted({one.engagement_id for one in people})),
        None,
    )


def _participations(session: Session, address: str) -> Sequence[Participant]:
    return _whole(session.scalars(select(Participant).where(Participant.email == address)), session)


def _whole(some: Iterable[Participant], session: Session) -> Sequence[Participant]:
    """With those that they follow from or that follow from them."""
    found = {one.id: one for one in some}
    new = [*found.values()]
    while new:
        before = [one.before_id for one in new if one.before_how in _SAME_PERSON]
        after = Participant.before_id.in_([one.id for one in new]) & Participant.before_how.in_(_SAME_PERSON)
        near = session.scalars(select(Participant).where(Participant.id.in_(before) | after))
        new = [one for one in near if one.id not in found]
        found |= {one.id: one for one in new}
    return [*found.values()]


def _rows(session: Session, addresses: Iterable[str]) -> Iterable[ContactRow | ContactProposal]:
    """Where they are or were a contact, or were proposed for one, beside the engagement's own row."""
    wanted = [*addresses]
    yield from session.scalars(select(ContactRow).where(ContactRow.email.in_(wanted)))
    yield from session.scalars(select(ContactProposal).where(ContactProposal.email.in_(wanted)))


def _contacts(session: Session, addresses: Iterable[str]) -> Iterable[tuple[Contact, str]]:
    wanted = [*addresses]
    named: ColumnElement[bool] = Engagement.lead_email.in_(wanted) | Engagement.head_email.in_(wanted)
    for one in session.scalars(select(Engagement).where(named).order_by(Engagement.id)):
        for role in _ROLES:
            if getattr(one, f"{role}_email") in wanted:
                yield Contact(one.id, role), getattr(one, f"{role}_name")
