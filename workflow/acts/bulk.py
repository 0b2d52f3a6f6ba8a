"""Bulk work: one request about many engagements, looked at first, then done row by row.

What a preview says is what really happened to each row in a transaction that was rolled back, so preview and work can
never disagree. A job that was stopped in the middle goes on where it stopped: a row is settled in the transaction that
does it.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from workflow.acts.act import Act, Many, Occasion, occasion, perform
from workflow.acts.fields import Advisor, Argument, Choice, Field, Moment, Option
from workflow.acts.registry import ACTS
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offers_of
from workflow.english import listed
from workflow.errors import BadInput, NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.store import lookups
from workflow.store.session import Store
from workflow.store.tables.bulk import BulkJob, BulkRow
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.store.tables.user import User
from workflow.usecases import users


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """The name of an act of `MANY`, its values (ids, names of the offer, ISO times) and the words that go with it."""

    verb: str
    values: Mapping[str, str]
    note: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class BulkResult:
    """One row: what happens (or happened) to it, or why it is refused."""

    reference: str
    school: str
    result: str
    refused: bool


class _OnlyLooking(Exception):
    """Ends the transaction of a preview; it never leaves this module."""


def preview(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> list[BulkResult]:
    """What would happen to each row. Changes nothing. Raises BadInput for a verb nobody knows."""
    _verb(wish.verb)
    lines: list[BulkResult] = []
    for reference in dict.fromkeys(references):
        try:
            with store.writing() as session:
                lines.append(_tried(session, wish, reference, now))
                raise _OnlyLooking
        except _OnlyLooking:
            continue
    return lines


def start(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """Writes the job down, with every row still to do. Returns its number. Raises BadInput or NotFound."""
    _verb(wish.verb)
    with store.writing() as session:
        ids = [lookups.engagement_id(session, reference) for reference in dict.fromkeys(references)]
        if not ids:
            raise BadInput("Name at least one engagement.")
        values, actor = dict(wish.values), wish.actor.token
        job = BulkJob(verb=wish.verb, values=values, note_text=wish.note, actor=actor, created_at=now)
        session.add(job)
        session.flush()
        session.add_all(
            BulkRow(job_id=job.id, number=number, engagement_id=engagement_id, status="planned", result_text="")
            for number, engagement_id in enumerate(ids, 1)
        )
        return job.id


def run(store: Store, job_id: int, clock: Callable[[], datetime]) -> Generator[BulkResult, None, None]:
    """Does every row that is still planned, each in a transaction of its own. Raises NotFound."""
    with store.reading() as session:
        wish = wish_of(session, job_id)
        planned = session.scalars(_rows(job_id).where(BulkRow.status == "planned")).all()
    for row in planned:
        line = _done(store, wish, row, clock())
        if line is not None:
            yield line


def progress(session: Session, job_id: int) -> list[BulkResult]:
    """Every row of a job as it stands. Raises NotFound."""
    wish_of(session, job_id)
    return [
        _line(session, row.engagement_id, row.result_text or row.status, refused=row.status == "refused")
        for row in session.scalars(_rows(job_id))
    ]


def waiting(session: Session, job_id: int) -> list[str]:
    """The references of the rows that are still to do."""
    own = (BulkRow.job_id == job_id) & (BulkRow.status == "planned")
    named = select(Engagement.reference).join(BulkRow, BulkRow.engagement_id == Engagement.id)
    return list(session.scalars(named.where(own).order_by(BulkRow.number)))


def _rows(job_id: int) -> Any:
    return select(BulkRow).where(BulkRow.job_id == job_id).order_by(BulkRow.number)


def wish_of(session: Session, job_id: int) -> BulkRequest:
    """What was asked for, and by whom. Raises NotFound."""
    job = session.get(BulkJob, job_id)
    if job is None:
        raise NotFound(f"There is no bulk job number {job_id}.")
    return BulkRequest(job.verb, job.values, job.note_text, Actor.of(job.actor))


def _tried(session: Session, wish: BulkRequest, reference: str, now: datetime) -> BulkResult:
    try:
        engagement_id = lookups.engagement_id(session, reference)
    except WorkflowError as error:
        return BulkResult(reference, "", str(error), refused=True)
    try:
        result = _perform(session, engagement_id, wish, now)
    except WorkflowError as error:
        return _line(session, engagement_id, str(error), refused=True)
    return _line(session, engagement_id, result, refused=False)


def _done(store: Store, wish: BulkRequest, row: BulkRow, now: datetime) -> BulkResult | None:
    """None when another run was first. A refusal undoes the row's own work, so it is written by itself."""
    try:
        with store.writing() as session:
            if not _settle(session, row, "done", "", now):
                return None
            result = _perform(session, row.engagement_id, wish, now)
            _settle(session, row, "done", result, now, was="done")
            return _line(session, row.engagement_id, result, refused=False)
    except WorkflowError as error:
        with store.writing() as session:
            if not _settle(session, row, "refused", str(error), now):
                return None
            return _line(session, row.engagement_id, str(error), refused=True)


