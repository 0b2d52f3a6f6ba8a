"""Replays the history of engagements and finds what was not written by the engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, OutOfUse
from workflow.offer.definition import Offer
from workflow.queries.versions.past import VersionChange, change_in
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
    """Each event is judged by the version that held when it happened."""
    code, versions = record.engagement.offer_code, _versions(record)
    try:
        offers = {one: offers_of(session).machine(code, one).offer for one in dict.fromkeys(versions)}
    except OutOfUse as missing:
        return iter((str(missing),))
    return chain(_untold_versions(record), _impossible_moves(record.events, [offers[one] for one in versions]))


def _changes(record: Record) -> list[VersionChange]:
    return [change for event in record.events if (change := change_in(event["seq"], event["data"]))]


def _versions(record: Record) -> list[str]:
    """For each event the version that held before it, and at the end the one that holds now."""
    changes = {one.seq: one for one in _changes(record)}
    first = next(iter(changes.values()), None)
    held = [first.was if first else record.engagement.offer_version]
    for event in record.events:
        change = changes.get(event["seq"])
        held.append(change.became if change else held[-1])
    return held


def _untold_versions(record: Record) -> Iterator[str]:
    """The version is what the history makes it."""
    one, changes = record.engagement, _changes(record)
    bought = changes[0].was if changes else None
    if bought != one.bought_version:
        yield _bought_otherwise(bought, one.bought_version)
    ends = changes[-1].became if changes else one.offer_version
    if ends != one.offer_version:
        yield f"the engagement is under {one.offer_version}, and its history ends under {ends}."
    for before, after in pairwise(changes):
        if before.became != after.was:
            yield f"event {after.seq} leaves {after.was}, and {before.became} held there."


def _bought_otherwise(history: str | None, said: str | None) -> str:
    if said is None:
        return f"its history begins under {history}, and the engagement does not say that it was bought under that."
    return f"the engagement says that it was bought under {said}, and no event says so."


def _impossible_moves(events: Sequence[Row], offers: Sequence[Offer]) -> Iterator[str]:
    """Recomputes every stage: a move must be one the offer allows, or lead back to where a step that was undone began,
    or be to a stage of another version. Nothing else moves. Each event stands between two of the `offers`."""
    known = {event["seq"]: event for event in events}
    for event, (offer, next_offer) in zip(events, pairwise(offers), strict=True):
        before, after = _before(event), (event["to_stage"], event["to_standing"])
        if event["name"] == VERSION_CHANGED:
            allowed: Iterator[tuple[str, str]] = ((one, event["from_standing"]) for one in next_offer.stage)
        else:
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
