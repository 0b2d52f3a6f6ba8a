"""What people enter in a walk: as in a rehearsal, but that everything goes well unless it is asked to go otherwise."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.forecasting.route.act import RouteAct
from workflow.preview.walk.sandbox import Sandbox
from workflow.simulation.agents.act_context import ActContext
from workflow.simulation.agents.assignment import actor_for
from workflow.simulation.agents.perform import perform
from workflow.simulation.habits import CouncilHabits, Habits, ParticipantHabits, SchoolHabits
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import Scenario
from workflow.store.tables.user import User

_SEED, _ALWAYS, _NEVER, _AT_ONCE = 1, 1.0, 0.0, (0, 0)


def _habits(returns: float) -> Habits:
    council = CouncilHabits(
        answers=_AT_ONCE,
        writes_up=_AT_ONCE,
        acts_a_day=1000,
        dates=3,
        dates_ahead=_AT_ONCE,
        returns=returns,
        not_yet_met=_NEVER,
    )
    school = SchoolHabits(answers=_AT_ONCE, staff=_AT_ONCE, no_show=_NEVER, falls_silent=_NEVER)
    return Habits(council=council, school=school, participant=ParticipantHabits(evidence=_AT_ONCE, answers=_AT_ONCE))


def played(box: Sandbox, session: Session, now: datetime, act: RouteAct, *, returns: bool) -> None:
    """Done by whoever would do it. Raises whatever the use case raises."""
    case = box.case(session)
    users = session.scalars(select(User).order_by(User.id)).all()
    actor = actor_for(act, case, box.offer, users)
    scenario = Scenario(now, now, _SEED, _habits(_ALWAYS if returns else _NEVER), offers=())
    calendar = box.calendar(session, case)
    if actor is not None:
        perform(ActContext(session, case, box.offer, calendar, scenario, Chance(_SEED), act, actor, now, turn=0))
