"""History as people read it: what happened, to whom or what, who did it, and what they wrote.

Events hold numbers and no names, so that a name may be corrected. Which kind of number it is depends on where it
stands: an actor's is that of a participant or of an account, by their role.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.english import in_words, listed
from workflow.offer.definition import Offer
from workflow.offer.event_titles import title_of
from workflow.queries.versions.past import Past, past_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action

#: How many events stand on one page.
PAGE = 25
_GONE = "somebody who has left"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event in words. `about` names the people or the thing it concerns, and is empty where that is the whole
    engagement; `who` is a name or a role; `caused_by` is the event that let it through by itself.
    `own_words` are the names of the letters it owed to which somebody added a paragraph of their own."""

    seq: int
    at: datetime
    name: str
    title: str
    about: str
    who: str
    stage: str
    note: str
    waived: tuple[str, ...]
    caused_by: int | None
    own_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Newest first. `older` is the number of the event before which the next page begins; None where there is none."""

    lines: tuple[HistoryLine, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What numbers in events stand for, each kind by itself."""

    people: Mapping[int, str]
    users: Mapping[int, str]
    actions: Mapping[int, str]
    own_words: Mapping[int, Sequence[str]]


def history_of(
    session: Session, offer: Offer, engagement_id: int, people: Iterable[Participant], actions: Iterable[Action]
) -> tuple[HistoryLine, ...]:
    """Oldest first. `people` and `actions` are the engagement's own."""
    known = _Known(
        people={one.id: one.name for one in people},
        users=dict(session.execute(select(User.id, User.name)).all()),
        actions={one.id: one.what_text for one in actions},
        own_words=_own_words(session, engagement_id),
    )
    rows = session.execute(_events(engagement_id).order_by(Event.seq)).all()
    return _told(_past(session, engagement_id, offer, rows), rows, known)


def history_page(session: Session, offer: Offer, engagement_id: int, before: int | None = None) -> HistoryPage:
    """The newest events, or those before one of them. What they name is looked up, and nothing else."""
    wanted = _events(engagement_id).order_by(Event.seq.desc()).limit(PAGE + 1)
    rows = session.execute(wanted if before is None else wanted.where(Event.seq < before)).all()
    events = [event for event, *_ in rows[:PAGE]]
    known = _known_to(session, engagement_id, events)
    past = _past(session, engagement_id, offer, rows)
    return HistoryPage(_told(past, rows[:PAGE], known), events[-1].seq if len(rows) > PAGE else None)


def history_since(
    session: Session, offer: Offer, engagement_id: int, version: int, limit: int
) -> tuple[HistoryLine, ...]:
    """What has happened after that version of it, oldest first; no more than so many."""
    later = _events(engagement_id).where(Event.seq > version).order_by(Event.seq).limit(limit)
    rows = session.execute(later).all()
    known = _known_to(session, engagement_id, [event for event, *_ in rows])
    return _told(_past(session, engagement_id, offer, rows), rows, known)


def _known_to(session: Session, engagement_id: int, events: Sequence[Event]) -> _Known:
    return _Known(
        people=_named(session, select(Participant.id, Participant.name), Participant.engagement_id == engagement_id),
        users=_named(session, select(User.id, User.name), User.id.in_(_accounts(events))),
        actions=_named(session, select(Action.id, Action.what_text), Action.engagement_id == engagement_id),
        own_words=_own_words(session, engagement_id, {one.seq for one in events}),
    )


def _own_words(
    session: Session, engagement_id: int, seqs: Collection[int] | None = None
) -> Mapping[int, Sequence[str]]:
    """By the number of an event: the letters it owed that have a paragraph of somebody's own."""
    own = select(OwedEffect.seq, OwedEffect.name).where(OwedEffect.engagement_id == engagement_id)
    asked = own.where(OwedEffect.paragraph != "").distinct().order_by(OwedEffect.seq, OwedEffect.name)
    found: dict[int, list[str]] = {}
    for seq, name in session.execute(asked if seqs is None else asked.where(OwedEffect.seq.in_(seqs))):
        found.setdefault(seq, []).append(name)
    return found


def _events(engagement_id: int) -> Select[Event, str, str, str | None]:
    """Each with what was written, why guards were waived, and which version the engagement was bought under if it goes
    on under another."""
    noted = (Note.engagement_id == Event.engagement_id) & (Note.seq == Event.seq)
    told = select(Event, Note.text, Note.waiver, Engagement.bought_version).outerjoin(Note, noted)
    return told.join(Engagement, Engagement.id == Event.engagement_id).where(Event.engagement_id == engagement_id)


def _past(session: Session, engagement_id: int, offer: Offer, rows: Sequence[Row[Event, str, str, str | None]]) -> Past:
    changed = any(row.bought_version for row in rows)
    return past_of(session, engagement_id, offer) if changed else Past(offer, (), {})


def _named(session: Session, query: Select[int, str], which: ColumnElement[bool]) -> dict[int, str]:
    return dict(session.execute(query.where(which)).all())


def _accounts(events: Iterable[Event]) -> set[int]:
    """The numbers of the accounts that these events speak of."""
    found = {Actor.of(event.actor).user_id for event in events}
    found |= {event.data.get("to") for event in events if event.name == "handed_over"}
    return {number for number in found if number is not None}


def _told(past: Past, rows: Sequence[Row[Event, str, str, str | None]], known: "_Known") -> tuple[HistoryLine, ...]:
    return tuple(
        _line(past.at(event.seq), event, "\n\n".join(filter(None, (note, waiver))), known)
        for event, note, waiver, _ in rows
    )


def _line(offer: Offer, event: Event, note: str, known: _Known) -> HistoryLine:
    return HistoryLine(
        seq=event.seq,
        at=event.at,
        name=event.name,
        title=title_of(offer, event.name, event.data),
        about=listed(list(_about(event, known))),
        who=_who(Actor.of(event.actor), known),
        stage=offer.stage[event.to_stage].title if event.to_stage in offer.stage else in_words(event.to_stage),
        note=note,
        waived=tuple(event.data.get("waived", ())),
        caused_by=event.caused_by,
        own_words=tuple(known.own_words.get(event.seq, ())),
    )


def _about(event: Event, known: _Known) -> Iterator[str]:
    """By what the event says: a number stands under the name of what it numbers."""
    match event.data:
        case {"participants": people}:
            yield from (known.people.get(number, _GONE) for number in people)
        case {"participant": number}:
            yield known.people.get(number, _GONE)
        case {"action": number}:
            yield known.actions.get(number, "")
    match event.name, event.data:
        case "caught_up", {"marks": marks}:
            yield from (known.people.get(number, _GONE) for number, _ in marks)
        case "handed_over", {"to": number}:
            yield known.users.get(number, _GONE)
        case "school_succeeded", {"to": urn}:
            yield f"URN {urn}"


def _who(actor: Actor, known: _Known) -> str:
    if actor.participant_id is not None:
        return known.people.get(actor.participant_id, _GONE)
    return actor.title if actor.user_id is None else known.users.get(actor.user_id, _GONE)
