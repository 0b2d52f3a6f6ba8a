"""The date of a meeting as a page of its own: agreed, offered to the school, or agreed for those who missed it.

Dates that suit both sides stand in the form already, and a month beside it shows what both have in it.
"""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement import act_forms, available_forms, date_choice
from web.advisor.engagement.available_forms import AppointmentForms
from web.advisor.engagement.date_choice import Choice
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import frame_values
from web.app_state import here
from web.forms import form_post
from web.forms.act_form import DATES
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from workflow.calendar.proposals import MeetingPlan
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.calendars import calendar_of
from workflow.errors import Conflict, NotFound
from workflow.offer.definition import AppointmentKind
from workflow.queries.calendar.meetings import diaries
from workflow.queries.places.frame import CaseFrame, read_frame
from workflow.queries.places.meetings import read_meetings
from workflow.store.cases import read_case
from workflow.usecases import users

_MEETING = "/advisor/engagement/<reference:reference>/meeting/<name:kind>"
bp = Blueprint("dates", __name__)


@bp.get(f"{_MEETING}/book", defaults={"act": "book"})
@bp.get(f"{_MEETING}/offer", defaults={"act": "offer"})
@bp.get(f"{_MEETING}/catch-up-date", defaults={"act": "catch-up-date"})
@access.council(*ADVISING_ROLES)
def look(reference: str, kind: str, act: str) -> ResponseReturnValue:
    """Raises Conflict where no such date can be agreed now."""
    return _render(reference, kind, act)


@bp.post(f"{_MEETING}/book", defaults={"act": "book"})
@bp.post(f"{_MEETING}/offer", defaults={"act": "offer"})
@bp.post(f"{_MEETING}/catch-up-date", defaults={"act": "catch-up-date"})
@access.council(*ADVISING_ROLES)
def agree(reference: str, kind: str, act: str) -> ResponseReturnValue:
    """Agrees the date, or goes on choosing where a day or another month was pressed: nothing is written then."""
    if date_choice.is_pressed(request.form):
        return _render(reference, kind, act)
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        _known(frame, kind)
        where = place.of_meeting(frame.offer, kind)
    post = FormPost(
        reference,
        users.actor_of(access.current_user()),
        form=f"{act}-{kind}",
        section="main-content",
        render=partial(_render, reference, kind, act),
        back=place.address(reference, where),
    )
    return form_post.carry_out(act_forms.find(act, "meeting"), post, partial(act_forms.known, {"kind": kind}))


def _render(reference: str, kind: str, act: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        known = _known(frame, kind)
        found = available_forms.found(read_meetings(db, frame.offer, frame.engagement), now, user.role).meetings
        meeting = next((one for one in found if one.kind.name == kind and act in one.forms), None)
        choice = _choice(db, frame, meeting, act) if meeting else None
    where = place.of_meeting(frame.offer, kind)
    if meeting is None and wrong is None:
        raise Conflict(f"No such date can be agreed now. Go back to {reference}: its {where} say why.")
    html = render_template(
        "advisor/places/agree_date.html",
        **frame_values(frame, where, user, wrong),
        meeting=meeting,
        choice=choice,
        kind=known,
        act=act_forms.find(act, "meeting"),
        form=f"{act}-{kind}",
        today=frame.offer.calendar.local_day(now),
    )
    return html, wrong.status if wrong else 200


def _choice(db: Session, frame: CaseFrame, meeting: AppointmentForms, act: str) -> Choice:
    """Where nobody has typed anything yet, dates that suit both stand in the form already."""
    entered: Mapping[str, str] = request.form.to_dict()
    calendar, now = calendar_of(db, frame.offer, read_case(db, frame.engagement.id)), here().clock()
    meetings = diaries(db, frame.engagement, *date_choice.range_of(now, entered))
    moved = meeting.latest.id if meeting.latest and act != "catch-up-date" else None
    plan = MeetingPlan(
        calendar, meeting.kind.lasts, meeting.kind.notice, date_choice.busy(meetings, besides=moved), now
    )
    choice = Choice(plan, tuple(DATES) if act == "offer" else ("",), meetings, entered)
    return choice.pressed() if entered else choice.filled()


def _known(frame: CaseFrame, kind: str) -> AppointmentKind:
    """Raises NotFound for a kind of appointment that the offer does not have."""
    if kind not in frame.offer.appointment:
        raise NotFound(f"This offer has no appointment called “{kind}”.")
    return frame.offer.appointment[kind]
