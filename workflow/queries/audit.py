"""Replays the history of engagements and finds what was not written by the engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.happening import STEP_UNDONE
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, OutOfUse
from workflow.offer.definition import Offer
from workflow.store.history.keys import keys_of
from workflow.store.history.proof import Record, Row, faults_in, missing_engagements, read_records
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Opening

_SOME = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one engagement's history."""

    reference: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Audit:
    """`checked` counts the engagements looked at, `older` those that began before there were keys."""

    checked: int
    older: int
    faults: tuple[Fault, ...]


def verify(
    session: Session, engagement_id: int | None = None, *, progress: Callable[[int], None] = lambda _: None
) -> Audit:
    """Checks one engagement, or all of them. `progress` hears how many are done. Raises NotFound."""
    query = select(Engagement).order_by(Engagement.id)
    if engagement_id is not None:
        query = query.where(Engagement.id == engagement_id)
    faults, references = list[Fault](), list[str]()
    for some in session.scalars(query.execution_options(yield_per=_SOME)).partitions():
        faults += _faults(session, some)
        references += [one.reference for one in some]
        progress(len(references))
    if engagement_id is None:
        faults += [Fault(*one) for one in missing_engagements(session, keys_of(session), references)]
    elif not references:
        raise NotFound("There is no such engagement. Check the reference.")
    return Audit(len(references), _older(session, engagement_id), tuple(faults))


def _older(session: Session, engagement_id: int | None) -> int:
    query = select(func.count(Opening.engagement_id))
    return session.scalar(query if engagement_id is None else query.where(Opening.engagement_id == engagement_id)) or 0


def _faults(session: Session, engagements: Sequence[Engagement]) -> Iterator[Fault]:
    ring = keys_of(session)
    for record in read_records(session, engagements):
        for sentence in (*faults_in(ring, record), *_untold(session, record)):
            yield Fault(record.engagement.reference, sentence)


def _untold(session: Session, record: Record) -> Iterator[str]:
    engagement = record.engagement
    try:
        offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    except OutOfUse as missing:
        return iter((str(missing),))
    return _impossible_moves(record.events, offer)


def _impossible_moves(events: Sequence[Row], offer: Offer) -> Iterator[str]:
    """Recomputes every stage: a move must be one the offer allows, or lead back to where a step that was undone began.
    Nothing else moves."""
    known = {event["seq"]: event for event in events}
    for event in events:
        before, after = _before(event), (event["to_stage"], event["to_standing"])
        allowed = _back(known, event) if event["name"] == STEP_UNDONE else _reachable(offer, event)
        if before != after and after not in allowed:
            was, then = next(pair for pair in zip(before, after, strict=True) if pair[0] != pair[1])
            yield f"event {event['seq']}, “{event['name']}”, cannot lead from {was} to {then}."


def _before(event: Row) -> tuple[str, str]:
    return event["from_stage"], event["from_standing"]


def _back(known: Mapping[int, Row], undone: Row) -> Iterator[tuple[str, str]]:
    step = known.get(undone["data"].get("of"))
    return iter((_before(step),) if step and step["seq"] < undone["seq"] else ())


def _reachable(offer: Offer, event: Row) -> Iterator[tuple[str, str]]:
    stage_before, standing_before = _before(event)
    for way in offer.triggers.get(event["name"], ()):
        if stage_before in way.from_ and standing_before in way.standing.from_:
            stage = way.to or stage_before
            ends = way.to is not None and offer.stage[stage].final
            yield stage, "completed" if ends else way.standing.to
