"""Timers that have come due. Zero, one or five sweeps at once are all correct: each timer is settled once.

A sweep takes many engagements at a time: it locks them, passing over those that somebody else has in hand, reads their
facts in one query and writes what follows in another. One timer of an engagement goes at a time, earliest first. An
engagement of which something cannot be worked out is set aside and tried again after growing pauses; no other waits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.span import Span
from workflow.containment import contained
from workflow.domain.change import NewTimer
from workflow.domain.facts import AppointmentFact
from workflow.domain.guards import judge
from workflow.domain.happening import StatusChange
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.engine import CameDue, Course
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer, Timer
from workflow.scheduling.gc_pause import collecting_later
from workflow.store.cases import Case, read_locked
from workflow.store.dialect import among
from workflow.store.health import setbacks
from workflow.store.record import holds, table_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.timer import ArmedTimer

_SWEEP = 1000
_timer, _engagement = table_of(ArmedTimer), table_of(Engagement)
#: A meeting's timers speak as long as its engagement is not called off.
_STANDINGS = {"stage": ("active",), "promise": ("active",), "meeting": ("active", "on_hold", "completed")}
_apart = table_of(Setback)
_aside = (_apart.c.kind == "engagement") & (_apart.c.engagement_id == _timer.c.engagement_id)
_DUE: Select[Any] = (
    select(
        *(_timer.c[name] for name in ("id", "engagement_id", "name", "stage", "about", "due_at", "armed_seq")),
        _engagement.c.reference,
        _apart.c.name.label("set_aside"),
    )
    .join(_engagement, _engagement.c.id == _timer.c.engagement_id)
    .outerjoin(_apart, _aside)
    .where(
        holds(ArmedTimer.status, "armed"),
        _timer.c.due_at <= bindparam("now"),
        tuple_(_engagement.c.offer_code, _engagement.c.offer_version).in_(bindparam("offers", expanding=True)),
        or_(_apart.c.next_try.is_(None), _apart.c.next_try <= bindparam("now")),
    )
    .order_by(_timer.c.due_at, _timer.c.id)
    .limit(_SWEEP)
    .with_for_update(of=_engagement, skip_locked=True)
)
_TAKE = (
    update(_timer)
    .where(among(_timer.c.id, "ids"), holds(ArmedTimer.status, "armed"), _timer.c.due_at <= bindparam("now"))
    .values(status=bindparam("as"), settled_at=bindparam("now"))
    .returning(_timer.c.id)
)
#: An engagement that was set aside, and of which nothing is due any more: somebody has seen to it.
_FORGET = (
    delete(_apart)
    .where(
        _apart.c.kind == "engagement",
        _apart.c.next_try <= bindparam("now"),
        ~exists().where(
            _timer.c.engagement_id == _apart.c.engagement_id,
            holds(ArmedTimer.status, "armed"),
            _timer.c.due_at <= bindparam("now"),
        ),
    )
    .execution_options(synchronize_session=False)
)
#: When the earliest armed timer falls due.
EARLIEST = select(func.min(_timer.c.due_at)).where(holds(ArmedTimer.status, "armed"))


@dataclass(frozen=True, slots=True)
class _Due:
    """A timer that is due: its case, what the offer says of it, and the meeting it is about, if it is about one."""

    row: Row[Any]
    case: Case
    offer: Offer
    timer: Timer | None
    meeting: AppointmentFact | None

    @property
    def meant(self) -> bool:
        """Whether its reason still stands."""
        if self.timer is None or self.case.standing not in _STANDINGS[self.row.about.partition(":")[0]]:
            return False
        if self.timer.at is None:
            here = self.case.stage == self.row.stage
        else:
            wanted = ("booked",) if self.timer.before else HELD_STATUSES
            here = self.meeting is not None and self.meeting.status in wanted
        return here and not (self.timer.unless and judge(self.case.facts, self.timer.unless) is None)


def sweep(store: Store, now: datetime) -> int:
    """Settles every timer that is due. Returns how many this sweep settled.

    Timers of an offer that is not installed stay as they are; `recognition doctor` tells of them.
    """
    settled, more = 0, True
    while more:
        some, more = _sweep_some(store, now)
        settled += some
    with store.writing() as session:
        session.execute(_FORGET, {"now": now})
    return settled


def _sweep_some(store: Store, now: datetime) -> tuple[int, bool]:
    """How many it settled, and whether others were due besides: somebody's second timer, or more than it takes."""
    with collecting_later(), store.writing() as session:
        rows = session.connection().execute(_DUE, {"now": now, "offers": [one.key for one in offers_of(session)]}).all()
        first = {row.engagement_id: row for row in reversed(rows)}
        earliest = [row for row in rows if first[row.engagement_id] is row]
        settled = _settle_all(session, earliest, now)
        return settled, bool(settled) and (len(rows) > len(earliest) or len(rows) == _SWEEP)


