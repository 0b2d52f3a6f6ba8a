"""Claims: what is due is taken for a while, by one worker at a time.

A claim is one short transaction that counts the attempt, takes a lease and raises the fence. The letters of one
engagement go out in the order in which they were owed: while one of them is in hand, no other worker takes the next.
One that has had trouble keeps nobody waiting.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from workflow.domain.standing import OPEN_STANDINGS
from workflow.store.dialect import one_at_a_time
from workflow.store.outbox.reminders import at, may_remind, moments
from workflow.store.record import holds, holds_some
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School


class Open(NamedTuple):
    """What may be done now, as offers by code and version: those whose emails may go, those of which all else may."""

    emails: Collection[tuple[str, str]]
    others: Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Claimed:
    """One effect in hand. `fence` is the proof that it is still ours."""

    id: int
    key: str
    engagement_id: int
    kind: str
    name: str
    recipient: str
    attempts: int
    fence: int
    seq: int
    owed_at: datetime
    lease_until: datetime


_CLAIMED = tuple(getattr(OwedEffect, one.name) for one in fields(Claimed))
_before = aliased(OwedEffect)


def _in_order() -> ColumnElement[bool]:
    """No letter of the same engagement is on its way."""
    same = and_(_before.engagement_id == OwedEffect.engagement_id, _before.id != OwedEffect.id)
    on_its_way = and_(holds(_before.status, "claimed"), _before.lease_until > at("now"), ~holds_some(_before.trouble))
    letters = and_(_before.kind == "email", OwedEffect.kind == "email")
    return ~exists().where(letters, same, on_its_way)


def _is_open() -> ColumnElement[bool]:
    own = tuple_(Engagement.offer_code, func.coalesce(OwedEffect.offer_version, Engagement.offer_version))
    email = OwedEffect.kind == "email"
    emails, others = (own.in_(bindparam(name, expanding=True)) for name in Open._fields)
    return exists().where(Engagement.id == OwedEffect.engagement_id, or_(and_(email, emails), and_(~email, others)))


def _school_is_there() -> ColumnElement[bool]:
    """Letters to a school that has closed wait until it is said who takes its place, or the journey is ended."""
    closed = (School.urn == Engagement.school_urn) & School.is_open.is_(False)
    own = (Engagement.id == OwedEffect.engagement_id) & Engagement.standing.in_(OPEN_STANDINGS)
    at_council = OwedEffect.recipient.startswith("advisor") | OwedEffect.recipient.startswith("lead_advisor")
    return or_(OwedEffect.kind != "email", at_council, ~exists().where(own, closed))


def _claimable() -> ColumnElement[bool]:
    """What was claimed had been due before."""
    return and_(
        holds(OwedEffect.status, "owed", "claimed"),
        OwedEffect.due_at <= at("now"),
        or_(holds(OwedEffect.status, "owed"), OwedEffect.lease_until <= at("now")),
        or_(~holds_some(OwedEffect.reader), may_remind()),
        _in_order(),
        _is_open(),
        _school_is_there(),
    )


#: Made once: a tick a second would make them anew each time.
_DUE = (
    select(OwedEffect.id)
    .where(_claimable())
    .order_by(OwedEffect.due_at, OwedEffect.id)
    .limit(bindparam("limit"))
    .with_for_update(of=OwedEffect, skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(OwedEffect)
    .where(OwedEffect.id.in_(select(_DUE.c.id)))
    .values(status="claimed", attempts=OwedEffect.attempts + 1, fence=OwedEffect.fence + 1, lease_until=at("until"))
    .returning(*_CLAIMED)
    .execution_options(synchronize_session=False)
)
_COUNT = select(func.count()).select_from(OwedEffect).where(_claimable())


def claim(session: Session, open_: Open, now: datetime, lease: timedelta, limit: int) -> list[Claimed]:
    """Takes up to `limit` effects that are due, or whose claim ran out, in the order in which they were owed."""
    one_at_a_time(session, "claim")
    asked = {**_asked(open_, now), "until": now + lease, "limit": limit}
    return sorted((Claimed(*row) for row in session.execute(_CLAIM, asked)), key=lambda one: one.id)


def count_due(session: Session, open_: Open, now: datetime) -> int:
    return session.scalar(_COUNT, _asked(open_, now)) or 0


def _asked(open_: Open, now: datetime) -> dict[str, object]:
    return {**moments(now), "emails": list(open_.emails), "others": list(open_.others)}
