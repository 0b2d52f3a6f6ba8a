"""Contacts that a school proposes: taken by the person's own yes or by an advisor, within two weeks.

Both hear of it. The person gets a letter with a link that is used once; whoever is the contact now is told who asked,
and told again when it is done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.containment import contained
from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.email_address import email_address
from workflow.domain.person_name import person_name
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.cases import lock_case
from workflow.store.record import holds
from workflow.store.session import Store
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.contacts import contacts, proposal_letters

LASTS = timedelta(days=14)
#: Each proposal writes to two people; a page that several may hold is no way to write to many.
_A_DAY = 6
_SOME = 100
_SCHOOL = Actor("school_lead")
_CLOSED = {"refused": "contact_refused", "lapsed": "contact_lapsed"}


def open_ones(session: Session, engagement_id: int, now: datetime) -> Sequence[ContactProposal]:
    """The oldest first."""
    mine = (ContactProposal.engagement_id == engagement_id) & _waits(now)
    return session.scalars(select(ContactProposal).where(mine).order_by(ContactProposal.id)).all()


def _waits(now: datetime) -> ColumnElement[bool]:
    return holds(ContactProposal.status, "open") & (ContactProposal.lapses_at > now)


def propose(
    session: Session,
    engagement_id: int,
    kind: str,
    *,
    name: str,
    email: str,
    asked_by: str,
    links: LinkMaker,
    actor: Actor,
    now: datetime,
) -> ContactProposal:
    """One that waits for the same kind of contact is replaced. Raises BadInput, NotFound or Conflict."""
    right = _read(kind, name, email, asked_by)
    case = engine.open_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    _agree_few(session, engagement_id, now)
    before = contacts.current(session, engagement).get(kind)
    if before and (before.name, before.email.lower()) == right[:2]:
        raise Conflict(f"{before.name} is {CONTACTS[kind].lower()} already.")
    for other in _open_of(session, engagement_id, kind):
        other.status, other.decided_at = "replaced", now
    session.flush()
    proposal = ContactProposal(
        engagement_id=engagement_id,
        kind=kind,
        name=right[0],
        email=right[1],
        asked_by=right[2],
        asked_at=now,
        lapses_at=now + LASTS,
        status="open",
        decided_at=None,
    )
    session.add(proposal)
    session.flush()
    proposal_letters.ask(session, proposal, before, links, now)
    engine.record(session, case, "contact_proposed", actor=actor, now=now, data=_data(proposal))
    return proposal


def _read(kind: str, name: str, email: str, asked_by: str) -> tuple[str, str, str]:
    if kind not in CONTACTS:
        raise BadInput("Choose which contact it is.")
    try:
        return person_name(name), email_address(email), person_name(asked_by, "Your name")
    except ValueError as error:
        raise BadInput(str(error)) from None


def _agree_few(session: Session, engagement_id: int, now: datetime) -> None:
    lately = (ContactProposal.engagement_id == engagement_id) & (ContactProposal.asked_at > now - timedelta(days=1))
    if (session.scalar(select(func.count()).select_from(ContactProposal).where(lately)) or 0) >= _A_DAY:
        raise Conflict("Enough has been proposed for one day. Ask your advisor to change your contacts.")


def _open_of(session: Session, engagement_id: int, kind: str) -> Sequence[ContactProposal]:
    mine = (ContactProposal.engagement_id == engagement_id) & (ContactProposal.kind == kind)
    return session.scalars(select(ContactProposal).where(mine, holds(ContactProposal.status, "open"))).all()


# --- what becomes of one ---


def confirm(session: Session, secret: str, now: datetime) -> ContactProposal:
    """The person's own yes, with the link of their letter. Raises NotFound for a link that holds no more."""
    return _take(session, proposal_letters.use(session, secret, now), "confirmed", _SCHOOL, now)


def decline(session: Session, secret: str, now: datetime) -> ContactProposal:
    """The person's own no, likewise."""
    return _close(session, proposal_letters.use(session, secret, now), "refused", actor=_SCHOOL, now=now)


def accept(session: Session, engagement_id: int, number: int, *, actor: Actor, now: datetime) -> ContactProposal:
    """By an advisor. Raises NotFound, or Conflict where it waits no more."""
    return _take(session, _one(session, engagement_id, number, now), "accepted", actor, now)


def refuse(session: Session, engagement_id: int, number: int, *, actor: Actor, now: datetime) -> ContactProposal:
    """By an advisor, likewise."""
    return _close(session, _one(session, engagement_id, number, now), "refused", actor=actor, now=now)


def _one(session: Session, engagement_id: int, number: int, now: datetime) -> ContactProposal:
    lock_case(session, engagement_id)
    found = session.get(ContactProposal, number, populate_existing=True)
    if found is None or found.engagement_id != engagement_id:
        raise NotFound(f"There is no proposal number {number} here.")
    if found.status != "open" or found.lapses_at <= now:
        raise Conflict("This proposal waits no more. Look at the contacts again.")
    return found


def _take(session: Session, proposal: ContactProposal, status: str, actor: Actor, now: datetime) -> ContactProposal:
    proposal.status, proposal.decided_at = status, now
    person = {"name": proposal.name, "email": proposal.email}
    engagement = session.get_one(Engagement, proposal.engagement_id)
    before = contacts.current(session, engagement).get(proposal.kind)
    if before and before.email.lower() == proposal.email:
        contacts.correct(session, proposal.engagement_id, proposal.kind, **person, actor=actor, now=now)
    else:
        contacts.change(
            session, proposal.engagement_id, proposal.kind, **person, actor=actor, now=now, proposal=proposal.id
        )
    if before:
        proposal_letters.tell_done(session, proposal, before, now)
    return proposal


def _close(session: Session, proposal: ContactProposal, status: str, *, actor: Actor, now: datetime) -> ContactProposal:
    case = lock_case(session, proposal.engagement_id)
    proposal.status, proposal.decided_at = status, now
    engine.record(session, case, _CLOSED[status], actor=actor, now=now, data=_data(proposal))
    return proposal


def sweep(store: Store, now: datetime) -> int:
    """Those that nobody has taken in time lapse, each by itself. Returns how many."""
    over = holds(ContactProposal.status, "open") & (ContactProposal.lapses_at <= now)
    with store.reading() as session:
        found = select(ContactProposal.id, ContactProposal.engagement_id).where(over)
        rows = session.execute(found.order_by(ContactProposal.lapses_at).limit(_SOME)).all()
    lapsed = 0
    for row in rows:
        with contained(f"proposal {row.id} of a contact", lambda _sentence: None), store.writing() as session:
            lapsed += _lapse(session, row.id, row.engagement_id, now)
    return lapsed


def _lapse(session: Session, number: int, engagement_id: int, now: datetime) -> bool:
    lock_case(session, engagement_id)
    proposal = session.get_one(ContactProposal, number, populate_existing=True)
    if proposal.status != "open":
        return False
    _close(session, proposal, "lapsed", actor=SYSTEM, now=now)
    return True


def _data(proposal: ContactProposal) -> dict[str, str | int]:
    return {"contact": proposal.kind, "proposal": proposal.id}
