"""A school's contacts: who they are, put right or followed by somebody else, each time with its place in the history.

The school lead and the head stand on the engagement's row, which guards, lists and imports read; the others in rows of
their own. Whoever was a contact before has a row in either case. Letters that are owed go to whoever is it when they
are written, and calendars follow, as `engine.follow_ups` has it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.change import EventData
from workflow.domain.contacts.kinds import CONTACTS, ON_THE_ROW, SCHOOL_LEAD
from workflow.domain.email_address import email_address
from workflow.domain.person_name import person_name
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.cases import lock_case
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.usecases.contacts import crossings

_CHANGED = "contact_changed"


class Held(NamedTuple):
    """Somebody's time as a contact. `since` is None where it began with the engagement, `until` where it goes on."""

    kind: str
    name: str
    email: str
    since: datetime | None
    until: datetime | None

    @property
    def title(self) -> str:
        return CONTACTS[self.kind]


# --- who they are ---


def held(session: Session, engagement: Engagement) -> tuple[Held, ...]:
    """Everybody who is or was a contact: kind by kind, whoever is it now first."""
    rows = session.scalars(select(Contact).where(Contact.engagement_id == engagement.id).order_by(Contact.id.desc()))
    known = [Held(one.kind, one.name, one.email, one.since, one.until) for one in rows]
    began = _began(session, engagement.id)
    for kind in ON_THE_ROW:
        name, email = _on_row(engagement, kind)
        if name or email:
            known.append(Held(kind, name, email, began.get(kind), None))
    order = list(CONTACTS)
    return tuple(sorted(known, key=lambda one: (order.index(one.kind), one.until is not None)))


def _began(session: Session, engagement_id: int) -> dict[str, datetime]:
    """When somebody last became a contact, by kind: the history knows it."""
    changes = (Event.engagement_id == engagement_id) & (Event.name == _CHANGED)
    rows = session.execute(select(Event.data, Event.at).where(changes).order_by(Event.seq))
    return {row.data["contact"]: row.at for row in rows}


def current(session: Session, engagement: Engagement) -> dict[str, Held]:
    """Whoever is a contact now, by kind."""
    return {one.kind: one for one in held(session, engagement) if one.until is None}


def _on_row(engagement: Engagement, kind: str) -> tuple[str, str]:
    name, email = ON_THE_ROW[kind]
    return getattr(engagement, name), getattr(engagement, email)


# --- what becomes of them ---


def correct(
    session: Session, engagement_id: int, kind: str = SCHOOL_LEAD, *, name: str, email: str, actor: Actor, now: datetime
) -> Held:
    """The same person by the right name and address, in every standing, for good. Raises BadInput or NotFound."""
    right = _read(kind, name, email)
    case = lock_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    before = current(session, engagement).get(kind)
    if before is None and kind != SCHOOL_LEAD:
        raise NotFound(f"Nobody is {CONTACTS[kind].lower()} there. Say who it is.")
    _write(session, engagement, kind, right, now, since=before.since if before else None)
    if before:
        crossings.note(session, engagement_id, before.email, right[1], now)
    engine.record(session, case, "contact_corrected", actor=actor, now=now, data=_data(kind))
    return Held(kind, *right, before.since if before else None, None)


def change(
    session: Session,
    engagement_id: int,
    kind: str,
    *,
    name: str,
    email: str,
    actor: Actor,
    now: datetime,
    proposal: int | None = None,
) -> Held | None:
    """Somebody else from now on, in every standing. Returns who it was until then.

    `proposal` is the number of the one that is taken with it. Raises BadInput, NotFound or Conflict.
    """
    right = _read(kind, name, email)
    case = lock_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    before = current(session, engagement).get(kind)
    if before and (before.name, before.email.lower()) == right:
        raise Conflict(f"{before.name} is {CONTACTS[kind].lower()} already.")
    if before:
        _keep(session, engagement, before, now)
        crossings.note(session, engagement_id, before.email, right[1], now)
    _write(session, engagement, kind, right, now, since=now)
    data: EventData = _data(kind) if proposal is None else {**_data(kind), "proposal": proposal}
    engine.record(session, case, _CHANGED, actor=actor, now=now, data=data)
    return before


def end(session: Session, engagement_id: int, kind: str, *, actor: Actor, now: datetime) -> Held:
    """Nobody from now on. A journey needs its school lead. Raises BadInput, NotFound or Conflict."""
    _agree_kind(kind)
    if kind == SCHOOL_LEAD:
        raise Conflict("A school needs somebody who leads it there. Say who takes over instead.")
    case = lock_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    before = current(session, engagement).get(kind)
    if before is None:
        raise NotFound(f"Nobody is {CONTACTS[kind].lower()} there.")
    _keep(session, engagement, before, now)
    if kind in ON_THE_ROW:
        _write(session, engagement, kind, ("", ""), now, since=None)
    crossings.note(session, engagement_id, before.email, "", now)
    crossings.drop(session, engagement_id, kind, now)
    engine.record(session, case, "contact_ended", actor=actor, now=now, data=_data(kind))
    return before


def _read(kind: str, name: str, email: str) -> tuple[str, str]:
    _agree_kind(kind)
    try:
        return person_name(name, f"The {CONTACTS[kind].lower()}’s name"), email_address(email)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _agree_kind(kind: str) -> None:
    if kind not in CONTACTS:
        raise NotFound(f"A school has no contact called “{kind[:40]}”. There are: {', '.join(CONTACTS)}.")


def _keep(session: Session, engagement: Engagement, before: Held, now: datetime) -> None:
    """Of somebody whose time has come to its end."""
    if before.kind in ON_THE_ROW:
        session.add(Contact(engagement_id=engagement.id, **before._replace(until=now)._asdict()))
    for one in _rows(session, engagement, before.kind):
        one.until = now
    session.flush()


def _write(
    session: Session,
    engagement: Engagement,
    kind: str,
    right: tuple[str, str],
    now: datetime,
    *,
    since: datetime | None,
) -> None:
    if kind in ON_THE_ROW:
        for column, text in zip(ON_THE_ROW[kind], right, strict=True):
            setattr(engagement, column, text)
        return
    name, email = right
    here = next(_rows(session, engagement, kind), None)
    if here is None:
        session.add(Contact(engagement_id=engagement.id, kind=kind, name=name, email=email, since=now, until=None))
    else:
        here.name, here.email, here.since = name, email, since


def _rows(session: Session, engagement: Engagement, kind: str) -> Iterator[Contact]:
    """The row of whoever is it now, where it has one."""
    mine = (Contact.engagement_id == engagement.id) & (Contact.kind == kind) & Contact.until.is_(None)
    return iter(session.scalars(select(Contact).where(mine)).all())


def _data(kind: str) -> dict[str, str]:
    return {"contact": kind}
