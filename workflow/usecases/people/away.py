"""Somebody who is named and does not take part any more: since when, why, and how they may take part again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import day_told
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine.catalogue import offer_of
from workflow.english import in_words
from workflow.offer.definition import Offer
from workflow.store.lookups import goes_on_elsewhere
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import Participant


def is_away(person: Participant) -> bool:
    """Whether somebody is withdrawn or deferred."""
    return person.status in SIDE_STATUSES


def since_and_why(session: Session, person: Participant) -> str:
    """`Ada Pascoe was withdrawn on Monday 6 October 2025: has left the school.`"""
    engagement = session.get_one(Engagement, person.engagement_id)
    offer = offer_of(session, engagement)
    when, why = _since(session, offer, person), _reason(offer, person)
    return f"{person.name} was {in_words(person.status)}{when}{f': {why}' if why else ''}."


def way_back(session: Session, person: Participant) -> str:
    """What the council does to let them take part again."""
    engagement = session.get_one(Engagement, person.engagement_id)
    if goes_on_elsewhere(session, person):
        return "They go on in another engagement. Transfer them back from there."
    back = offer_of(session, engagement).status_transition.get(("participant", "rejoin"))
    if back is None or person.status not in back.from_:
        return "Nobody can let them take part again in this journey."
    command = f"recognition participant rejoin {engagement.reference} {person.email}"
    return f"To let them take part again with what they have done, decide so on their page, or type “{command}”."


def _since(session: Session, offer: Offer, person: Participant) -> str:
    """The day there; nothing for somebody who was away already when they came here."""
    told = (f"participant_{person.status}", "participant_transferred_out")
    mine = (Event.engagement_id == person.engagement_id) & Event.name.in_(told)
    events = session.execute(select(Event.at, Event.data).where(mine).order_by(Event.seq.desc()))
    at = next((one.at for one in events if one.data.get("participant") == person.id), None)
    return f" on {day_told(at, offer.calendar.zone)}" if at else ""


def _reason(offer: Offer, person: Participant) -> str:
    """The offer's words for the code that was given."""
    moves = (move for (of, _), move in offer.status_transition.items() if of == "participant")
    words = (move.reasons.get(person.reason or "") for move in moves if move.to == person.status)
    return next(filter(None, words), "")
