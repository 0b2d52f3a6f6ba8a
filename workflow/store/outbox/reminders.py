"""Reminders: nobody gets two within a few days, so those of one reader go out together or wait for one another."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.store.record import holds, holds_some
from workflow.store.tables.owed_effect import OwedEffect

#: Nobody gets two reminders within this time, but for one that would then be of no more use.
REMINDERS_APART = timedelta(days=3)
#: A reminder of a meeting does not wait for others into its last day.
NOTICE = timedelta(days=1)
_same = aliased(OwedEffect)


def at(name: str) -> BindParameter[datetime]:
    """A moment that is given when the statement is run."""
    return bindparam(name, type_=OwedEffect.due_at.type)


def moments(now: datetime) -> dict[str, datetime]:
    """What decides about reminders at this moment."""
    return {"now": now, "lately": now - REMINDERS_APART, "soon": now + REMINDERS_APART + NOTICE}


def may_remind() -> ColumnElement[bool]:
    """The first of a reader's reminders that are due, if none is being sent and none went out lately."""
    other = and_(_same.reader == OwedEffect.reader, holds_some(_same.reader), _same.id != OwedEffect.id)
    sending = and_(holds(_same.status, "claimed"), _same.lease_until > at("now"))
    before = and_(holds(_same.status, "owed"), _same.due_at <= at("now"), _same.id < OwedEffect.id)
    lately = and_(holds(_same.status, "done"), _same.settled_at > at("lately"))
    pressing = and_(OwedEffect.too_late_at.is_not(None), OwedEffect.too_late_at <= at("soon"))
    return and_(~exists().where(other, or_(sending, before)), or_(pressing, ~exists().where(other, lately)))


def waits_for(whose: ColumnElement[bool], now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The reminders of these readers that are due and go out with the one that is being sent to them."""
    due = holds(OwedEffect.status, "owed", "claimed") & (OwedEffect.due_at <= now)
    return whose & due & holds(OwedEffect.status, "owed")


_GATHERED = (
    select(OwedEffect)
    .where(
        holds_some(OwedEffect.reader),
        waits_for(OwedEffect.reader.in_(bindparam("readers", expanding=True)), at("now")),
    )
    .order_by(OwedEffect.id)
)


def gathered(session: Session, readers: Collection[str], now: datetime) -> dict[str, list[OwedEffect]]:
    """By reader, their other reminders that are due: they go out with the one that was claimed.

    That one keeps everybody else from them.
    """
    found: dict[str, list[OwedEffect]] = {}
    for one in session.scalars(_GATHERED, {"readers": list(readers), "now": now}) if readers else ():
        found.setdefault(one.reader, []).append(one)
    return found
