"""Visits: what a school has to do before the next one, and what the council has to do besides."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.person_name import NAME_LIMIT
from workflow.engine.catalogue import offers_of
from workflow.errors import BadInput, Conflict, NotFound
from workflow.offer.definition import AppointmentKind
from workflow.sanitise import block, line
from workflow.store.cases import Case
from workflow.store.tables.visit import Action
from workflow.usecases.appointments import kind_of

WHAT_LIMIT = 2000


def plan(
    session: Session, engagement_id: int, kind: str, what: str, *, owner: str, due_on: date, actor: Actor, now: datetime
) -> Action:
    """Writes down one action that a visit asks of the school: what, who and by when.

    It belongs to the visit that is to be judged next. Raises BadInput, NotFound, or Conflict when no visit waits.
    """
    case = engine.open_case(session, engagement_id)
    visit = _waiting(case, kind_of(session, case, kind))
    action = Action(
        engagement_id=engagement_id,
        kind="plan",
        appointment_id=visit,
        what_text=_what(what),
        owner_name=_owner(owner),
        due_on=_ahead(due_on, offers_of(session).machine(*case.offer).offer.calendar.local_day(now)),
        created_at=now,
    )
    session.add(action)
    session.flush()
    data = {"appointment": visit, "kind": kind, "action": action.id, "due_on": due_on.isoformat()}
    engine.record(session, case, "action_planned", actor=actor, now=now, data=data)
    return action


def finish(session: Session, engagement_id: int, action_id: int, *, actor: Actor, now: datetime) -> Action:
    """An action is done. Raises NotFound, or Conflict when it was done before."""
    case = engine.open_case(session, engagement_id)
    action = session.scalar(select(Action).where(Action.id == action_id, Action.engagement_id == engagement_id))
    if action is None:
        raise NotFound(f"There is no action number {action_id} here.")
    if action.done_at is not None:
        raise Conflict("That action was recorded as done before.")
    action.done_at = now
    engine.record(session, case, "action_done", actor=actor, now=now, data={"action": action.id})
    return action


def _waiting(case: Case, kind: AppointmentKind) -> int:
    """The oldest visit of this kind that took place and nobody has judged."""
    for one in case.facts.held(kind.name):
        if not case.facts.is_judged(one):
            return one.id
    raise Conflict(f"Not held since the last judgement, so nothing is asked for yet: {kind.title}.")


def _what(text: str) -> str:
    try:
        return block(text, "What has to be done", WHAT_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _owner(text: str) -> str:
    try:
        return line(text, "The name of the owner", NAME_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _ahead(day: date, today: date) -> date:
    if day < today:
        raise BadInput("The day by which it has to be done lies in the past. Choose a day ahead.")
    return day