def _settle_all(session: Session, rows: Sequence[Row[Any]], now: datetime) -> int:
    """All at once; if that fails, each engagement by itself, as are those that failed before."""
    settled, alone = 0, [row for row in rows if row.set_aside is not None]
    healthy = [row for row in rows if row.set_aside is None]
    if healthy:
        alone += healthy
        with contained("a sweep, so each engagement is now taken by itself", _nobody_in_particular):
            with session.begin_nested():
                settled = _settle(session, healthy, now)
            alone = alone[: -len(healthy)]
    for row in alone:
        with setbacks.aside(session, row.engagement_id, row.reference, now):
            settled += _settle(session, [row], now)
            setbacks.overcome(session, [("engagement", row.reference)])
    return settled


def _nobody_in_particular(_sentence: str) -> None:
    """Whose fault it is shows when each is taken by itself."""


def _settle(session: Session, rows: Sequence[Row[Any]], now: datetime) -> int:
    """One due timer each of engagements that are locked. Returns how many were settled here."""
    cases, offers = read_locked(session, [row.engagement_id for row in rows]), offers_of(session)
    due = [
        _as_due(row, case, offers.machine(*case.offer).offer) for row in rows for case in (cases[row.engagement_id],)
    ]
    meant = [one for one in due if one.meant]
    won = _take(session, "fired", meant, now)
    gone = set() if len(meant) == len(due) else _take(session, "passed", [one for one in due if not one.meant], now)
    fired = [(one, one.timer) for one in meant if one.timer and one.row.id in won]
    _go_on(session, fired, now)
    engine.write(session, [_act(session, one, timer, now) for one, timer in fired])
    return len(won) + len(gone)


def _go_on(session: Session, fired: Collection[tuple[_Due, Timer]], now: datetime) -> None:
    """Arms the next round of those that fire again and again. It is there before the timer acts, so whatever that
    changes (the stage ends, the clocks stop) happens to the round as it does to every timer."""
    rounds = [_round(session, one, timer.every, now) for one, timer in fired if timer.every]
    if rounds:
        session.connection().execute(insert(_timer), [one._asdict() for one in rounds])


def _round(session: Session, due: _Due, every: Span, now: datetime) -> NewTimer:
    """Belongs to the event that armed the first."""
    row, calendar = due.row, calendar_of(session, due.offer, due.case)
    start, then = engine.next_round(calendar, every, row.due_at, now)
    kept = (row.engagement_id, row.name, row.stage, row.about)
    return NewTimer(*kept, "armed", now, then, start, every.count, every.unit, row.armed_seq)


def _as_due(row: Row[Any], case: Case, offer: Offer) -> _Due:
    meeting = next((one for one in case.facts.appointments if one.about == row.about), None)
    return _Due(row, case, offer, offer.timer.get(row.name), meeting)


def _take(session: Session, as_: str, due: Collection[_Due], now: datetime) -> set[int]:
    """Settles the timers that nobody else has settled. Returns their ids."""
    ids = [one.row.id for one in due]
    return set(session.connection().execute(_TAKE, {"ids": ids, "as": as_, "now": now}).scalars()) if ids else set()


def _act(session: Session, due: _Due, timer: Timer, now: datetime) -> Course:
    """What the timer does. The event of a meeting's timer says of the meeting what the letters need."""
    came, meeting = CameDue(timer, {}), due.meeting
    if meeting is not None:
        data = {"appointment": meeting.id, "kind": meeting.kind, "starts_at": meeting.starts_at.isoformat()}
        too_late_at = meeting.starts_at if timer.before is not None else None
        came = came._replace(data=data, status=_unchanged(meeting), too_late_at=too_late_at)
    return engine.time_came(session, due.case, came, now)


def _unchanged(meeting: AppointmentFact) -> StatusChange:
    """The meeting that a letter is about, though its status stays as it is."""
    return StatusChange(
        "appointment", meeting.id, meeting.status, meeting.status, (), kind=meeting.kind, purpose=meeting.purpose
    )
