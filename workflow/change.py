"""What one transaction writes about one engagement: stage, event, owed effects and timers, all or none.

The engine decides and tells a `Change`; the change keeps the case in step in memory and writes everything at once.
This is the only place in the program that writes a stage, a standing or a version.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.actor import Actor
from workflow.audiences import audience_of
from workflow.definition import Offer
from workflow.effects import Effect, Recipient
from workflow.facts import ApprovalFact, Facts, JudgementFact
from workflow.promises import Owing, owing
from workflow.steps import Step
from workflow.store import batch, history
from workflow.store.facts import Case
from workflow.store.judgement import Approval, Judgement
from workflow.store.record import Record
from workflow.store.timer import ArmedTimer
from workflow.verbs import Records, TimerPolicy, Transition


class Change:
    """Gathers what happened to `case`, in order, then writes it with `write`."""

    def __init__(self, session: Session, case: Case, offer: Offer, now: datetime) -> None:
        self.session, self.case, self.offer, self.now = session, case, offer, now
        self._batch = batch.Batch(case.id, case.version)
        self._promised: tuple[tuple[int, str], Owing | None] | None = None
        self._recorded: list[tuple[type[Record], dict[str, Any]]] = []

    @property
    def events(self) -> list[dict[str, Any]]:
        return self._batch.rows["event"]

    @property
    def owed(self) -> list[dict[str, Any]]:
        return self._batch.rows["outbox"]

    def happen(
        self,
        name: str,
        actor: Actor,
        *,
        stage: str | None = None,
        standing: str | None = None,
        data: Mapping[str, Any] | None = None,
        note: str | None = None,
        waiver: str | None = None,
        key: str | None = None,
        caused_by: int | None = None,
    ) -> int:
        """One event. Returns its `seq`; the case now stands where the event leaves it."""
        case, seq = self.case, self.case.version + 1
        written = history.note_row(case.id, seq, note or "", waiver or "") if note or waiver else None
        event: dict[str, Any] = {
            "engagement_id": case.id,
            "seq": seq,
            "at": self.now,
            "name": name,
            "actor": actor.token,
            "from_stage": case.stage,
            "to_stage": stage or case.stage,
            "from_standing": case.standing,
            "to_standing": standing or case.standing,
            "data": dict(data or {}),
            "caused_by": caused_by,
            "key": key,
            "prev_hash": case.head,
            "note_digest": history.digest_of(**written) if written else None,
        }
        event["hash"] = history.hash_of(event)
        self.events.append(event)
        self._batch.rows["note"] += [written] if written else []
        case.version, case.head = seq, event["hash"]
        case.stage, case.standing = event["to_stage"], event["to_standing"]
        if event["from_stage"] != case.stage:
            case.stage_since = self.now
        return seq

    def move(self, transition: Transition, stage: str, actor: Actor, **event: Any) -> int:
        """What a transition does: the event, what it records, what it owes, what becomes of the timers."""
        entered = stage != self.case.stage
        if transition.timers == "resume":
            event["data"] = {**event.get("data", {}), "restarted": self._resume_timers()}
        standing = "completed" if entered and self.offer.stage[stage].final else transition.standing.to
        seq = self.happen(transition.trigger, actor, stage=stage, standing=standing, **event)
        self._record(transition.records, actor)
        self.owe(transition.effects, seq)
        if entered:
            self._drop_timers()
            self.arm_timers()
        else:
            self._treat_timers(transition.timers)
        return seq

    # --- facts that transitions record ---

    def _record(self, records: Records, actor: Actor) -> None:
        row = {"engagement_id": self.case.id, "at": self.now, "seq": self.case.version}
        facts = self.case.facts
        if records.judgement and records.of:
            visit = _visit_to_judge(facts, records.of)
            self._recorded.append(
                (Judgement, row | {"appointment_id": visit, "outcome": records.judgement, "assessor_id": actor.user_id})
            )
            judged = JudgementFact(visit, records.of, records.judgement, actor.user_id, self.case.version)
            self.case.facts = replace(facts, judgements=(*facts.judgements, judged))
        if records.approval:
            self._recorded.append((Approval, row | {"subject": records.approval, "user_id": actor.user_id}))
            approved = ApprovalFact(records.approval, actor.user_id, self.case.version)
            self.case.facts = replace(self.case.facts, approvals=(*facts.approvals, approved))

    # --- what is owed ---

    def owe(self, effects: Iterable[Effect], seq: int, step: Step | None = None) -> None:
        """One outbox row for each effect and recipient, with a key that says which event owes it."""
        for effect in effects:
            for recipient in self._recipients(effect, step):
                self.owe_one(effect, recipient, seq)

    def owe_one(self, effect: Effect, recipient: Recipient, seq: int) -> None:
        """One effect to one recipient, whatever audience it is usually for."""
        key = f"{self.case.reference}:{seq}:{effect.kind}:{effect.name}:{recipient.token}"
        if any(row["key"] == key for row in self.owed):
            return
        promise = self._promise() if effect.kind == "email" else None
        self.owed.append(
            {
                "key": key,
                "engagement_id": self.case.id,
                "seq": seq,
                "kind": effect.kind,
                "name": effect.name,
                "recipient": recipient.token,
                "status": "owed",
                "attempts": 0,
                "fence": 0,
                "trouble": "",
                "promise_to": promise.to if promise else None,
                "promise_due_at": promise.due_at if promise else None,
                "owed_at": self.now,
                "due_at": self.now,
            }
        )

    def _promise(self) -> Owing | None:
        """What is promised as things stand now; worked out once for all the effects of an event."""
        case, moment = self.case, (self.case.version, self.case.stage)
        if self._promised is None or self._promised[0] != moment:
            said = owing(self.offer, case.stage, case.standing, case.stage_since, case.facts, now=self.now)
            self._promised = (moment, said)
        return self._promised[1]

    def _recipients(self, effect: Effect, step: Step | None) -> Iterator[Recipient]:
        audiences = self.offer.emails[effect.name].to if effect.kind == "email" else (effect.name,)
        for audience in audiences:
            yield from audience_of(self.session, self.case, self.offer, audience, step)

    # --- timers of the stage in progress ---

    def arm_timers(self) -> None:
        """Counted on the offer's calendar, from now. What this change armed before is forgotten: that stage is over."""
        self._batch.rows["timer"] = [
            {
                "engagement_id": self.case.id,
                "name": timer.name,
                "stage": timer.stage,
                "status": "armed",
                "armed_at": self.now,
                "due_at": self.offer.calendar.due(self.now, timer.after),
                "armed_seq": self.case.version,
            }
            for timer in self.offer.timers_of[self.case.stage]
        ]

    def _drop_timers(self) -> None:
        seq = self.case.version
        self._batch.fate = batch.Fate(("armed", "suspended"), "dropped", settled_at=self.now, settled_seq=seq)
        self._batch.rows["timer"] = []

    def _treat_timers(self, policy: TimerPolicy) -> None:
        match policy:
            case "suspend":
                seq = self.case.version
                self._batch.fate = batch.Fate(("armed",), "suspended", suspended_at=self.now, settled_seq=seq)
            case "drop":
                self._drop_timers()
            case "rearm":
                self._drop_timers()
                self.arm_timers()
            case "keep" | "resume":
                return

    def _resume_timers(self) -> list[list[Any]]:
        """Each timer comes back as much later as it was suspended. Returns how each stood, for who takes it back."""
        timers = self.session.scalars(
            select(ArmedTimer).where(ArmedTimer.engagement_id == self.case.id, ArmedTimer.status == "suspended")
        )
        stood: list[list[Any]] = []
        for timer in timers:
            stopped = timer.suspended_at or self.now
            stood.append([timer.id, stopped.isoformat(), timer.due_at.isoformat()])
            timer.due_at, timer.status, timer.suspended_at = timer.due_at + (self.now - stopped), "armed", None
            timer.settled_seq = None
        return stood

    # --- the one write ---

    def write(self) -> None:
        """Writes everything gathered. The caller's transaction makes it all true at once, or not at all."""
        if not self._batch.rows["event"]:
            return
        case = self.case
        self._batch.moved = {
            "stage": case.stage,
            "standing": case.standing,
            "version": case.version,
            "head": case.head,
            "stage_since": case.stage_since,
        }
        batch.write(self.session, self._batch)
        for table, row in self._recorded:
            self.session.execute(insert(table), row)


def _visit_to_judge(facts: Facts, kind: str) -> int:
    """The oldest visit of this kind that took place and nobody has judged; its guard made sure there is one."""
    judged = {one.appointment_id for one in facts.judged(kind)}
    return next(one.id for one in facts.held(kind) if one.id not in judged)
