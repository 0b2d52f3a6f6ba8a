"""A round begins in a course: what it sets aside is written down, and an event of its own says so."""

from workflow.domain.actor import SYSTEM
from workflow.domain.change import NewRound
from workflow.domain.happening import StatusChange, kept
from workflow.engine.course import Course
from workflow.engine.rounds.led_back import led_back
from workflow.offer.triggers import Transition


def begin(course: Course, transition: Transition, came_from: str, seq: int) -> None:
    """`seq` is the event of a transition from that stage; nothing where it does not lead back."""
    case, now = course.case, course.ground.now
    back = led_back(course.ground.offer, transition, came_from, case.facts, now)
    if back is None:
        return
    number = case.round + 1
    course.case = case._replace(facts=back.facts, round=number)
    course.rounds.append(NewRound(case.id, seq, number, case.stage, now, back.aside.as_data()))
    pairs = zip(case.facts.participants, back.facts.participants, strict=True)
    changed = [(was, become) for was, become in pairs if was != become]
    course.people |= {become.id: become for _, become in changed}
    moves = [
        StatusChange("participant", was.id, was.status, become.status, ())
        for was, become in changed
        if was.status != become.status
    ]
    unconfirmed = [was.id for was, become in changed if was.name_confirmed and not become.name_confirmed]
    data = {"round": number, "unconfirmed": unconfirmed, **kept(moves)}
    course.people_seq = course.happen("round_began", SYSTEM, data=data, caused_by=seq)
