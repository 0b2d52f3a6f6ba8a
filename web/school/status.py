"""Where a school is, what is next, who owes it and by when."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from web import policy
from web.state import here
from workflow import queries
from workflow.actor import Actor
from workflow.case_view import CaseView, view_case
from workflow.store.appointment import Appointment

bp = Blueprint("status", __name__, url_prefix="/school")
_READER = Actor("school_lead")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as the school reads it: done, current or to come."""

    title: str
    school: str
    state: str


@bp.get("/<token:token>")
@policy.school_link
def status(token: str) -> str:  # noqa: ARG001 (the policy has read it; the view asks for what it allowed)
    now = here().clock()
    with here().store.reading() as db:
        view = view_case(db, queries.engagement_id(db, policy.school_reference()), _READER, now)
    return render_template(
        "school/status.html",
        view=view,
        case=view.engagement,
        steps=_steps(view),
        coming=_coming(view, now),
        certificates={one.participant_id: one for one in view.certificates if one.status == "issued"},
    )


def _steps(view: CaseView) -> list[Step]:
    numbers = view.offer.stage_number
    current, finished = numbers[view.engagement.stage], view.offer.stage[view.engagement.stage].final
    done = current + 1 if finished else current
    states = ["done"] * done + ["current"] * (current + 1 - done)
    states += ["to come"] * (len(numbers) - len(states))
    return [Step(one.title, one.school, state) for one, state in zip(view.offer.stages, states, strict=True)]


def _coming(view: CaseView, now: datetime) -> list[tuple[str, Appointment]]:
    """Meetings with a date still ahead, the next one first."""
    ahead = [one for one in view.appointments if one.status == "booked" and one.starts_at > now]
    return [(view.offer.appointment[one.kind].title, one) for one in ahead]
