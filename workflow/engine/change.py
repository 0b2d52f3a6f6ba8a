"""What one transaction writes about one engagement: stage, event, owed effects and timers, all or none.

The engine decides and tells a `Change`; the change keeps the case in step in memory and writes everything at once.
This is the only place in the program that writes a stage, a standing or a version.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflow.calendar.span import Unit
from workflow.domain.actor import Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import ApprovalFact, Facts, JudgementFact
from workflow.engine.calendars import calendar_of
from workflow.engine.recipients import audience_of, reader_of
from workflow.engine.status_change import StatusChange
from workflow.engine.timekeeper import Timekeeper
from workflow.offer.definition import Offer
from workflow.offer.triggers import Records, Transition
from workflow.store import change_writer, history
from workflow.store.cases import Case
from workflow.store.record import Record
from workflow.store.tables.visit import Approval, Judgement

_LEFT = "left_by_changes"


class Change:
    """Gathers what happened to `case`, in order, then writes it with `write`."""

    def __init__(
        self,
        session: Session,
        case: Case,
        offer: Offer,
        now: datetime,
        *,
        before: Facts | None = None,
        moved_by: Literal["people", "time"] = "people",
    ) -> None:
        self.session, self.case, self.offer, self.now = session, case, offer, now
        self.calendar = calendar_of(session, offer, case)
        self.batch = change_writer.Batch(case.id, case.version)
        self.clocks = Timekeeper(session, case, offer, calendar=self.calendar, now=now, before=before or case.facts)
        self._by_time = moved_by == "time"
        self.recorded: list[tuple[type[Record], dict[str, Any]]] = []

    @property
    def events(self) -> list[dict[str, Any]]:
        return self.batch.rows["event"]

    @property
    def owed(self) -> list[dict[str, Any]]:
        return self.batch.rows["outbox"]

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
        self.batch.rows["note"] += [written] if written else []
        case.version, case.head = seq, event["hash"]
        case.stage, case.standing = event["to_stage"], event["to_standing"]
        if event["from_stage"] != case.stage:
            case.stage_since = self.now
        return seq

    def move(self, transition: Transition, stage: str, actor: Actor, **event: Any) -> int:
        """What a transition does: the event, what it records, what it owes, what becomes of the timers."""
        entered = stage != self.case.stage
        standing = "completed" if entered and self.offer.stage[stage].final else transition.standing.to
        seq = self.happen(transition.trigger, actor, stage=stage, standing=standing, **event)
        if entered:
            self.clocks.enter()
        else:
            self.clocks.treat(transition.timers)
        self._record(transition.records, actor)
        self.owe(transition.effects, seq)
        return seq

    # --- facts that transitions record ---

    def _record(self, records: Records, actor: Actor) -> None:
        row = {"engagement_id": self.case.id, "at": self.now, "seq": self.case.version}
        facts = self.case.facts
        if records.judgement and records.of:
            visit = _visit_to_judge(facts, records.of)
            self.recorded.append(
                (Judgement, row | {"appointment_id": visit, "outcome": records.judgement, "assessor_id": actor.user_id})
            )
            judged = JudgementFact(visit, records.of, records.judgement, actor.user_id, self.case.version)
            self.case.facts = replace(facts, judgements=(*facts.judgements, judged))
        if records.approval:
            self.recorded.append((Approval, row | {"subject": records.approval, "user_id": actor.user_id}))
            approved = ApprovalFact(records.approval, actor.user_id, self.case.version)
            self.case.facts = replace(self.case.facts, approvals=(*facts.approvals, approved))

    # --- what is owed ---

    def owe(
        self,
        effects: Iterable[Effect],
        seq: int,
        step: StatusChange | None = None,
        *,
        escalate_to: str | None = None,
        too_late_at: datetime | None = None,
    ) -> None:
        """One outbox row for each effect and recipient, with a key that says which event owes it.

        `escalate_to` is an audience that reads it instead of the usual one, where there is anybody.
        """
        for effect in effects:
            usual = self._recipients(effect, step)
            higher = () if escalate_to is None else audience_of(self.session, self.case, self.offer, escalate_to, step)
            for recipient in [*higher] or usual:
                self.owe_one(effect, recipient, seq, too_late_at=too_late_at)

    def owe_one(self, effect: Effect, recipient: Recipient, seq: int, *, too_late_at: datetime | None = None) -> None:
        """One effect to one recipient, whatever audience it is usually for. `too_late_at` is of a reminder."""
        key = f"{self.case.reference}:{seq}:{effect.kind}:{effect.name}:{recipient.token}"
        if any(row["key"] == key for row in self.owed):
            return
        promise = self.clocks.turn() if effect.kind == "email" else None
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
                "promise_to": promise.what if promise else None,
                "promise_due_at": promise.due_at if promise else None,
                "owed_at": self.now,
                "due_at": self.now,
                "hours": self._hours(effect, recipient),
                "reader": self._reader(effect, recipient),
                "too_late_at": too_late_at,
            }
        )

    def _hours(self, effect: Effect, recipient: Recipient) -> Unit | Literal[""]:
        """The days on which its reader works, for what only time has moved and is not urgent."""
        if not self._by_time or effect.kind != "email" or self.offer.emails[effect.name].urgent:
            return ""
        return "council days" if recipient.at_council else "school days"

    def _reader(self, effect: Effect, recipient: Recipient) -> str:
        """Who must not get another reminder too soon; nobody in particular where it is no reminder."""
        reminds = effect.kind == "email" and self.offer.emails[effect.name].reminder
        return reader_of(self.case, recipient) if reminds else ""

    def _recipients(self, effect: Effect, step: StatusChange | None) -> Iterator[Recipient]:
        audiences = self.offer.emails[effect.name].to if effect.kind == "email" else (effect.name,)
        for audience in audiences:
            yield from audience_of(self.session, self.case, self.offer, audience, step)

    # --- the one write ---

    def write(self) -> None:
        """Writes everything gathered. The caller's transaction makes it all true at once, or not at all."""
        write_all(self.session, [self])

    def complete(self) -> change_writer.Batch:
        """The batch with what becomes of the clocks and of the engagement. Once a change, and last."""
        case = self.case
        self.clocks.settle(self.batch)
        self.batch.moved = {
            "stage": case.stage,
            "standing": case.standing,
            "version": case.version,
            "head": case.head,
            "stage_since": case.stage_since,
        }
        return self.batch


def write_all(session: Session, changes: Iterable[Change]) -> None:
    """Writes the changes of several engagements at once. A change in which nothing happened writes nothing."""
    happened = [change for change in changes if change.events]
    if happened:
        change_writer.write(session, [change.complete() for change in happened])
    for table, row in (recorded for change in happened for recorded in change.recorded):
        session.execute(insert(table), row)
    session.info.setdefault(_LEFT, {}).update((change.case.id, change.case) for change in happened)


def left_by(session: Session, engagement_id: int) -> Case | None:
    """The case as this session's last change left it; its promises are those from before. None without a change."""
    cases: dict[int, Case] = session.info.get(_LEFT, {})
    return cases.get(engagement_id)


def _visit_to_judge(facts: Facts, kind: str) -> int:
    """The oldest visit of this kind that took place and nobody has judged; its guard made sure there is one."""
    judged = {one.appointment_id for one in facts.judged(kind)}
    return next(one.id for one in facts.held(kind) if one.id not in judged)
