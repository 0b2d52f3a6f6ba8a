"""What a trigger did: told when it is fired, and told again when the same request comes a second time."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.course import Course
from workflow.errors import Conflict
from workflow.store.cases import Case
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trigger did. `settled` are the automatic triggers that followed; `owed` the keys of owed effects.

    `repeated` says that this request had been carried out before, and this is what it did then.
    """

    engagement_id: int
    reference: str
    trigger: str
    seq: int
    from_stage: str
    stage: str
    standing: str
    version: int
    settled: tuple[str, ...]
    owed: tuple[str, ...]
    repeated: bool = False


def outcome_of(course: Course, trigger: str) -> Outcome:
    case, first = course.case, course.events[0]
    return Outcome(
        case.id,
        case.reference,
        trigger,
        first.seq,
        first.from_stage,
        case.stage,
        case.standing,
        case.version,
        settled=tuple(event.name for event in course.events[1:]),
        owed=tuple(one.key for one in course.effects),
    )


def recorded(session: Session, case: Case, trigger: str) -> Outcome:
    """What the request with this key did, from the history it wrote. Raises Conflict if it asked for something else."""
    events = session.scalars(
        select(Event)
        .where(Event.engagement_id == case.id, (Event.seq == case.seen) | (Event.caused_by == case.seen))
        .order_by(Event.seq)
    ).all()
    first, last = events[0], events[-1]
    if first.name != trigger:
        raise Conflict(f"This key was used before, for “{first.name}”. Use a new key for a new request.")
    owed = session.scalars(
        select(OwedEffect.key)
        .where(OwedEffect.engagement_id == case.id, OwedEffect.seq.in_([event.seq for event in events]))
        .order_by(OwedEffect.id)
    ).all()
    return Outcome(
        case.id,
        case.reference,
        trigger,
        first.seq,
        first.from_stage,
        last.to_stage,
        last.to_standing,
        last.seq,
        tuple(event.name for event in events[1:]),
        tuple(owed),
        repeated=True,
    )
