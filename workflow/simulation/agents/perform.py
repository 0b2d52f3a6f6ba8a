"""The cast of a rehearsal: each act of a route, done as people would do it, with what they would enter."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from workflow.acts.fields import ANYTHING
from workflow.domain.actor import Actor
from workflow.forecasting.route.act import Doing
from workflow.offer.triggers import Transition
from workflow.simulation.agents.act_context import ActContext
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.participant import Participant
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.participants import Nominee

_HOURS = (time(9, 30), time(11), time(13, 30))
_APART, _DAY = 3, timedelta(days=1)
_WORDS = "Said in a rehearsal."
#: Most people begin at the first phase, few at the last.
_PHASES = (0.7, 0.92)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def perform(scene: ActContext) -> None:
    """Raises whatever the use case raises."""
    PERFORMED[scene.act.doing](scene)


def _nominate(scene: ActContext) -> None:
    """The school sends its list and its advisor enters it: as many as are asked for, or as schools usually name.

    A list comes in whole, as an import does; the act of this name is for one person more.
    """
    usual = scene.chance.within(scene.scenario.habits.school.staff, *scene.about())
    there = len(scene.case.facts.participants)
    people = [_nominee(scene, number) for number in range(there, there + max(usual - there, scene.act.count))]
    advisor = scene.case.advisor_id
    actor = scene.actor if advisor is None else Actor("advisor", advisor)
    participants.nominate(scene.session, scene.id, people, actor=actor, now=scene.now)


def _nominee(scene: ActContext, number: int) -> Nominee:
    drawn, known = scene.chance.share(*scene.about(number)), sorted(scene.offer.phase)
    phase = known[min(sum(drawn >= one for one in _PHASES), len(known) - 1)]
    name = _called(scene, number)
    known_as = name.lower().replace(" ", ".") if scene.scenario.names else f"staff{number}"
    return Nominee(name, f"{known_as}.{scene.case.reference.lower()}@example.org", phase)


def _called(scene: ActContext, number: int) -> str:
    """By one of the scenario's names, begun at another place for each engagement."""
    names = scene.scenario.names
    if not names:
        return f"Staff {_LETTERS[number % len(_LETTERS)]}"
    first = scene.chance.within((0, len(names) - 1), scene.case.reference, "names")
    return names[(first + number) % len(names)]


def _book(scene: ActContext) -> None:
    """Several dates are offered, some days apart; where the page knows no offering, one is agreed."""
    habits, kind = scene.scenario.habits.council, scene.act.subject
    days = scene.chance.within(habits.dates_ahead, *scene.about())
    first = _meeting_day(scene, scene.now + _DAY * days, far=True)
    if ("appointment", "offer") not in scene.offer.status_transition:
        scene.do("book", kind=kind, starts_at=_at(scene, first, 0), anyway=ANYTHING)
        return
    dates = [first]
    while len(dates) < habits.dates:
        dates.append(_meeting_day(scene, dates[-1] + _DAY * _APART, far=False))
    moments = [_at(scene, day, number) for number, day in enumerate(dates)]
    scene.do("offer_dates", kind=kind, dates=moments, anyway=ANYTHING)


def _meeting_day(scene: ActContext, wished: datetime, *, far: bool) -> datetime:
    """The first moment from the wished one on whose day lies ahead, suits both sides and is not kept free."""
    calendar, notice = scene.calendar, scene.offer.appointment[scene.act.subject].notice
    day = max(calendar.local_day(wished), calendar.local_day(scene.now) + _DAY)
    if far and notice:
        day = calendar.add(day, notice)
    while not (
        calendar.is_open(day, "school days")
        and calendar.is_open(day, "council days")
        and scene.scenario.at_work(scene.case.advisor_id, day)
        and not (_is_judged(scene) and any(day in closed for closed in scene.scenario.no_visits))
    ):
        day += _DAY
    return datetime.combine(day, time(12), calendar.zone)


def _is_judged(scene: ActContext) -> bool:
    return any(one.records.of == scene.act.subject for one in scene.offer.transitions)


def _at(scene: ActContext, day: datetime, number: int) -> datetime:
    clock = _HOURS[scene.chance.within((0, len(_HOURS) - 1), *scene.about("hour", number))]
    return datetime.combine(scene.calendar.local_day(day), clock, scene.calendar.zone)


def _choose(scene: ActContext) -> None:
    """One of the dates that are still ahead."""
    own = (Appointment.engagement_id == scene.id) & (Appointment.status == "offered")
    dates = select(OfferedDate).join(Appointment, Appointment.id == OfferedDate.appointment_id)
    ahead = dates.where(own, Appointment.kind == scene.act.subject, OfferedDate.starts_at > scene.now)
    found = scene.session.scalars(ahead.order_by(OfferedDate.starts_at)).all()
    if found:
        chosen = found[scene.chance.within((0, len(found) - 1), *scene.about())]
        scene.do("choose", offered=chosen.id)


