"""Random but legal lives of one engagement, each thing done to the program and to the model alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import ASSESSOR, LEAD, Journey
from tests.lives.model import DONE, MEETINGS, OPEN, PLACES, STAGES, VERBS, Date, Model
from tests.lives.usual import USUAL
from tests.lives.watched import Watched
from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.errors import Conflict, Refused
from workflow.store.cases import read_case
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.usecases import action_plans, appointments, participants, registers
from workflow.usecases.participants import Nominee
from workflow.usecases.undo import undo

NAMES = ("ada", "bryn", "cara", "dov", "elowen", "finn")
REASONS = {"defer": "workload", "withdraw": "left"}
FAR_AHEAD = 600
names, verbs, meetings = st.sampled_from(NAMES), st.sampled_from(sorted(VERBS)), st.sampled_from(MEETINGS)


def address(name: str) -> str:
    return f"{name}@polwhevral.example.org"


class Life(Watched[Model]):
    """What may happen, each thing done to the program and to the model alike."""

    @initialize(stage=st.sampled_from(STAGES))
    def begin(self, stage: str) -> None:
        """Each life is looked at from some stage on; it gets there the usual way."""
        Life.lived += 1
        self.model = Model()
        self.journey = Journey(self.world.store, NOW).begin(order=f"LIFE-{Life.lived}")
        while self.model.now.stage != stage:
            self.go_on()

    @rule()
    def go_on(self) -> None:
        """What would usually happen next."""
        if self.model.now.standing == "active" and self.model.now.stage != "recognised":
            USUAL[self.model.now.stage](self)

    # --- people ---

    @rule(chosen=st.sets(names, min_size=1, max_size=3))
    def nominate(self, chosen: set[str]) -> None:
        now = self.model.now
        new = sorted(name for name in chosen if name not in now.people)
        fits = len(now.active) + len(new) <= PLACES
        people = [Nominee(name, address(name), 1) for name in new]
        if new and self.do(participants.nominate, people, legal=now.recordable and fits):
            self.model.step().people |= dict.fromkeys(new, "nominated")
            self.model.settle()

    @rule(name=names, verb=verbs)
    def move(self, name: str, verb: str) -> None:
        now, (sources, to) = self.model.now, VERBS[verb]
        full = verb == "rejoin" and len(now.active) >= PLACES
        legal = now.recordable and now.people.get(name) in sources and not full
        more: dict[str, Any] = {"reason": REASONS.get(verb), "note": "More is needed." if verb == "return" else None}
        if self.do(participants.move, address(name), verb, legal=legal, **more):
            self.model.step().people[name] = to
            self.model.settle()

    @rule()
    def everybody_completes(self) -> None:
        for name in [name for name, status in self.model.now.people.items() if status in OPEN]:
            self.move(name, "complete")

    @rule(name=names)
    def confirm(self, name: str) -> None:
        legal = name in self.model.now.people
        if self.do(participants.confirm_name, address(name), name=None, legal=legal):
            self.model.step().confirmed.add(name)
            self.model.settle()

    # --- meetings ---

    @rule(kind=meetings, days=st.sampled_from((0, FAR_AHEAD)))
    def book(self, kind: str, days: int = 0) -> None:
        now, when = self.model.now, self.journey.now + timedelta(days=days)
        allowed = kind != "qa_visit" or (now.evidence and [one.judged for one in now.dates].count("not_yet_met") < 3)
        if self.do(appointments.book, kind, when, legal=now.recordable and allowed):
            self.model.step().book(kind, ahead=days > 0)
            self.model.settle()

    @rule(kind=meetings)
    def meet(self, kind: str) -> None:
        booked = self.model.now.begun(kind, "booked")
        if self.do(appointments.hold, kind, outputs="Agreed.", legal=self.model.now.recordable and booked is not None):
            self.model.step()
            self._set(booked, "held")

    @rule(kind=meetings, absent=st.sets(names, max_size=2))
    def register(self, kind: str, absent: set[str]) -> None:
        now = self.model.now
        date = now.begun(kind, "booked", "held")
        there = {name for name in now.active if name not in absent}
        marks = {address(name): "present" for name in there}
        if self.do(registers.take_register, kind, marks, legal=now.recordable and date is not None):
            self.model.step()
            assert date is not None
            date.there = there
            self._trained(there)
            self._set(date, "registered")

    @rule(kind=meetings, name=names)
    def catch_up(self, kind: str, name: str) -> None:
        now = self.model.now
        date = now.latest(kind, "registered")
        was_there = any(
            name in one.there for one in now.dates if one.kind == kind and one.status in ("held", "registered")
        )
        legal = now.recordable and date is not None and name in now.people and not was_there
        if self.do(registers.catch_up, kind, [address(name)], legal=legal):
            self.model.step()
            assert date is not None
            date.there.add(name)
            self._trained({name})
            self.model.settle()

    @rule(kind=meetings)
    def call_off(self, kind: str) -> None:
        booked = self.model.now.to_come(kind)
        legal = self.model.now.recordable and booked is not None
        if self.do(appointments.cancel, kind, reason="weather", legal=legal):
            self.model.step()
            self._set(booked, "cancelled")

    def _set(self, date: Date | None, status: str) -> None:
        assert date is not None
        date.status = status
        self.model.settle()

    def _trained(self, there: set[str]) -> None:
        people = self.model.now.people
        people |= {name: "training" for name in there if people.get(name) == "nominated"}

    # --- triggers ---

    @rule(number=st.sampled_from("12"))
    def follow_up(self, number: str) -> None:
        now, kind = self.model.now, f"follow_up_{number}"
        held = now.latest(kind, "held", "registered")
        met = any(one.kind == kind and one.status in ("held", "registered") for one in now.dates)
        ready = now.stage == kind and now.standing == "active" and met and held is not None
        ready = ready and kind in self._agreed()
        if self.fire(f"complete_{kind}", legal=ready):
            self.model.step().stage = STAGES[STAGES.index(kind) + 1]
            self.model.settle()

    def _agreed(self) -> set[str]:
        """Kinds of meeting at which something was agreed; a register alone agrees nothing."""
        with self.world.store.reading() as session:
            facts = read_case(session, self.journey.id).facts
        return {one.kind for one in facts.appointments if one.outputs_recorded and one.status in ("held", "registered")}

    @rule()
    def check_evidence(self) -> None:
        now = self.model.now
        legal = now.stage == "qa_visit" and now.standing == "active" and not now.evidence
        if self.fire("check_evidence", legal=legal):
            self.model.step().evidence = True
            self.model.settle()

    @rule(verdict=st.sampled_from(["met", "not_yet_met", "deferred"]))
    def judge(self, verdict: str) -> None:
        now, waiting = self.model.now, self.model.now.waiting()
        ready = now.stage == "qa_visit" and now.standing == "active" and waiting is not None
        if ready and verdict == "not_yet_met":
            self._plan()
        trigger = {"met": "record_qa_met", "not_yet_met": "require_action", "deferred": "defer_qa"}[verdict]
        if self.fire(trigger, ASSESSOR, legal=ready, note="Because."):
            self.model.step()
            assert waiting is not None
            waiting.judged = verdict
            self.model.now.evidence = False
            if verdict == "met":
                self.model.now.stage = "certification"
            self.model.settle()

    def _plan(self) -> None:
        """An action for every visit that took place: it moves nothing, so the model need not know."""
        with self.world.store.reading() as session:
            unplanned = [one for one in read_case(session, self.journey.id).facts.held("qa_visit") if not one.planned]
        if unplanned:
            self.journey._do(action_plans.plan, "qa_visit", "Write it down.", owner="Jo", due_on=date(2030, 1, 1))

    @rule()
    def approve(self) -> None:
        now = self.model.now
        legal = now.stage == "certification" and now.standing == "active" and not now.approved
        if self.fire("approve_award", LEAD, legal=legal and now.verdict() == "met"):
            self.model.step().approved = True
            self.model.settle()

    @rule(change=st.sampled_from(["hold", "resume", "cancel", "lapse", "reopen"]))
    def change_standing(self, change: str) -> None:
        sources, to = {
            "hold": (("active",), "on_hold"),
            "resume": (("on_hold",), "active"),
            "cancel": (("active", "on_hold"), "cancelled"),
            "lapse": (("active",), "lapsed"),
            "reopen": (("lapsed", "cancelled"), "active"),
        }[change]
        more: dict[str, Any] = {"values": {"review_on": "2030-01-07"}} if change == "hold" else {}
        actor = SYSTEM if change == "lapse" else LEAD
        if self.fire(change, actor, note="Because.", legal=self.model.now.standing in sources, **more):
            self.model.step().standing = to
            self.model.settle()

    @precondition(lambda self: self.model.now.standing == "active")
    @rule()
    def two_at_once(self) -> None:
        """Both look at the same version and press the same button: one is carried out, the other hears why not."""
        version = self.journey.row.version

        def press(_: int) -> str:
            try:
                with self.world.store.writing() as session:
                    engine.advance(
                        session, self.journey.id, "lapse", actor=LEAD, now=self.journey.now, expected_version=version
                    )
            except (Conflict, Refused):
                return "refused"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(press, range(2))) == ["done", "refused"]
        self.model.step().standing = "lapsed"

    # --- taking back, and the post ---

    @rule()
    def take_back(self) -> None:
        if self.do(undo.undo, reason="A mistake.", actor=LEAD, legal=bool(self.model.before)):
            here = set(self.model.now.people)
            self.model.undo()
            self.model.now.people |= dict.fromkeys(here - set(self.model.now.people), "withdrawn")

    @rule()
    def the_post_goes(self) -> None:
        """Certificates are made and moved to their owners, as by the worker."""
        self.journey.now += timedelta(minutes=1)
        pass_once(self.world, self.journey.now)
        if self.model.now.stage == "recognised":
            self.model.now.people |= dict.fromkeys(self.model.completed(), "recognised")

    # --- what must always hold ---

    def agree_besides(self) -> None:
        """No certificate is there too early, and its owner has earned it."""
        here = Participant.engagement_id == self.journey.id
        with self.world.store.reading() as session:
            status = {one.id: one.status for one in session.scalars(select(Participant).where(here))}
            held = session.scalars(
                select(Certificate).where(Certificate.engagement_id == self.journey.id, Certificate.status == "issued")
            ).all()
        assert not held or self.model.now.verdict() == "met"
        assert all(status[one.participant_id] in DONE for one in held)
