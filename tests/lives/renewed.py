"""Random but legal lives of a mark that is renewed, each thing done to the program and to a model that knows rounds."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import ASSESSOR, LEAD, Journey
from tests.lives.watched import Watched
from workflow.store.cases import read_case
from workflow.usecases import appointments, participants
from workflow.usecases.participants import Nominee
from workflow.usecases.undo.undo import undo

NAMES, FAR_AHEAD = ("ada", "bryn"), 600
names = st.sampled_from(NAMES)


@dataclass
class Visit:
    """`again` is a date after a judgement, `ahead` one that no life is long enough to see come, `old` one of a round
    that is over."""

    again: bool = False
    ahead: bool = False
    status: str = "booked"
    judged: bool = False
    old: bool = False


@dataclass
class State:
    stage: str = "joining"
    standing: str = "active"
    people: dict[str, str] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    visits: list[Visit] = field(default_factory=list)
    earned: set[str] = field(default_factory=set)
    signed: bool = False
    rounds: int = 1

    @property
    def active(self) -> list[str]:
        return [name for name, status in self.people.items() if status != "withdrawn"]

    def waiting(self) -> Visit | None:
        """The oldest of this round that took place and that nobody has judged."""
        return next((one for one in self.visits if one.status == "held" and not (one.judged or one.old)), None)

    def latest_booked(self) -> Visit | None:
        """Unless it has not come."""
        latest = next((one for one in reversed(self.visits) if one.status == "booked"), None)
        return None if latest is None or latest.ahead else latest


class Renewals:
    """The state now, and as it was before each step that can be taken back."""

    def __init__(self) -> None:
        self.now, self.before = State(), list[State]()

    def step(self) -> State:
        self.before.append(deepcopy(self.now))
        return self.now

    def settle(self) -> None:
        now = self.now
        if now.stage == "joining" and now.active:
            now.stage = "shelf_visit"
        named = all(
            name in now.confirmed for name, status in now.people.items() if status in ("completed", "recognised")
        )
        met = any(one.judged and not one.old for one in now.visits)
        if now.stage == "library_panel" and met and named and now.signed:
            now.stage, now.earned = "mark_held", {name for name, said in now.people.items() if said == "completed"}

    def recognise(self) -> None:
        """No step of anybody's: it belongs to the award, and stays when a later step is taken back."""
        for state in (self.now, *self.before):
            if state.stage == "mark_held" and state.rounds == self.now.rounds:
                done = {name for name in state.earned if state.people.get(name) == "completed"}
                state.people |= dict.fromkeys(done, "recognised")

    def go_round(self) -> None:
        """Everything from the visit on is asked for anew; a date that lies ahead is for the new round."""
        now = self.now
        now.stage, now.signed, now.rounds = "shelf_visit", False, now.rounds + 1
        now.confirmed.clear()
        for one in now.visits:
            one.old = one.old or not (one.ahead and one.status == "booked")
        now.people |= {name: "nominated" for name, status in now.people.items() if status == "recognised"}


class Renewed(Watched[Renewals]):
    @initialize()
    def begin(self) -> None:
        Renewed.lived += 1
        self.model = Renewals()
        self.journey = Journey(self.world.store, NOW).begin(
            order=f"SHELF-{Renewed.lived}", price="120.00", offer="library"
        )

    @rule(name=names)
    def nominate(self, name: str) -> None:
        legal = name not in self.model.now.people
        person = Nominee(name, f"{name}@polwhevral.example.org", 1)
        if legal and self.do(participants.nominate, [person], legal=True):
            self.model.step().people[name] = "nominated"
            self.model.settle()

    @rule(name=names, verb=st.sampled_from(["complete", "withdraw"]))
    def move(self, name: str, verb: str) -> None:
        sources = {"complete": ("nominated",), "withdraw": ("nominated", "completed")}[verb]
        legal = self.model.now.people.get(name) in sources
        if self.do(participants.move, f"{name}@polwhevral.example.org", verb, legal=legal):
            self.model.step().people[name] = {"complete": "completed", "withdraw": "withdrawn"}[verb]
            self.model.settle()

    @rule(name=names)
    def confirm(self, name: str) -> None:
        legal = name in self.model.now.people
        if self.do(participants.confirm_name, f"{name}@polwhevral.example.org", name=None, legal=legal):
            self.model.step().confirmed.add(name)
            self.model.settle()

    @rule(days=st.sampled_from((0, FAR_AHEAD)))
    def book(self, days: int) -> None:
        if self.do(appointments.book, "shelf_walk", self.journey.now + timedelta(days=days), legal=True):
            now = self.model.step()
            again = any(one.judged and not one.old for one in now.visits)
            for one in now.visits:
                if (one.status, one.again) == ("booked", again):
                    one.status = "moved"
            now.visits.append(Visit(again, days > 0))

    @rule()
    def meet(self) -> None:
        legal = self.model.now.latest_booked() is not None
        if self.do(appointments.hold, "shelf_walk", legal=legal):
            visit = self.model.step().latest_booked()
            assert visit is not None
            visit.status = "held"

    @rule()
    def judge(self) -> None:
        now = self.model.now
        legal = now.stage == "shelf_visit" and now.waiting() is not None
        if self.fire("library_good", ASSESSOR, legal=legal):
            visit = self.model.step().waiting()
            assert visit is not None
            visit.judged, self.model.now.stage = True, "library_panel"
            self.model.settle()

    @rule()
    def sign(self) -> None:
        legal = self.model.now.stage == "library_panel" and not self.model.now.signed
        if self.fire("sign_the_mark", LEAD, legal=legal):
            self.model.step().signed = True
            self.model.settle()

    @rule()
    def go_on(self) -> None:
        """What would usually happen next."""
        now = self.model.now
        if not now.active:
            self.nominate(next((name for name in NAMES if name not in now.people), NAMES[0]))
        elif now.stage == "shelf_visit":
            self.usual_visit()
        elif now.stage == "library_panel":
            for name in now.active:
                self.confirm(name)
            self.sign()
        else:
            self.come_again()

    def usual_visit(self) -> None:
        for name in self.model.now.active:
            self.move(name, "complete")
        self.book(0)
        self.meet()
        self.judge()

    @rule()
    def come_again(self) -> None:
        """The post has gone by then: two years are long."""
        self.the_post_goes()
        if self.fire("come_again", LEAD, legal=self.model.now.stage == "mark_held"):
            self.model.step()
            self.model.go_round()

    @rule()
    def the_post_goes(self) -> None:
        self.journey.now += timedelta(minutes=1)
        pass_once(self.world, self.journey.now)
        self.model.recognise()

    @rule()
    def take_back(self) -> None:
        if self.do(undo, reason="A mistake.", actor=LEAD, legal=bool(self.model.before)):
            here = set(self.model.now.people)
            self.model.now = self.model.before.pop()
            self.model.now.people |= dict.fromkeys(here - set(self.model.now.people), "withdrawn")

    def agree_besides(self) -> None:
        with self.world.store.reading() as session:
            case = read_case(session, self.journey.id)
        now = self.model.now
        assert case.round == now.rounds
        held = (one for one in case.facts.appointments if one.status == "held")
        assert [one.former for one in held] == [one.old for one in now.visits if one.status == "held"]
        assert bool(case.facts.approved("shelf_mark")) == now.signed
