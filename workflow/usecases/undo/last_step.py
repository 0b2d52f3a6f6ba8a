"""The last step of an engagement, and what taking it back would mean. Reads only.

A step is something that somebody decided, or that time did, with everything that followed from it by itself: automatic
triggers and certificates made. Facts that move nothing (a note, a corrected address) are no steps; they are corrected
by recording them again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED, Move, moves_in
from workflow.engine.catalogue import offers_of
from workflow.errors import Conflict
from workflow.offer.definition import Offer
from workflow.offer.event_titles import title_of
from workflow.store.cases import Case
from workflow.store.record import table_of
from workflow.store.reversals import REVERSALS
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect

#: So many of the latest events are looked at to tell of the last step, however long the history is.
LOOKED_AT = 50
_e = table_of(Event).c
_LATEST = (
    select(_e.seq, _e.at, _e.name, _e.data, _e.caused_by)
    .where(_e.engagement_id == bindparam("engagement_id"))
    .order_by(_e.seq.desc())
    .limit(LOOKED_AT)
)
_NOT_YET_SENT = ("owed", "dead")

#: Events whose other half stands in another engagement's history.
_OVER_TWO = (
    "participant_transferred_out",
    "participant_transferred_in",
    "engagement_joined",
    "engagement_went_on",
)


@dataclass(frozen=True, slots=True)
class LastStep:
    """`events` begin with what was decided. `stage`, `standing` and `since` are how it was before.

    `unsent` is dropped; `sent` is corrected, but for those letters that a cancelled date or a withdrawn certificate
    answers. `moves` are the small journeys' steps, latest first.
    """

    events: tuple[Event, ...]
    title: str
    stage: str
    standing: str
    since: datetime
    unsent: tuple[OwedEffect, ...]
    sent: tuple[OwedEffect, ...]
    moves: tuple[Move, ...]
    certificates: tuple[Certificate, ...]

    @property
    def seqs(self) -> list[int]:
        return [event.seq for event in self.events]


@dataclass(frozen=True, slots=True)
class NewestStep:
    """The last step as a page tells of it that offers to take it back."""

    title: str
    at: datetime


class _Happened(Protocol):
    """What is read of an event to tell whether it is a step."""

    @property
    def name(self) -> str: ...

    @property
    def data(self) -> Mapping[str, Any]: ...

    @property
    def caused_by(self) -> int | None: ...


def newest_step(session: Session, case: Case) -> NewestStep | None:
    """None where nothing can be taken back, as far as the latest events tell."""
    offer = offers_of(session).machine(*case.offer).offer
    gone: set[int] = set()
    # One after the other, as most often the first ones tell.
    with session.connection().execute(_LATEST, {"engagement_id": case.id}) as latest:
        for event in latest:
            if event.name == STEP_UNDONE:
                gone |= set(event.data["undid"])
            elif event.seq not in gone and _is_step(offer, event):
                able = event.name not in ("began", *_OVER_TWO)
                return NewestStep(title_of(offer, event.name, event.data), event.at) if able else None
    return None


def last_step(session: Session, case: Case) -> LastStep:
    """Raises Conflict when there is nothing that can be taken back, or a letter is just going out."""
    offer = offers_of(session).machine(*case.offer).offer
    history = list(session.scalars(select(Event).where(Event.engagement_id == case.id).order_by(Event.seq)))
    standing = list(_standing(history))
    root = next((event for event in reversed(standing) if _is_step(offer, event)), None)
    if root is None or root.name == "began":
        raise Conflict("There is no step to take back: the engagement is as it began.")
    events = tuple(_followed(root, standing))
    _agree_reversible(offer, root, events)
    owed = _owed(session, case, events)
    if any(one.status == "claimed" for one in owed):
        raise Conflict("A message of this step is just being sent. Wait a minute and look again.")
    return LastStep(
        events=events,
        title=title_of(offer, root.name, root.data),
        stage=root.from_stage,
        standing=root.from_standing,
        since=_since(standing, root),
        unsent=tuple(one for one in owed if one.status in _NOT_YET_SENT),
        sent=tuple(one for one in owed if one.status == "done" and _wants_correction(offer, one)),
        moves=tuple(reversed([move for event in events for move in moves_in(event.data)])),
        certificates=tuple(_certificates(session, case, events)),
    )


def _standing(history: Iterable[Event]) -> Iterator[Event]:
    """Events that have not been taken back, without those that only took others back."""
    history = list(history)
    gone = {seq for event in history if event.name == STEP_UNDONE for seq in (*event.data["undid"], event.seq)}
    causes = {event.seq: event.caused_by for event in history}
    return (event for event in history if event.seq not in gone and causes[event.seq] not in gone)


def _is_step(offer: Offer, event: _Happened) -> bool:
    """What moved something by itself; what it caused belongs to it."""
    moves = event.name in (*offer.triggers, *REVERSALS, *_OVER_TWO) or "moves" in event.data
    return event.caused_by is None and (moves or event.name == "began")


def _followed(root: Event, standing: list[Event]) -> Iterator[Event]:
    seqs: set[int] = set()
    for event in standing:
        if event.seq == root.seq or event.caused_by in seqs:
            seqs.add(event.seq)
            yield event


def why_it_stays(offer: Offer, events: Sequence[_Happened]) -> str:
    """Why a step of these events could not be taken back; empty where it could, or where they are no step."""
    root = next((event for event in events if _is_step(offer, event)), None)
    if root is None or root.name == "began":
        return ""
    try:
        _agree_reversible(offer, root, events)
    except Conflict as why:
        return str(why)
    return ""


def _agree_reversible(offer: Offer, root: _Happened, events: Sequence[_Happened]) -> None:
    """A step that follows from a fact which cannot be taken back here would only happen again."""
    if any(event.name in _OVER_TWO for event in events):
        raise Conflict(
            "The last step concerns two engagements, so it cannot be taken back in one. Put each right by itself."
        )
    if root.name not in offer.triggers and "moves" not in root.data and root.name not in REVERSALS:
        raise Conflict(f"“{title_of(offer, root.name, root.data)}” cannot be taken back. Record what is right instead.")


def _since(standing: list[Event], root: Event) -> datetime:
    entered = [_entered(one) for one in standing if one.seq < root.seq and _enters(one, root.from_stage)]
    return entered[-1]


def _entered(event: Event) -> datetime:
    """A stage that only another version calls otherwise had begun before."""
    return datetime.fromisoformat(event.data["since"]) if event.name == VERSION_CHANGED else event.at


def _enters(event: Event, stage: str) -> bool:
    return event.to_stage == stage and (event.from_stage != stage or event.seq == 1)


def _owed(session: Session, case: Case, events: tuple[Event, ...]) -> list[OwedEffect]:
    seqs = [event.seq for event in events]
    wanted = (OwedEffect.engagement_id == case.id) & OwedEffect.seq.in_(seqs)
    return list(session.scalars(select(OwedEffect).where(wanted).order_by(OwedEffect.id)))


def _wants_correction(offer: Offer, owed: OwedEffect) -> bool:
    """A calendar's invitation is answered by its cancellation, and a certificate by its withdrawal."""
    carries = offer.certificate is not None and owed.name == offer.certificate.email
    return owed.kind == "email" and offer.emails[owed.name].calendar is None and not carries


def _certificates(session: Session, case: Case, events: tuple[Event, ...]) -> Iterator[Certificate]:
    serials = [event.data["serial"] for event in events if "serial" in event.data]
    wanted = select(Certificate).where(
        Certificate.engagement_id == case.id, Certificate.serial.in_(serials), Certificate.status == "issued"
    )
    yield from session.scalars(wanted.order_by(Certificate.id))