def _settle(session: Session, row: BulkRow, status: str, result: str, now: datetime, *, was: str = "planned") -> bool:
    own = (BulkRow.job_id == row.job_id) & (BulkRow.number == row.number) & (BulkRow.status == was)
    settled = update(BulkRow).where(own).values(status=status, result_text=result, settled_at=now)
    done = session.execute(settled.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount == 1


def _line(session: Session, engagement_id: int, result: str, *, refused: bool) -> BulkResult:
    engagement = session.get_one(Engagement, engagement_id)
    return BulkResult(engagement.reference, session.get_one(School, engagement.school_urn).name, result, refused)


def _verb(name: str) -> None:
    if name not in MANY:
        raise BadInput(f"“{name}” cannot be done in bulk; choose {listed(list(MANY), 'or')}.")


def asked(act: Act) -> tuple[Field, ...]:
    """What is asked for when it is done to many: first which meeting, where it is about one."""
    many = act.many
    if many is None:
        return act.fields
    kind = (_KIND,) if act.about == "meeting" else ()
    return (*kind, *(_of_many(field, many) for field in act.fields if field.name not in many.without))


def _of_many(field: Field, many: Many) -> Field:
    """At the console the references take the place of arguments."""
    if field.name in many.options:
        metavar = field.console.metavar if isinstance(field, Advisor) and field.console else None
        option = Option(f"--{field.name}", many.options[field.name], metavar=metavar, required=True)
        field = replace(field, console=option)
    words: Mapping[str, Any] = many.words.get(field.name, {})
    return replace(field, **words)


def meetings(on: Occasion, _values: Mapping[str, Any] = MappingProxyType({})) -> dict[str, str]:
    """The kinds of appointment of every offer, with their titles."""
    offers: list[Offer] = list(offers_of(on.session))
    return {kind.name: kind.title for offer in offers for kind in offer.appointments}


#: Which meeting, where one is agreed for many at once.
_KIND = Choice("kind", among=meetings, label="Which meeting?", ask="Choose the meeting", console=Argument("KIND"))


def values_of(session: Session, act: Act, given: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """What was given, as a job keeps it: people by id, moments as ISO, and by itself the text that is its note.

    Raises NotFound for somebody who has no account.
    """
    note = str(given[act.many.note]) if act.many and act.many.note else ""
    kept = {name: value for name, value in given.items() if act.many and name != act.many.note}
    return {name: _kept(session, act, name, value) for name, value in kept.items()}, note


def _kept(session: Session, act: Act, name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if any(isinstance(field, Advisor) and field.name == name for field in act.fields):
        return str(users.actor(session, value).user_id)
    return str(value)


def _perform(session: Session, engagement_id: int, wish: BulkRequest, now: datetime) -> str:
    act = MANY[wish.verb]
    given: dict[str, Any] = dict(wish.values)
    for field in act.fields:
        if isinstance(field, Moment):
            given[field.name] = datetime.fromisoformat(given[field.name])
        if isinstance(field, Advisor):
            chosen = session.get(User, int(given[field.name]))
            given[field.name] = chosen.email if chosen else "Somebody who has left"
    if act.many and act.many.note:
        given[act.many.note] = wish.note
    on = replace(occasion(session, engagement_id, actor=wish.actor, now=now), of_many=True)
    done = perform(act, on, **given)
    return done.row or done.page


#: What can be done to many engagements at once.
MANY: Mapping[str, Act] = {act.name: act for act in ACTS.values() if act.many}
