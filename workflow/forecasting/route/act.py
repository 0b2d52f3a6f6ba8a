"""One thing that somebody does: the small general vocabulary that routes are made of. Pure."""

from dataclasses import dataclass
from typing import Literal

from workflow.domain.facts import ParticipantFact
from workflow.domain.lifecycles import REVIEWABLE_STATUSES

#: Whose days a thing is done on, and who is asked to do it.
Party = Literal["council", "school", "participant"]
Doing = Literal[
    "put_right",
    "nominate",
    "book",
    "choose",
    "hold",
    "register",
    "write_outputs",
    "catch_up",
    "rejoin",
    "agree_phase",
    "send_in",
    "review",
    "complete",
    "confirm_name",
    "fire",
]


@dataclass(frozen=True, slots=True)
class RouteAct:
    """`doing` is the name of an act (`workflow/acts`), or a verb of a participant's journey.

    `subject` is a kind of appointment, a trigger, or the guard that has to be put right; `count` is how many people
    are to be named; `people` are the participants it is about; `sentence` says what has to be put right."""

    doing: Doing
    party: Party
    subject: str = ""
    people: tuple[int, ...] = ()
    count: int = 0
    sentence: str = ""

    @property
    def person(self) -> int | None:
        """The one participant it is about, where it is about one."""
        return self.people[0] if len(self.people) == 1 else None


#: Acts that are done one after another. Chains beside each other may go on at the same time.
Chain = tuple[RouteAct, ...]


def completing(person: ParticipantFact, *, has_criteria: bool) -> Chain:
    """What is left for one person to complete the framework: by evidence, where the phase asks for any."""
    about = (person.id,)
    agreed = () if person.phase_agreed else (RouteAct("agree_phase", "council", people=about),)
    waits = person.status in REVIEWABLE_STATUSES
    if not has_criteria or (waits and not person.sent):
        return (*agreed, RouteAct("complete", "council", people=about))
    sent = () if waits else (RouteAct("send_in", "participant", people=about),)
    return (*agreed, *sent, RouteAct("review", "council", people=about))
