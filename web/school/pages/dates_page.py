"""A school's meetings: ahead, held, and dates to choose from; a word when none suits; a file for its own calendar."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import drafts, form_errors, repeated
from web.forms.form_errors import Trouble
from web.school.pages.frame import READER, address_of, begun, draft_name, engagement_of, frame
from workflow.acts.registry import ACTS
from workflow.engine.catalogue import offer_of
from workflow.english import within
from workflow.errors import BadInput, NotFound, Problem, WorkflowError
from workflow.mail.calendar_feed import one_as_ical
from workflow.queries.calendar.feed import read_meeting
from workflow.queries.schools import dates
from workflow.usecases.notes import questions

bp = Blueprint("school_dates", __name__, url_prefix="/school")
_PAGE, _FORM = "dates", "other-dates"
_SENT = "Thank you. Your advisor has a note of it and writes to you with other dates. It stands under “Messages”, too."


@bp.get("/<token:token>/dates")
@access.school_session
def show(token: str) -> ResponseReturnValue:
    return render(token)


def render(token: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    with here().store.reading() as db:
        engagement = engagement_of(db)
        html = render_template(
            "school/dates.html",
            acts=ACTS,
            dates=dates.read(db, offer_of(db, engagement), engagement, here().clock()),
            drafts=begun(db, engagement, token, _PAGE),
            entered=request.form if wrong else {},
            now=here().clock(),
            **frame(db, engagement, token, wrong),
        )
    return html, wrong.status if wrong else 200


@bp.post(f"/<token:token>/{_FORM}/<name:kind>")
@access.school_session
def ask_for_others(token: str, kind: str) -> ResponseReturnValue:
    """What would suit instead: a note for both, and a thing to do for whoever looks after the school."""
    form = f"{_FORM}-{kind}"
    try:
        with here().store.writing() as db:
            engagement = engagement_of(db)
            known = offer_of(db, engagement).appointment.get(kind)
            if known is None:
                raise NotFound("There is no such meeting. Look at your dates again.")
            wish = _wish(request.form.get("text", ""))
            if repeated.is_first(db, READER, engagement.reference, _SENT):
                questions.ask(
                    db, engagement.id, wish, here().clock(), about=f"About the date for {within(known.title)}: "
                )
                drafts.sent(db, READER, engagement.id, draft_name(_PAGE), form)
    except NotFound:
        raise
    except WorkflowError as error:
        return render(token, form_errors.of(error, form, at=f"form-{form}"))
    flash(_SENT)
    return redirect(address_of(token, _PAGE), 303)


def _wish(text: str) -> str:
    """Raises BadInput."""
    if not text.strip():
        raise BadInput("Nothing is sent yet.", (Problem("text", "Write when it would suit you"),))
    return text


@bp.get("/<token:token>/dates/<number:number>.ics")
@access.school_session
def calendar_file(token: str, number: str) -> Response:  # noqa: ARG001 (the guard has read it)
    """One meeting, under the number that its invitations have, so that a calendar which has it already knows it."""
    with here().store.reading() as db:
        entry = read_meeting(db, engagement_of(db).id, int(number), here().links)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(one_as_ical(entry), content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)
