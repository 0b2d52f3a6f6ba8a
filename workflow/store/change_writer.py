"""The only writer of what the engine decides: one statement for any number of engagements, where the database can.

Round trips decide what a step costs, so PostgreSQL gets one statement: each kind of row travels as one JSON parameter,
and only the parts that there are rows for stand in it. SQLite has no such statement and no round trips; there the same
rows are written table by table.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Select,
    Table,
    TableValuedAlias,
    Update,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session

from workflow.domain import change as rows
from workflow.domain.change import Change
from workflow.store.dialect import Prepared, among, recordset
from workflow.store.record import holds, table_of
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.rounds.round import Round
from workflow.store.tables.timer import ArmedTimer
from workflow.store.tables.visit import Approval, Judgement

_ENGAGEMENT, _TIMER, _PROMISE = table_of(Engagement), table_of(ArmedTimer), table_of(PromiseRow)
_APPOINTMENT = table_of(Appointment)
#: The parts of a change that are new rows, with the table they go to.
_NEW: Mapping[str, tuple[Table, type[Any]]] = MappingProxyType(
    {
        "events": (table_of(Event), rows.NewEvent),
        "notes": (table_of(Note), rows.NewNote),
        "effects": (table_of(OwedEffect), rows.NewEffect),
        "timers": (_TIMER, rows.NewTimer),
        "promises": (_PROMISE, rows.NewPromise),
        "judgements": (table_of(Judgement), rows.NewJudgement),
        "approvals": (table_of(Approval), rows.NewApproval),
        "rounds": (table_of(Round), rows.NewRound),
    }
)
_ENDS = ("timer_ends", "promise_ends", "date_changes")
_MOVED = ("stage", "standing", "version", "head", "stage_since", "seal")


def write(session: Session, changes: Sequence[Change]) -> None:
    """Writes the changes in the session's transaction. The engagements' rows must be locked already."""
    gathered = {part: tuple(chain.from_iterable(getattr(one, part) for one in changes)) for part in (*_NEW, *_ENDS)}
    present = {part: those for part, those in gathered.items() if those}
    present["moved"] = tuple(one.moved for one in changes)
    if session.get_bind().dialect.name == "postgresql":
        _all_at_once(session, [one.moved.id for one in changes], present)
    else:
        _part_by_part(session, present)
    _forget(session, {one.id for one in gathered["date_changes"]})


def _forget(session: Session, dates: set[int]) -> None:
    """Whoever holds these dates in this session reads them again."""
    for held in (one for one in session.identity_map.values() if isinstance(one, Appointment) and one.id in dates):
        session.expire(held)


# --- PostgreSQL: one statement, made once for each set of parts ---


def _all_at_once(session: Session, ids: Sequence[int], present: Mapping[str, tuple[Any, ...]]) -> None:
    statement = _at_once(frozenset(present), "one" if len(ids) == 1 else "many")
    session.connection().execute(statement, {"engagement": ids[0], "engagements": ids, **present})


@cache
def _at_once(parts: frozenset[str], engagements: Literal["one", "many"]) -> Update:
    """Rows that are inserted are not seen by the updates beside them: a timer armed here is not dropped here."""
    beside = [make(engagements) for part, make in _UPDATES.items() if part in parts]
    closed = next((one for one in beside if one.name == "promise_ends"), None)
    beside += [_insertion(part, closed) for part in _NEW if part in parts]
    moved = recordset("moved", rows.Moved)
    here = (_ENGAGEMENT.c.id == moved.c.id) & _of_these(_ENGAGEMENT.c.id, engagements)
    return (
        update(_ENGAGEMENT)
        .where(here, _ENGAGEMENT.c.version == moved.c.old_version)
        .values({name: moved.c[name] for name in _MOVED})
        .add_cte(*beside)
    )


def _of_these(column: Column[int], engagements: Literal["one", "many"]) -> ColumnElement[bool]:
    """PostgreSQL takes JSON for a hundred rows whatever is in it and would read whole tables for them; this lets it see
    that an index serves. For one engagement, it also sees that one plan serves all, and need not plan each step."""
    if engagements == "one":
        return column == bindparam("engagement")
    return among(column, "engagements")


def _insertion(part: str, closed: CTE | None) -> CTE:
    """Only one promise may be open, and nothing says in which order the parts of a statement run: so the insertion of
    promises asks how many were closed, which has to be known first."""
    table, row = _NEW[part]
    given: TableValuedAlias = recordset(part, row)
    chosen: Select[Any] = select(literal_column("*")).select_from(given)
    if table is _PROMISE and closed is not None:
        chosen = chosen.where(select(func.count()).select_from(closed).scalar_subquery() >= 0)
    return insert(table).from_select([one.name for one in given.c], chosen).cte(part)


def _promises_ended(engagements: Literal["one", "many"]) -> CTE:
    ended = recordset("promise_ends", rows.PromiseEnd)
    became = {"status": ended.c.status, "closed_at": ended.c.at, "closed_seq": ended.c.seq}
    here = (_PROMISE.c.id == ended.c.id) & _of_these(_PROMISE.c.engagement_id, engagements)
    return update(_PROMISE).where(here).values(became).returning(_PROMISE.c.id).cte("promise_ends")


def _timers_ended(engagements: Literal["one", "many"]) -> CTE:
    ended = recordset("timer_ends", rows.TimerEnd)
    stopped = ended.c.status == "suspended"
    became = {
        "status": ended.c.status,
        "settled_seq": ended.c.seq,
        "suspended_at": case((stopped, ended.c.at), else_=_TIMER.c.suspended_at),
        "settled_at": case((stopped, _TIMER.c.settled_at), else_=ended.c.at),
    }
    here = (_TIMER.c.engagement_id == ended.c.engagement_id) & _of_these(_TIMER.c.engagement_id, engagements)
    those = (_TIMER.c.about == ended.c.about) & (_TIMER.c.status == ended.c.was)
    return update(_TIMER).where(here, those).values(became).cte("timer_ends")


def _dates_changed(engagements: Literal["one", "many"]) -> CTE:
    changed = recordset("date_changes", rows.DateChange)
    became = {name: changed.c[name] for name in ("status", "reason", "sequence")}
    here = (_APPOINTMENT.c.id == changed.c.id) & _of_these(_APPOINTMENT.c.engagement_id, engagements)
    return update(_APPOINTMENT).where(here).values(became).cte("date_changes")


_UPDATES = MappingProxyType(
    {"promise_ends": _promises_ended, "timer_ends": _timers_ended, "date_changes": _dates_changed}
)


# --- SQLite: part by part ---


def _part_by_part(session: Session, present: Mapping[str, tuple[Any, ...]]) -> None:
    """What was is settled before what is new is written, as only one promise of an engagement may be open."""
    connection = session.connection()
    ends = present.get("timer_ends", ())
    for (was, status), prepared in _TIMERS_END.items():
        prepared.run(connection, [one for one in ends if (one.was, one.status) == (was, status)])
    for part in ("moved", "promise_ends", "date_changes", *_NEW):
        _PREPARED[part].run(connection, present.get(part, ()))


def _of(name: str) -> Any:
    """A parameter that takes the row's field of this name; no column is called so."""
    return bindparam(f"the_{name}")


