"""Where a school is: what is to do now and on which page, who owes it and by when, and when it will be done."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms.saved_file import saved
from web.school.pages.frame import READER, address_of
from workflow.forecasting.forecast import Forecast
from workflow.queries.engagement_view import view_case
from workflow.queries.notes.case_notes import file_of, for_school
from workflow.queries.schools.steps import steps
from workflow.queries.schools.tasks import tasks
from workflow.store import lookups
from workflow.store.tables.submission import read_file

bp = Blueprint("status", __name__, url_prefix="/school")
#: The newest notes that a school is shown.
_NOTES = 20


@bp.get("/<token:token>")
@access.school_link
def status(token: str) -> ResponseReturnValue:
    now = here().clock()
    with here().store.reading() as db:
        view = view_case(db, lookups.engagement_id(db, access.school_reference()), READER, now)
        notes = for_school(db, view.engagement.id, limit=_NOTES)
    return render_template(
        "school/status.html",
        view=view,
        case=view.engagement,
        offer=view.offer,
        school=view.school,
        tasks=tasks(view, now),
        steps=steps(view.offer, view.engagement.stage),
        forecast=view.forecast if isinstance(view.forecast, Forecast) else None,
        certificates={one.participant_id: one for one in view.certificates if one.status == "issued"},
        address=address_of(token),
        guest=access.is_guest(),
        notes=notes,
    )


@bp.get("/<token:token>/file/<number:number>")
@access.school_link
def file(token: str, number: str) -> Response:  # noqa: ARG001 (the guard has read it)
    """A file of a note that is shown to this school. Raises NotFound for any other."""
    with here().store.reading() as db:
        found = file_of(db, lookups.engagement_id(db, access.school_reference()), int(number), "school")
        return saved(found.name, read_file(db, found.sha256)[1])
