"""What one decision of the engine changes about one engagement, as rows that nobody changes any more. Pure.

The engine decides and makes a `Change`; `store.change_writer` writes it, all of it or nothing. The fields of a row are
called as the columns they go to. Rows are named tuples: a sweep makes thousands, and other frozen objects take four
times as long to make.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from workflow.calendar.span import Unit
from workflow.domain.facts import PromiseFact

#: What an event says besides: ids, codes and words of the offer, as JSON keeps them. Never personal data.
EventData = Mapping[str, object]


class Moved(NamedTuple):
    """Where the engagement stands now. `old_version` is what it must still have had, or nothing may be written."""

    id: int
    old_version: int
    stage: str
    standing: str
    version: int
    head: str
    stage_since: datetime
    seal: str


class NewEvent(NamedTuple):
    """One line of history, chained by `hash` to the line before. `covers` are sealed digests of the rows that came
    with it; `sealed_by` names the key."""

    engagement_id: int
    seq: int
    at: datetime
    name: str
    actor: str
    from_stage: str
    to_stage: str
    from_standing: str
    to_standing: str
    data: EventData
    note_digest: str | None
    caused_by: int | None
    key: str | None
    prev_hash: str
    hash: str
    covers: Mapping[str, str]
    sealed_by: str


class NewNote(NamedTuple):
    """What a person wrote with an event, and why guards were waived. History keeps only its digest."""

    engagement_id: int
    seq: int
    text: str
    waiver: str
    salt: str


class NewEffect(NamedTuple):
    """One effect owed to one recipient; the outbox's columns."""

    key: str
    engagement_id: int
    seq: int
    kind: str
    name: str
    recipient: str
    status: str
    attempts: int
    fence: int
    owed_at: datetime
    due_at: datetime
    promise_to: str | None
    promise_due_at: datetime | None
    reader: str
    hours: str
    too_late_at: datetime | None
    trouble: str


class NewTimer(NamedTuple):
    """A timer set: due `count` of `unit` after `counted_from`, about a stage, a promise or a meeting."""

    engagement_id: int
    name: str
    stage: str
    about: str
    status: str
    armed_at: datetime
    due_at: datetime
    counted_from: datetime
    count: int  # type: ignore[assignment] # the column is called as a method of tuples, which nobody calls here
    unit: Unit
    armed_seq: int


class TimerEnd(NamedTuple):
    """What becomes of the timers of an engagement that hang on one thing and have the status `was`.

    A timer that is dropped while it is stopped keeps the moment it stopped, in case the step is taken back.
    """

    engagement_id: int
    about: str
    was: Literal["armed", "suspended"]
    status: Literal["suspended", "dropped"]
    at: datetime
    seq: int


class NewPromise(NamedTuple):
    """Whose turn it is from now on, by when, and what that was counted from."""

    engagement_id: int
    stage: str
    name: str
    owner: str
    what: str
    anchor: str
    status: str
    since: datetime
    due_at: datetime
    counted_from: datetime
    count: int  # type: ignore[assignment] # the column is called as a method of tuples, which nobody calls here
    unit: Unit
    opened_seq: int

    @classmethod
    def of(cls, promise: PromiseFact, engagement_id: int, seq: int) -> "NewPromise":
        return cls(
            engagement_id,
            promise.stage,
            promise.name,
            promise.owner,
            promise.what,
            promise.anchor,
            promise.status,
            promise.since,
            promise.due_at,
            promise.counted_from,
            promise.count,
            promise.unit,
            seq,
        )


class PromiseEnd(NamedTuple):
    """What becomes of the promise that was open."""

    id: int
    status: str
    at: datetime
    seq: int


class NewJudgement(NamedTuple):
    """The outcome of one visit."""

    engagement_id: int
    appointment_id: int
    outcome: str
    assessor_id: int | None
    at: datetime
    seq: int
    taken_back: bool = False


class NewApproval(NamedTuple):
    """A person's yes to a subject."""

    engagement_id: int
    subject: str
    user_id: int | None
    at: datetime
    seq: int
    taken_back: bool = False


class NewRound(NamedTuple):
    """The journey has been led back to a stage; what is set aside is told as `store.tables.rounds` keeps it."""

    engagement_id: int
    seq: int
    number: int
    stage: str
    at: datetime
    set_aside: EventData
    taken_back: bool = False


class DateChange(NamedTuple):
    """A date that the engine calls off, or whose guests it changes; `sequence` tells calendars that this is news."""

    id: int
    status: str
    reason: str | None
    sequence: int


class Change(NamedTuple):
    """Everything that one decision changes about one engagement, in the order in which it happened."""

    moved: Moved
    events: tuple[NewEvent, ...]
    notes: tuple[NewNote, ...] = ()
    effects: tuple[NewEffect, ...] = ()
    timers: tuple[NewTimer, ...] = ()
    promises: tuple[NewPromise, ...] = ()
    judgements: tuple[NewJudgement, ...] = ()
    approvals: tuple[NewApproval, ...] = ()
    rounds: tuple[NewRound, ...] = ()
    timer_ends: tuple[TimerEnd, ...] = ()
    promise_ends: tuple[PromiseEnd, ...] = ()
    date_changes: tuple[DateChange, ...] = ()