def _timers_end(was: str, status: str) -> Update:
    here = (_TIMER.c.engagement_id == _of("engagement_id")) & (_TIMER.c.about == _of("about"))
    stamp = "suspended_at" if status == "suspended" else "settled_at"
    became = {"status": _of("status"), stamp: _of("at"), "settled_seq": _of("seq")}
    return update(_TIMER).where(here, holds(ArmedTimer.status, was)).values(became)


def _moves() -> Update:
    here = (_ENGAGEMENT.c.id == _of("id")) & (_ENGAGEMENT.c.version == _of("old_version"))
    return update(_ENGAGEMENT).where(here).values({name: _of(name) for name in _MOVED})


def _closes() -> Update:
    became = {"status": _of("status"), "closed_at": _of("at"), "closed_seq": _of("seq")}
    return update(_PROMISE).where(_PROMISE.c.id == _of("id")).values(became)


def _changes_date() -> Update:
    became = {name: _of(name) for name in ("status", "reason", "sequence")}
    return update(_APPOINTMENT).where(_APPOINTMENT.c.id == _of("id")).values(became)


#: Each statement is made once: making them costs more than what SQLite does with them.
_TIMERS_END = MappingProxyType(
    {
        (was, status): Prepared(_timers_end(was, status))
        for was, status in (("armed", "suspended"), ("armed", "dropped"), ("suspended", "dropped"))
    }
)
_PREPARED = MappingProxyType(
    {
        "moved": Prepared(_moves()),
        "promise_ends": Prepared(_closes()),
        "date_changes": Prepared(_changes_date()),
        **{part: Prepared(insert(table), row._fields) for part, (table, row) in _NEW.items()},
    }
)
