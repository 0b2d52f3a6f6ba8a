"""One decision in the making: what it stands on, and what has happened in it so far.

A decision is made of what was read beforehand and of nothing else, so it asks no database and can be made in a test
from values alone. The functions of `decide` and `follow_ups` let things happen in a course; `finish` makes the change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from workflow.calendar.span import Unit
from workflow.calendar.working_days import Calendar
from workflow.domain.actor import Actor
from workflow.domain.change import (
    Change,
    DateChange,
    EventData,
    Moved,
    NewApproval,
    NewEffect,
    NewEvent,
    NewJudgement,
    NewNote,
    NewRound,
    NewTimer,
)
from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import AppointmentFact, Facts, ParticipantFact, PromiseFact
from workflow.domain.happening import StatusChange
from workflow.engine import clocks
from workflow.engine.machine import OfferMachine
from workflow.engine.recipients import audience_of, each_person, person_behind, reader_of
from workflow.offer.definition import Offer
from workflow.offer.triggers import TimerPolicy
from workflow.store.cases import Case
from workflow.store.history import chain, covered, seals
from workflow.store.history.keys import BROKEN, Key
from workflow.store.letters import Post


class Ground(NamedTuple):
    """What a decision stands on. `before` are the facts before a use case changed them; `post` is read only where it
    may have changed who reads of dates ahead. What time has moved is told in working hours. `key` seals what happens,
    and `covers` are digests of rows that a use case changed: the first event vouches for them. Where the case does not
    stand `unbroken`, nobody seals any more where it stands. `formers` are the versions, by their names, that owed what
    was written before the engagement went on under this one."""

    case: Case
    machine: OfferMachine
    calendar: Calendar
    now: datetime
    before: Facts
    key: Key
    unbroken: bool = True
    post: Post | None = None
    moved_by: Literal["people", "time"] = "people"
    covers: Mapping[str, str] = MappingProxyType({})
    formers: Mapping[str, Offer] = MappingProxyType({})

    @property
    def offer(self) -> Offer:
        return self.machine.offer


class Course:
    """`case` is the engagement as it stands by now; `entered` says that a stage began, `policies` what transitions
    without a new stage want of the timers. `people` are those whose rows change with it, as they become, and
    `people_seq` is the event that vouches for them."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.case = ground, ground.case
        self.entered, self.policies = False, set[TimerPolicy]()
        self.events: list[NewEvent] = []
        self.notes: list[NewNote] = []
        self.effects: list[NewEffect] = []
        self.timers: list[NewTimer] = []
        self.judgements: list[NewJudgement] = []
        self.approvals: list[NewApproval] = []
        self.rounds: list[NewRound] = []
        self.people: dict[int, ParticipantFact] = {}
        self.people_seq = 0
        self.dates: dict[int, DateChange] = {}
        self._covers = {ground.case.version + 1: dict(ground.covers)}
        self._said: set[tuple[int, str, str, str]] = set()
        self._turn: tuple[Case, PromiseFact | None] | None = None

    def happen(
        self,
        name: str,
        actor: Actor,
        *,
        stage: str | None = None,
        standing: str | None = None,
        data: EventData | None = None,
        note: str | None = None,
        waiver: str | None = None,
        key: str | None = None,
        caused_by: int | None = None,
    ) -> int:
        """One event. Returns its `seq`; the case now stands where the event leaves it. It is chained in the end, when
        all is known that it vouches for."""
        case, seq, now = self.case, self.case.version + 1, self.ground.now
        written = chain.new_note(case.id, seq, note or "", waiver or "") if note or waiver else None
        event = NewEvent(
            case.id, seq, now, name, actor.token, case.stage, stage or case.stage, case.standing,
            standing or case.standing, dict(data or {}), chain.digest_of(written) if written else None,
            caused_by, key, prev_hash="", hash="", covers={}, sealed_by="",
        )  # fmt: skip
        self.events.append(event)
        self.notes += [written] if written else []
        self.case = case.after(event)
        return seq

    def change_date(self, meeting: AppointmentFact, reason: str | None = None) -> None:
        """The date as it is from now on."""
        self.dates[meeting.id] = DateChange(meeting.id, meeting.status, reason, meeting.sequence)
        known = tuple(meeting if one.id == meeting.id else one for one in self.case.facts.appointments)
        self.case = self.case._replace(facts=replace(self.case.facts, appointments=known))

    def cover(self, seq: int, kind: str, row: Mapping[str, object]) -> None:
        """The event vouches for a row as it is now."""
        self._covers.setdefault(seq, {}).update(covered.cover(self.ground.key, kind, row))

    def vouch(self, covers: Mapping[str, str]) -> None:
        """The event that changed people vouches for their rows, with these digests."""
        self._covers.setdefault(self.people_seq, {}).update(covers)

    # --- what the last event owes ---

    def owe(
        self,
        effects: Iterable[Effect],
        status: StatusChange | None = None,
        *,
        escalate_to: str | None = None,
        too_late_at: datetime | None = None,
    ) -> None:
        """Each effect to its usual readers; to the audience `escalate_to` instead, where there is anybody in it."""
        offer = self.ground.offer
        for effect in effects:
            higher = () if escalate_to is None else audience_of(self.case, offer, escalate_to, status)
            for recipient in each_person(self.case, [*higher] or self._usual(effect, status)):
                self.owe_one(effect, recipient, too_late_at=too_late_at)

    def owe_one(self, effect: Effect, recipient: Recipient, *, too_late_at: datetime | None = None) -> None:
        """One effect to one recipient, whatever audience it is usually for; once to a person, however often it is said.

        The key says which event owes it. `too_late_at` is of a reminder.
        """
        case, now, email = self.case, self.ground.now, effect.kind == "email"
        key = f"{case.reference}:{case.version}:{effect.kind}:{effect.name}:{recipient.token}"
        said = (case.version, effect.kind, effect.name, person_behind(case, recipient))
        if said in self._said:
            return
        self._said.add(said)
        promise = self.turn() if email else None
        self.effects.append(
            NewEffect(
                key,
                case.id,
                case.version,
                effect.kind,
                effect.name,
                recipient.token,
                "owed",
                0,
                0,
                now,
                now,
                promise.what if promise else None,
                promise.due_at if promise else None,
                self._reader(effect, recipient) if email else "",
                self._hours(effect, recipient) if email else "",
                too_late_at,
                "",
            )
        )

    def _usual(self, effect: Effect, status: StatusChange | None) -> Iterator[Recipient]:
        offer = self.ground.offer
        for audience in offer.emails[effect.name].to if effect.kind == "email" else (effect.name,):
            yield from audience_of(self.case, offer, audience, status)

    def _hours(self, effect: Effect, recipient: Recipient) -> Unit | Literal[""]:
        """The days on which its reader works, for what only time has moved and is not urgent."""
        if self.ground.moved_by == "people" or self.ground.offer.emails[effect.name].urgent:
            return ""
        return "council days" if recipient.at_council else "school days"

    def _reader(self, effect: Effect, recipient: Recipient) -> str:
        """Who must not get another reminder too soon; nobody in particular where it is no reminder."""
        return reader_of(self.case, recipient) if self.ground.offer.emails[effect.name].reminder else ""

    def turn(self) -> PromiseFact | None:
        """Whose turn it is as things stand; worked out once for all the effects of an event."""
        if self._turn is None or self._turn[0] is not self.case:
            self._turn = (self.case, clocks.turn_of(self.ground, self.case, self.policies))
        return self._turn[1]

    # --- the end of it ---

    @property
    def dates_unseen(self) -> list[int]:
        """The meetings it changes that no use case changed before it."""
        return [number for number in self.dates if covered.name_of_meeting(number) not in self.ground.covers]

    def finish(self, broken: Collection[str] = ()) -> Change:
        """The change, with what becomes of the clocks. Once a course, and last. Nobody vouches for the rows with the
        names `broken`, which were found otherwise than the history has them."""
        self._chain({*broken, *(name for name, digest in self.ground.covers.items() if digest == BROKEN)})
        was, case = self.ground.case, self.case
        ticking = clocks.settle(self.ground, case, self.turn(), self.policies, entered=self.entered)
        return Change(
            Moved(
                case.id,
                was.version,
                case.stage,
                case.standing,
                case.version,
                case.head,
                case.stage_since,
                seals.head_seal(self.ground.key, case) if self.ground.unbroken else BROKEN,
            ),
            events=tuple(self.events),
            notes=tuple(self.notes),
            effects=tuple(self.effects),
            timers=(*self.timers, *ticking.timers),
            promises=ticking.promises,
            judgements=tuple(self.judgements),
            approvals=tuple(self.approvals),
            rounds=tuple(self.rounds),
            timer_ends=ticking.timer_ends,
            promise_ends=ticking.promise_ends,
            date_changes=tuple(self.dates.values()),
        )

    def _chain(self, broken: Collection[str]) -> None:
        """Each event behind the one before, with the digests of what it made."""
        for judgement in self.judgements:
            self.cover(judgement.seq, "judgement", judgement._asdict())
        for approval in self.approvals:
            self.cover(approval.seq, "approval", approval._asdict())
        for began in self.rounds:
            self.cover(began.seq, "round", began._asdict())
        for meeting in (one for one in self.case.facts.appointments if one.id in self.dates):
            self.cover(self.events[-1].seq, "meeting", self._as_row(meeting))
        head = self.ground.case.head
        for place, event in enumerate(self.events):
            covers = self._covers.get(event.seq, {})
            vouched = {name: BROKEN if name in broken else digest for name, digest in covers.items()}
            self.events[place] = chain.chained(event, self.ground.key, head, vouched)
            head = self.events[place].hash
        self.case = self.case._replace(head=head)

    def _as_row(self, meeting: AppointmentFact) -> dict[str, object]:
        return {
            "id": meeting.id,
            "engagement_id": self.case.id,
            "kind": meeting.kind,
            "status": meeting.status,
            "starts_at": meeting.starts_at,
            "purpose": meeting.purpose,
            "reason": self.dates[meeting.id].reason,
            "sequence": meeting.sequence,
        }
