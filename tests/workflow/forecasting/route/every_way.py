"""Every way there is: whatever people can do is tried, one act at a time, until somebody stands at the end.

It knows nothing of remedies. It asks the same guards whether a trigger fires, and the same changes what an act does;
what can be done is written down here once more, as the use cases allow it. A few things it takes for granted, or it
would never be done. People who stand alike are alike. A meeting is held at its own stage, and again only after a
judgement. Evidence is the only way through a phase with criteria, unless it was recorded as sent in without what it
says, and whoever was put off comes back only where nobody is left: the route is for those who take part.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workflow.domain.facts import ParticipantFact
from workflow.domain.guards import judge
from workflow.domain.lifecycles import DECIDED_STATUSES, REVIEWABLE_STATUSES
from workflow.forecasting.route.act import RouteAct
from workflow.forecasting.route.act_results import after
from workflow.forecasting.route.situation import Situation
from workflow.offer.triggers import Transition

_SENDING = ("nominated", "training", "working", "returned")


@dataclass(frozen=True)
class Stand:
    """A situation and a standing."""

    at: Situation
    standing: str

    @property
    def over(self) -> bool:
        return self.at.offer.stage[self.at.stage].final

    @property
    def key(self) -> str:
        """Alike for all that are alike to guards, whoever it is and whichever row."""
        facts = self.at.facts
        people = sorted(
            (
                one.status,
                one.phase,
                one.phase_agreed,
                one.name_confirmed,
                one.sent > 0,
                sorted({met.kind for met in facts.appointments if one.id in met.attended}),
            )
            for one in facts.participants
        )
        meetings = sorted(
            (one.kind, one.status, one.outputs_recorded, facts.is_judged(one), bool(one.attended))
            for one in facts.appointments
        )
        said = sorted(
            [(one.seq, one.kind, one.outcome) for one in facts.judgements]
            + [(one.seq, one.subject, "") for one in facts.approvals]
        )
        return repr((self.at.stage, self.standing, people, meetings, [words for _, *words in said]))


def fewest_acts(start: Stand, most: int) -> int | None:
    """How many acts the shortest of all ways has; None where no way of at most so many comes to the end."""
    here, seen = {"": _settled(start)}, set[str]()
    for number in range(most + 1):
        if any(one.over for one in here.values()):
            return number
        seen |= here.keys()
        here = {new.key: new for one in here.values() for new in _next(one)}
        here = {key: new for key, new in here.items() if key not in seen}
    return None


def _next(stand: Stand) -> Iterator[Stand]:
    at, standing = stand.at, stand.standing
    if standing == "active":
        for act in (*_about_people(at), *_about_meetings(at)):
            yield _settled(Stand(after(at, act, at.today), standing))
    for transition in _open(stand, automatic=False):
        yield _settled(_fired(stand, transition))


def _open(stand: Stand, *, automatic: bool) -> list[Transition]:
    """The triggers whose guards let them through, but for those that stop a journey."""
    return [
        one
        for one in stand.at.offer.transitions
        if (one.automatic, one.standing.to) == (automatic, "active")
        and stand.at.stage in one.from_
        and stand.standing in one.standing.from_
        and not any(judge(stand.at.facts, rule) for rule in one.guards)
    ]


def _fired(stand: Stand, transition: Transition) -> Stand:
    at = after(stand.at, RouteAct("fire", "council", transition.trigger), stand.at.today)
    return Stand(replace(at, stage=transition.to or at.stage), "active")


def _settled(stand: Stand) -> Stand:
    """Automatic triggers cost nobody anything."""
    while found := _open(stand, automatic=True):
        stand = _fired(stand, found[0])
    return stand


def _about_people(at: Situation) -> Iterator[RouteAct]:
    there = len(at.facts.active_participants)
    for count in range(1, min(at.facts.places, 3) - there + 1):
        yield RouteAct("nominate", "school", count=count)
    for one in {replace(person, id=0): person for person in at.facts.participants}.values():
        yield from (RouteAct(doing, "council", people=(one.id,)) for doing in _about(at, one))


def _about(at: Situation, one: ParticipantFact) -> Iterator[Any]:
    criteria, waits = at.offer.phase[one.phase].criteria, one.status in REVIEWABLE_STATUSES
    if one.status == "deferred" and _has_nobody_left(at) and ("participant", "rejoin") in at.offer.status_transition:
        yield "rejoin"
    if one.completed and not one.name_confirmed:
        yield "confirm_name"
    if one.status in DECIDED_STATUSES:
        return
    if not one.phase_agreed:
        yield "agree_phase"
    elif criteria and one.status in _SENDING:
        yield "send_in"
    elif criteria and waits and one.sent:
        yield "review"
    else:
        yield "complete"


def _has_nobody_left(at: Situation) -> bool:
    """Whether somebody has to complete the framework here, and nobody is under way."""
    rules = (rule.guard for one in at.offer.transitions if at.stage in one.from_ for rule in one.guards)
    return "staff_completed" in rules and all(one.status in DECIDED_STATUSES for one in at.facts.participants)


def _about_meetings(at: Situation) -> Iterator[RouteAct]:
    kind = at.offer.appointment.get(at.offer.stage[at.stage].appointment or "")
    if kind is None:
        return
    held, planned = list(at.facts.held(kind.name)), at.planned(kind.name)
    if at.choosable(kind.name):
        yield RouteAct("choose", "school", kind.name)
    again = planned is None and all(at.facts.is_judged(one) for one in held)
    if again and not any(judge(at.facts, rule) for rule in kind.booking):
        yield RouteAct("book", "council", kind.name)
    if planned:
        yield RouteAct("hold", "council", kind.name)
    if planned or (held and held[-1].status == "held"):
        yield RouteAct("register", "council", kind.name)
    if held and not held[-1].outputs_recorded:
        yield RouteAct("write_outputs", "council", kind.name)
    there = at.facts.attended(kind.name)
    missed = tuple(one.id for one in at.facts.active_participants if one.id not in there)
    if missed and held and held[-1].status == "registered":
        yield RouteAct("catch_up", "council", kind.name, people=missed)
