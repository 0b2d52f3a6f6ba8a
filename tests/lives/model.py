"""The journey a second time, small and by hand: what an engagement must look like after each thing that happens to it.

It shares no line with the program. Time is left out; so is everything that moves nothing.
"""

from copy import deepcopy
from dataclasses import dataclass, field

STAGES = (
    "purchase",
    "training_1",
    "training_2",
    "framework",
    "follow_up_1",
    "follow_up_2",
    "qa_visit",
    "certification",
    "recognised",
)
MEETINGS = ("training_1", "training_2", "follow_up_1", "follow_up_2", "qa_visit")
ENOUGH, PLACES = 3, 4
GONE = ("deferred", "withdrawn")
HELD = ("held", "registered")
DONE = ("completed", "recognised")
OPEN = ("nominated", "training", "working", "submitted", "in_review", "returned")
#: Where each verb starts from, and where it leads.
VERBS = {
    "work": (("nominated", "training", "returned"), "working"),
    "submit": (("nominated", "training", "working", "returned"), "submitted"),
    "review": (("submitted",), "in_review"),
    "return": (("in_review",), "returned"),
    "complete": (OPEN, "completed"),
    "defer": (OPEN, "deferred"),
    "rejoin": (("deferred", "withdrawn"), "nominated"),
    "withdraw": ((*OPEN, "deferred", "completed"), "withdrawn"),
}


@dataclass
class Date:
    """One meeting. `there` were present or have caught up; `again` is a visit after a judgement; `ahead` is a date that
    no life is long enough to see come."""

    kind: str
    again: bool = False
    ahead: bool = False
    status: str = "booked"
    there: set[str] = field(default_factory=set)
    judged: str = ""


@dataclass
class State:
    stage: str = "purchase"
    standing: str = "active"
    people: dict[str, str] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    dates: list[Date] = field(default_factory=list)
    evidence: bool = False
    approved: bool = False

    @property
    def active(self) -> list[str]:
        return [name for name, status in self.people.items() if status not in GONE]

    @property
    def recordable(self) -> bool:
        return self.standing in ("active", "on_hold")

    def latest(self, kind: str, *statuses: str) -> Date | None:
        return next((one for one in reversed(self.dates) if one.kind == kind and one.status in statuses), None)

    def book(self, kind: str, *, ahead: bool) -> None:
        """A date agreed before and not yet held gives way, but never to one after a judgement."""
        again = any(one.kind == kind and one.judged for one in self.dates)
        for one in self.dates:
            if (one.kind, one.status, one.again) == (kind, "booked", again):
                one.status = "moved"
        self.dates.append(Date(kind, again, ahead))

    def begun(self, kind: str, *statuses: str) -> Date | None:
        """The latest date, unless it has not come."""
        date = self.latest(kind, *statuses)
        return None if date is not None and date.ahead else date

    def to_come(self, kind: str) -> Date | None:
        dates = [one for one in self.dates if (one.kind, one.status, one.ahead) == (kind, "booked", True)]
        return dates[-1] if dates else None

    def there(self, kind: str) -> set[str]:
        """Everybody who was at a meeting of this kind, or has caught up."""
        held = (one for one in self.dates if one.kind == kind and one.status in HELD)
        return set[str]().union(*(one.there for one in held))

    def waiting(self) -> Date | None:
        """The oldest visit that took place and that nobody has judged."""
        held = (one for one in self.dates if one.kind == "qa_visit" and one.status in HELD)
        return next((one for one in held if not one.judged), None)

    def verdict(self) -> str:
        """What was said of the last visit that was judged."""
        said = [one.judged for one in self.dates if one.judged]
        return said[-1] if said else ""


class Model:
    """The state now, and as it was before each step that can be taken back."""

    def __init__(self) -> None:
        self.now, self.before = State(), list[State]()

    def step(self) -> State:
        """The state to change; call `settle` when it is changed."""
        self.before.append(deepcopy(self.now))
        return self.now

    def undo(self) -> None:
        self.now = self.before.pop()

    def settle(self) -> None:
        """What follows by itself."""
        while self.now.standing == "active" and self._ready():
            self.now.stage = STAGES[STAGES.index(self.now.stage) + 1]
            if self.now.stage == "recognised":
                self.now.standing = "completed"

    def _ready(self) -> bool:
        now = self.now
        match now.stage:
            case "purchase":
                return len(now.active) >= ENOUGH
            case "training_1" | "training_2":
                there = now.there(now.stage) & set(now.active)
                return now.latest(now.stage, "registered") is not None and len(there) >= ENOUGH
            case "framework":
                return bool(self.completed()) and not any(status in OPEN for status in now.people.values())
            case "certification":
                named = all(name in now.confirmed for name in self.completed())
                return now.approved and named and now.verdict() == "met"
            case _:
                return False

    def completed(self) -> list[str]:
        return [name for name, status in self.now.people.items() if status in DONE]
