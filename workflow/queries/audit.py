"""Replays the history of engagements and finds what was not written by the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, OutOfUse
from workflow.offer.definition import Offer
from workflow.store.history import faults_in_chain
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one engagement's history."""

    reference: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Audit:
    """`checked` counts the engagements looked at."""

    checked: int
    faults: tuple[Fault, ...]


def verify(
    session: Session, engagement_id: int | None = None, *, progress: Callable[[int], None] = lambda _: None
) -> Audit:
    """Checks one engagement, or all of them. `progress` hears how many are done. Raises NotFound."""
    query = select(Engagement).order_by(Engagement.id)
    if engagement_id is not None:
        query = query.where(Engagement.id == engagement_id)
    faults, checked = [], 0
    for engagement in session.scalars(query.execution_options(yield_per=200)):
        faults += [Fault(engagement.reference, sentence) for sentence in _faults(session, engagement)]
        checked += 1
        progress(checked)
    if engagement_id is not None and not checked:
        raise NotFound("There is no such engagement. Check the reference.")
    return Audit(checked, tuple(faults))


def _faults(session: Session, engagement: Engagement) -> Iterator[str]:
    yield from faults_in_chain(session, engagement)
    try:
        offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    except OutOfUse as missing:
        yield str(missing)
        return
    yield from _impossible_moves(session, engagement.id, offer)


def _impossible_moves(session: Session, engagement_id: int, offer: Offer) -> Iterator[str]:
    """Recomputes every stage: a move must be one the offer allows, and nothing but a trigger may move."""
    for event in session.scalars(select(Event).where(Event.engagement_id == engagement_id).order_by(Event.seq)):
        before, after = (event.from_stage, event.from_standing), (event.to_stage, event.to_standing)
        if before != after and after not in _reachable(offer, event):
            yield f"event {event.seq}, “{event.name}”, cannot lead from {event.from_stage} to {event.to_stage}."


def _reachable(offer: Offer, event: Event) -> Iterator[tuple[str, str]]:
    for way in offer.triggers.get(event.name, ()):
        if event.from_stage in way.from_ and event.from_standing in way.standing.from_:
            stage = way.to or event.from_stage
            ends = way.to is not None and offer.stage[stage].final
            yield stage, "completed" if ends else way.standing.to