def _hold(scene: ActContext) -> None:
    outputs = _WORDS if scene.offer.appointment[scene.act.subject].outputs else None
    scene.do("hold", kind=scene.act.subject, outputs=outputs)


def _register(scene: ActContext) -> None:
    there = select(Participant).where(Participant.engagement_id == scene.id).order_by(Participant.id)
    missed = scene.scenario.habits.school.no_show
    marks = {
        one.email: "no_show" if scene.chance.happens(missed, *scene.about("missed", place)) else "present"
        for place, one in enumerate(scene.session.scalars(there))
    }
    scene.do("register", kind=scene.act.subject, marks=marks)


def _write_outputs(scene: ActContext) -> None:
    scene.do("write_outputs", kind=scene.act.subject, outputs=_WORDS)


def _catch_up(scene: ActContext) -> None:
    emails = [*scene.emails(), *scene.newest(scene.act.count)]
    scene.do("catch_up", kind=scene.act.subject, people={one: one for one in emails})


def _agree_phase(scene: ActContext) -> None:
    for person in _people(scene):
        scene.do("agree_phase", email=person.email, phase=person.phase)


def _people(scene: ActContext) -> list[Participant]:
    return [scene.session.get_one(Participant, number) for number in scene.act.people]


def _send_in(scene: ActContext) -> None:
    for person in _people(scene):
        pieces = {code: EvidencePiece(_WORDS) for code in _asked(scene, person)}
        scene.do("send_in", email=person.email, pieces=pieces)


def _review(scene: ActContext) -> None:
    """Now and then one criterion is not met; the version after that is good enough."""
    for person in _people(scene):
        fact = next(one for one in scene.case.facts.participants if one.id == person.id)
        asked = _asked(scene, person)
        decisions = {code: Decision(met=True) for code in asked}
        if not fact.returned and scene.chance.happens(scene.scenario.habits.council.returns, *scene.about()):
            decisions[asked[-1]] = Decision(met=False, text=_WORDS)
        scene.do("review", email=person.email, decisions=decisions)


def _asked(scene: ActContext, person: Participant) -> list[str]:
    """The criteria of the next version, or of the one that waits: all of the phase until something comes back."""
    fact = next((one for one in scene.case.facts.participants if one.id == person.id), None)
    if fact is not None and not fact.returned:
        return [one.code for one in scene.offer.phase[person.phase].criteria]
    return evidence.open_criteria(scene.session, scene.offer, person)


def _move(verb: str) -> Callable[[ActContext], None]:
    def move(scene: ActContext) -> None:
        for email in scene.emails():
            scene.do("move", email=email, verb=verb)

    return move


def _confirm_name(scene: ActContext) -> None:
    for email in scene.emails():
        scene.do("confirm_name", email=email)


def _fire(scene: ActContext) -> None:
    """A judgement may turn out otherwise than the route hopes, once for each engagement."""
    trigger, otherwise = scene.act.subject, _otherwise(scene)
    first = otherwise is not None and not scene.case.facts.judged(otherwise.records.of or "")
    if otherwise and first and scene.chance.happens(scene.scenario.habits.council.not_yet_met, *scene.about()):
        due = scene.calendar.local_day(scene.now) + _DAY * _APART
        scene.do("plan_action", kind=otherwise.records.of, what=_WORDS, owner="The school", due_on=due)
        trigger = otherwise.trigger
    scene.do("fire", trigger=trigger, note=_WORDS if _asks(scene, trigger) else None)


def _otherwise(scene: ActContext) -> Transition | None:
    """The trigger that records the other outcome of the same judgement, if this act records a judgement."""
    meant = scene.offer.triggers[scene.act.subject][0].records
    others = (one for one in scene.offer.transitions if one.records.judgement == "not_yet_met")
    return next((one for one in others if meant.judgement == "met" and one.records.of == meant.of), None)


def _asks(scene: ActContext, trigger: str) -> bool:
    return scene.offer.triggers[trigger][0].note is not None


def _nothing(scene: ActContext) -> None:
    """What has to be put right outside the journey stays as it is."""


PERFORMED: Mapping[Doing, Callable[[ActContext], Any]] = {
    "put_right": _nothing,
    "nominate": _nominate,
    "book": _book,
    "choose": _choose,
    "hold": _hold,
    "register": _register,
    "write_outputs": _write_outputs,
    "catch_up": _catch_up,
    "rejoin": _move("rejoin"),
    "agree_phase": _agree_phase,
    "send_in": _send_in,
    "review": _review,
    "complete": _move("complete"),
    "confirm_name": _confirm_name,
    "fire": _fire,
}
