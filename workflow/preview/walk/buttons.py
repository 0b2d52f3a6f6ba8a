"""What there is to press at a place of a walk, and by whom: what the journey asks for next, its verbs, and what else
may happen to people and meetings on the way.

A button is known by its code, made of names of the offer's page: the same presses always lead to the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from workflow.acts.act import Occasion, perform
from workflow.acts.fields import ANYTHING
from workflow.acts.registry import ACTS
from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.english import in_words
from workflow.forecasting.route.act import RouteAct
from workflow.forecasting.route.planner import plan_route
from workflow.forecasting.route.situation import Situation
from workflow.forecasting.route.telling import tell
from workflow.offer.triggers import StatusTransition, Transition
from workflow.preview.made_up import NOTE
from workflow.preview.walk.sandbox import Do, Sandbox, actor_of
from workflow.preview.walk.usual import played
from workflow.store.cases import Case
from workflow.store.tables.participant import Participant

WAIT, WAIT_FOR_MEETING = "time", "meeting"
_SOON = timedelta(days=28)
#: Who presses: those at the council by their role, the others by what they are.
_PARTIES = {"school": "school_lead", "participant": "participant"}
_DECIDED = ("complete", "withdraw", "defer", "rejoin")


@dataclass(frozen=True, slots=True)
class Button:
    """`who` is a role. Pressing it does what `do` does."""

    code: str
    who: str
    words: str
    do: Do


def buttons(box: Sandbox, session: Session, case: Case) -> Iterator[Button]:
    """All of them but those of time. A code stands for one of them."""
    yield from _asked_for(box, session, case)
    yield from _verbs(box, case)
    if case.standing == "active":
        yield from _of_people(box, session, case)
        yield from _of_meetings(box, case)


# --- what the journey asks for next ---


def _asked_for(box: Sandbox, session: Session, case: Case) -> Iterator[Button]:
    calendar = box.calendar(session, case)
    route = plan_route(box.offer, calendar, case.facts, stage=case.stage, standing=case.standing, now=box.now, stages=1)
    for line in tell(box.offer, route.now, case.names):
        act = line.act
        if act is None or act.doing in ("fire", "put_right"):
            continue
        who = _PARTIES.get(act.party, "advisor")
        if act.doing == "book" and ("appointment", "offer") not in box.offer.status_transition:
            yield Button(_code(act), who, line.what, _agree(box, act))
            continue
        what = line.what.replace("Agree a date", "Offer dates", 1) if act.doing == "book" else line.what
        yield Button(_code(act), who, what, _play(box, act))
        if act.doing == "review":
            words = line.what.replace("Review", "Send back", 1)
            yield Button(f"{_code(act)}.back", who, words, _play(box, act, returns=True))


def _code(act: RouteAct) -> str:
    return ".".join(filter(None, ["do", act.doing, act.subject, "-".join(map(str, act.people))]))


def _play(box: Sandbox, act: RouteAct, *, returns: bool = False) -> Do:
    """As people do it in a rehearsal. What participants do, each does for themselves."""
    own = act.party == "participant" and len(act.people) > 1
    each = [replace(act, people=(person,)) for person in act.people] if own else [act]

    def do(session: Session, now: datetime) -> None:
        for one in each:
            played(box, session, now, one, returns=returns)

    return do


def _agree(box: Sandbox, act: RouteAct) -> Do:
    """The first day that suits both sides, in a journey in which no dates are offered to choose from."""

    def do(session: Session, now: datetime) -> None:
        case = box.case(session)
        calendar = box.calendar(session, case)
        at = Situation(box.offer, calendar, case.stage, case.facts, calendar.local_day(now))
        starts_at = box.about.at_ten(at.meeting_day(act.subject, at.today))
        _act(box, session, now, actor_of("advisor"), "book", kind=act.subject, starts_at=starts_at, anyway=ANYTHING)

    return do


def _act(box: Sandbox, session: Session, now: datetime, actor: Actor, act: str, **values: object) -> None:
    perform(ACTS[act], Occasion(session, box.id, box.offer, actor, now), **values)


# --- its verbs ---


def here(box: Sandbox, case: Case) -> Iterator[Transition]:
    """The verbs that may be said where the journey stands."""
    for one in box.offer.transitions:
        if case.stage in one.from_ and case.standing in one.standing.from_:
            yield one


def _verbs(box: Sandbox, case: Case) -> Iterator[Button]:
    for one in here(box, case):
        for role in (role for role in one.by if role != "system"):
            yield Button(f"fire.{one.trigger}.{role}", role, one.title, _fire(box, one, role))
        for rule in one.guards:
            if rule.guard == "action_planned" and any(case.facts.held(rule.of)):
                yield Button(f"plan.{rule.of}", "assessor", "Write down what is to be done", _plan(box, rule.of))


def _fire(box: Sandbox, one: Transition, role: str) -> Do:
    def do(session: Session, now: datetime) -> None:
        day = box.offer.calendar.local_day(now + _SOON).isoformat()
        values = {asked.name: day if asked.kind == "date" else "1" for asked in one.inputs}
        note = NOTE if one.note else None
        _act(box, session, now, actor_of(role), "fire", trigger=one.trigger, note=note, values=values)

    return do


def _plan(box: Sandbox, kind: str) -> Do:
    def do(session: Session, now: datetime) -> None:
        day = box.offer.calendar.local_day(now + _SOON)
        _act(
            box, session, now, actor_of("assessor"), "plan_action", kind=kind, what=NOTE, owner="The school", due_on=day
        )

    return do


# --- what else may happen ---


def _of_people(box: Sandbox, session: Session, case: Case) -> Iterator[Button]:
    """Each verb about the first person of whom it may be said."""
    for (noun, verb), move in box.offer.status_transition.items():
        who = next((role for role in ADVISING_ROLES if role in move.by), None)
        person = next((one for one in case.facts.participants if one.status in move.from_), None)
        if noun == "participant" and verb in _DECIDED and who and person:
            row = session.get_one(Participant, person.id)
            yield Button(f"person.{verb}", who, f"{move.title}: {row.name}", _move(box, move, who, row.email))


def _move(box: Sandbox, move: StatusTransition, role: str, email: str) -> Do:
    def do(session: Session, now: datetime) -> None:
        reason, note = next(iter(move.reasons), None), NOTE if move.note else None
        _act(box, session, now, actor_of(role), "move", email=email, verb=move.verb, reason=reason, note=note)

    return do


def _of_meetings(box: Sandbox, case: Case) -> Iterator[Button]:
    """A date that is agreed and lies ahead may be called off."""
    move = box.offer.status_transition.get(("appointment", "cancel"))
    who = next((role for role in ADVISING_ROLES if move and role in move.by), None)
    kinds = [one.kind for one in case.facts.appointments if one.status == "booked" and one.starts_at > box.now]
    for kind in dict.fromkeys(kinds) if move and who else ():
        title = box.offer.appointment[kind].title
        yield Button(
            f"cancel.{kind}", str(who), f"{move.title}: {title}" if move else "", _cancel(box, move, str(who), kind)
        )


def _cancel(box: Sandbox, move: StatusTransition | None, role: str, kind: str) -> Do:
    def do(session: Session, now: datetime) -> None:
        reason = next(iter(move.reasons), None) if move else None
        _act(box, session, now, actor_of(role), "cancel", kind=kind, reason=reason)

    return do


def who_in_words(role: str) -> str:
    """`The lead advisor`, `The school lead`; participants act each for themselves."""
    return "The participants" if role == "participant" else f"The {in_words(role)}"
