"""Timers that have come due. Zero, one or five sweeps at once are all correct: each timer is settled once.

A sweep takes many engagements at a time: it locks them, passing over those that somebody else has in hand, reads their
facts in one query and writes what follows in another. One timer of an engagement goes at a time, earliest first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.facts import AppointmentFact
from workflow.domain.guards import judge
from workflow.domain.happening import StatusChange
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.engine import CameDue, Course
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer, Timer
from workflow.scheduling.gc_pause import collecting_later
from workflow.store.cases import Case, read_locked
from workflow.store.dialect import among
from workflow.store.record import holds, table_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.timer import ArmedTimer

_SWEEP = 1000
_timer, _engagement = table_of(ArmedTimer), table_of(Engagement)
#: A meeting's timers speak as long as its engagement is not called off.
_STANDINGS = {"stage": ("active",), "promise": ("active",), "meeting": ("active", "on_hold", "completed")}
_DUE: Select[Any] = (
    select(*(_timer.c[name] for name in ("id", "engagement_id", "name", "stage", "about", "due_at")))
    .join(_engagement, _engagement.c.id == _timer.c.engagement_id)
    .where(
        holds(ArmedTimer.status, "armed"),
        _timer.c.due_at <= bindparam("now"),
        tuple_(_engagement.c.offer_code, _engagement.c.offer_version).in_(bindparam("offers", expanding=True)),
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
    return settled


def _sweep_some(store: Store, now: datetime) -> tuple[int, bool]:
    """How many it settled, and whether others were due besides: somebody's second timer, or more than it takes."""
    with collecting_later(), store.writing() as session:
        due, found = _due(session, now)
        meant = [one for one in due if one.meant]
        won = _take(session, "fired", meant, now)
        gone = set() if len(meant) == len(due) else _take(session, "passed", [one for one in due if not one.meant], now)
        engine.write(session, [_act(session, one, one.timer, now) for one in meant if one.timer and one.row.id in won])
        settled = len(won) + len(gone)
        return settled, bool(settled) and (found > len(due) or found == _SWEEP)


def _due(session: Session, now: datetime) -> tuple[list[_Due], int]:
    """The earliest due timer of each engagement that is free, with its case; and how many timers were found due."""
    offers = offers_of(session)
    rows = session.connection().execute(_DUE, {"now": now, "offers": [offer.key for offer in offers]}).all()
    first = {row.engagement_id: row for row in reversed(rows)}
    cases = read_locked(session, first)
    due = [
        _as_due(row, cases[row.engagement_id], offers.machine(*cases[row.engagement_id].offer).offer)
        for row in rows
        if first[row.engagement_id] is row
    ]
    return due, len(rows)


def _as_due(row: Row[Any], case: Case, offer: Offer) -> _Due:
    meeting = next((one for one in case.facts.appointments if one.about == row.about), None)
    return _Due(row, case, offer, offer.timer.get(row.name), meeting)


def _take(session: Session, as_: str, due: Collection[_Due], now: datetime) -> set[int]:
    """Settles the timers that nobody else has settled. Returns their ids."""
    ids = [one.row.id for one in due]
    return set(session.connection().execute(_TAKE, {"ids": ids, "as": as_, "now": now}).scalars()) if ids else set()


def _act(session: Session, due: _Due, timer: Timer, now: datetime) -> Course:
    """What the timer does. The event of a meeting's timer says of the meeting what the letters need."""
    came, meeting = CameDue(timer, due.row.about, due.row.due_at, {}), due.meeting
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
