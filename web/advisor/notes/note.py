"""One note: what it said before, and the form that changes it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import frame_values
from web.app_state import here
from web.forms import drafts, form_errors, form_fields
from web.forms.form_errors import Trouble
from web.forms.given_files import given_files
from web.wire.row_number import row_number
from workflow.domain.actor import COUNCIL_ROLES, EVIDENCE_READERS
from workflow.errors import NotAllowed, NotFound, WorkflowError
from workflow.queries.notes.case_notes import one_note, versions
from workflow.queries.places.frame import read_frame
from workflow.store import lookups
from workflow.usecases import users
from workflow.usecases.notes import case_notes

bp = Blueprint("note", __name__, url_prefix="/advisor/engagement/<reference:reference>/notes/<number:number>")
_FILES = 20


@bp.get("")
@access.council(*EVIDENCE_READERS)
def show(reference: str, number: str) -> ResponseReturnValue:
    return _render(reference, int(number))


@bp.post("")
@access.council(*COUNCIL_ROLES, takes_files=True)
def change(reference: str, number: str) -> ResponseReturnValue:
    """What was typed is kept on the page when it cannot be done, also when somebody else was first."""
    text, shown_to, given = request.form.get("text", ""), request.form.get("shown_to", ""), given_files(request.files)
    without = [found for one in request.form.getlist("without")[:_FILES] if (found := row_number(one))]
    try:
        seen, files = form_fields.version(request.form), case_notes.look_into(given)
        with here().store.writing() as db:
            engagement_id = lookups.engagement_id(db, reference)
            author, now = access.current_user(), here().clock()
            case_notes.change(
                db,
                engagement_id,
                int(number),
                text,
                shown_to,
                seen=seen,
                author=author,
                now=now,
                files=files,
                without=without,
            )
            drafts.sent(db, users.actor_of(author), engagement_id, _address(reference, number), "note")
    except (NotFound, NotAllowed):
        raise
    except WorkflowError as error:
        return _render(reference, int(number), form_errors.of(error, "note", at="main-content"))
    flash("The note is changed.")
    return redirect(url_for("notes.show", reference=reference), 303)


def _address(reference: str, number: str) -> str:
    return f"{place.address(reference, place.NOTES)}/{number}"


def _render(reference: str, number: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user = access.current_user()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        note = one_note(db, frame.engagement.id, number)
        html = render_template(
            "advisor/note.html",
            **frame_values(frame, place.NOTES, user, wrong),
            reference=reference,
            note=note,
            versions=versions(db, number),
            may_change=case_notes.may_change(user, note.author_id),
            drafts=drafts.on(db, users.actor_of(user), frame.engagement, _address(reference, str(number))),
            without=set(request.form.getlist("without")) if wrong else set(),
        )
    return html, wrong.status if wrong else 200
