"""Where a school is, what is next, who owes it and by when."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import draft_post, drafts, form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from web.forms.saved_file import saved
from workflow.acts.registry import ACTS, on_page
from workflow.domain.actor import Actor
from workflow.forecasting.forecast import Forecast
from workflow.queries.engagement_view import CaseView, view_case
from workflow.queries.notes.case_notes import file_of, for_school
from workflow.store import lookups
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.submission import read_file
from workflow.usecases.contacts import proposals

bp = Blueprint("status", __name__, url_prefix="/school")
_READER = Actor("school_lead")
#: What drafts call this page: its address is its readers' secret.
_PAGE = "school"
#: The newest notes that a school is shown.
_NOTES = 20


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage as the school reads it: done, current or to come."""

    title: str
    school: str
    state: str


@bp.get("/<token:token>")
@access.school_link
def status(token: str) -> ResponseReturnValue:
    return render(token)


@bp.post("/<token:token>/<name:act>")
@access.school_session
def act(token: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there."""
    post = FormPost(
        access.school_reference(),
        _READER,
        form=act,
        section="main-content",
        render=partial(render, token),
        back=f"/school/{token}",
        page=_PAGE,
    )
    return form_post.carry_out(on_page(_READER.role, act, "engagement", "people"), post, lambda _on: {})


@bp.post("/<token:token>/draft")
@access.school_session
def draft(token: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        number = lookups.engagement_id(db, access.school_reference())
    return draft_post.answer(_READER, number, f"/school/{token}")


@bp.get("/<token:token>/file/<number:number>")
@access.school_link
def file(token: str, number: str) -> Response:  # noqa: ARG001 (the guard has read it)
    """A file of a note that is shown to this school. Raises NotFound for any other."""
    with here().store.reading() as db:
        found = file_of(db, lookups.engagement_id(db, access.school_reference()), int(number), "school")
        return saved(found.name, read_file(db, found.sha256)[1])


def render(token: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    now = here().clock()
    with here().store.reading() as db:
        view = view_case(db, lookups.engagement_id(db, access.school_reference()), _READER, now)
        notes = for_school(db, view.engagement.id, limit=_NOTES)
        proposed = proposals.open_ones(db, view.engagement.id, now)
        begun = drafts.on(db, _READER, view.engagement, _PAGE, f"/school/{token}/draft") if access.is_guest() else None
    html = render_template(
        "school/status.html",
        view=view,
        case=view.engagement,
        acts=ACTS,
        steps=_steps(view),
        coming=_coming(view, now),
        forecast=view.forecast if isinstance(view.forecast, Forecast) else None,
        certificates={one.participant_id: one for one in view.certificates if one.status == "issued"},
        address=f"/school/{token}",
        offered=_offered(view, now),
        nominates=_nominates(view),
        guest=access.is_guest(),
        notes=notes,
        current={one.kind: one for one in view.contacts if one.until is None},
        proposed=proposed,
        drafts=begun,
        wrong=wrong,
        entered=request.form if wrong else {},
    )
    return html, wrong.status if wrong else 200


def _offered(view: CaseView, now: datetime) -> list[tuple[str, str, list[OfferedDate]]]:
    """The title, the place and the dates to choose from, for each meeting that has any offered."""
    if view.engagement.standing != "active":
        return []
    ahead = [date for date in view.offered if date.starts_at > now]
    return [
        (view.offer.appointment[one.kind].title, one.place, [date for date in ahead if date.appointment_id == one.id])
        for one in view.appointments
        if one.status == "offered"
    ]


def _nominates(view: CaseView) -> bool:
    """Names are taken until the last stage that waits for decisions on people, as long as there are places."""
    waits = [number for number, stage in enumerate(view.offer.stages) if _waits(view, stage.name)]
    here_now = view.offer.stage_number[view.engagement.stage]
    free = len(view.facts.active_participants) < view.facts.places
    return view.engagement.standing == "active" and free and here_now <= max(waits, default=0)


def _waits(view: CaseView, stage: str) -> bool:
    ways = (one for one in view.offer.transitions if stage in one.from_)
    return any(rule.guard in ("staff_nominated", "everyone_decided") for one in ways for rule in one.guards)


def _steps(view: CaseView) -> list[StageRow]:
    numbers = view.offer.stage_number
    current, finished = numbers[view.engagement.stage], view.offer.stage[view.engagement.stage].final
    done = current + 1 if finished else current
    states = ["done"] * done + ["current"] * (current + 1 - done)
    states += ["to come"] * (len(numbers) - len(states))
    return [StageRow(one.title, one.school, state) for one, state in zip(view.offer.stages, states, strict=True)]


def _coming(view: CaseView, now: datetime) -> list[tuple[str, Appointment]]:
    """Meetings with a date still ahead, the next one first."""
    ahead = [one for one in view.appointments if one.status == "booked" and one.starts_at > now]
    return [(view.offer.appointment[one.kind].title, one) for one in ahead]
