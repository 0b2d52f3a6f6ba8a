"""Replays the history of engagements and finds what was not written by the engine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, OutOfUse
from workflow.offer.definition import Offer
from workflow.store.history.proof import faults_in, missing_engagements
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Opening

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
        faults += [Fault(*one) for one in missing_engagements(session, references)]
    elif not references:
        raise NotFound("There is no such engagement. Check the reference.")
    return Audit(len(references), _older(session, engagement_id), tuple(faults))


def _older(session: Session, engagement_id: int | None) -> int:
    query = select(func.count(Opening.engagement_id))
    return session.scalar(query if engagement_id is None else query.where(Opening.engagement_id == engagement_id)) or 0


def _faults(session: Session, engagements: Sequence[Engagement]) -> Iterator[Fault]:
    for engagement, sentence in faults_in(session, engagements):
        yield Fault(engagement.reference, sentence)
    for engagement in engagements:
        try:
            offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
        except OutOfUse as missing:
            yield Fault(engagement.reference, str(missing))
            continue
        for sentence in _impossible_moves(session, engagement.id, offer):
            yield Fault(engagement.reference, sentence)


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
