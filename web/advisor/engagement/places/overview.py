"""The overview of one engagement: what is next, the journey as a list of tasks, and what else can be done."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.advisor.engagement import available_forms, trigger_buttons
from web.advisor.engagement.places import place
from web.advisor.engagement.places.signposts import Signposts
from web.advisor.engagement.places.task_list import STATES, Task, next_task, tasks
from web.advisor.engagement.trigger_buttons import TriggerButton
from web.app_state import here
from workflow.domain.actor import ADVISING_ROLES
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.overview import Overview, read_overview
from workflow.store.tables.user import User
from workflow.usecases import users
from workflow.usecases.undo.last_step import LOOKED_AT


def show(db: Session, frame: CaseFrame, user: User, now: datetime) -> dict[str, Any]:
    read = read_overview(db, frame, users.actor_of(user), now)
    rows = _tasks(read, user, now)
    first = next_task(rows)
    elsewhere = {one.trigger for one in read.triggers if place.of_trigger(frame.offer, one.trigger) != place.OVERVIEW}
    mine = [one for one in read.triggers if one.trigger not in elsewhere]
    actions = trigger_buttons.sorted_out(mine, frame.offer, user.role)
    return {
        "read": read,
        "tasks": rows,
        "next": first,
        "press": _press(actions.open, first),
        "actions": actions,
        "states": STATES,
        "undoes": user.role in frame.offer.policy.undo_by and (read.last or frame.engagement.version > LOOKED_AT),
        "advises": user.role in ADVISING_ROLES,
        "school_page": f"/school/{here().links.school_token(frame.engagement.reference)}",
    }


def next_address(db: Session, frame: CaseFrame, user: User, now: datetime) -> str:
    """Where what is next can be done, or else where it is told of."""
    first = next_task(_tasks(read_overview(db, frame, users.actor_of(user), now), user, now))
    if first and first.ready and first.href:
        return first.href
    return f"{place.address(frame.engagement.reference)}#where"


def _tasks(read: Overview, user: User, now: datetime) -> tuple[Task, ...]:
    return tasks(read.offer, read.engagement.stage, read.way, read.promise, _signs(read, user, now))


def _signs(read: Overview, user: User, now: datetime) -> Signposts:
    return Signposts(
        reference=read.engagement.reference,
        offer=read.offer,
        openings=available_forms.found(read, now, user.role),
        triggers=frozenset(one.trigger for one in read.triggers if one.open),
        known=frozenset(one.id for one in read.participants),
        advises=user.role in ADVISING_ROLES,
    )


def _press(buttons: tuple[TriggerButton, ...], first: Task | None) -> TriggerButton | None:
    """The trigger that is next, where one press does it."""
    act = first.line.act if first and first.line else None
    if act is None or act.doing != "fire":
        return None
    return next((one for one in buttons if one.trigger == act.subject and not one.folded), None)
