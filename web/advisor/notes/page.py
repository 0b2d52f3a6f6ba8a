"""The notes on one engagement: what the council's people write for one another, or for the school to read as well."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import frame_values
from web.app_state import here
from web.forms import drafts, form_errors, repeated
from web.forms.form_errors import Trouble
from web.forms.given_files import given_files
from web.wire.row_number import row_number
from workflow.domain.actor import COUNCIL_ROLES, EVIDENCE_READERS
from workflow.errors import NotFound, WorkflowError
from workflow.queries.notes.case_notes import others, pinned
from workflow.queries.places.frame import read_frame
from workflow.store import lookups
from workflow.usecases import users
from workflow.usecases.notes import case_notes

bp = Blueprint("notes", __name__, url_prefix="/advisor/engagement/<reference:reference>/notes")
_SHOWN = 30


@bp.get("")
@access.council(*EVIDENCE_READERS)
def show(reference: str) -> ResponseReturnValue:
    return _render(reference)


@bp.post("")
@access.council(*COUNCIL_ROLES, takes_files=True)
def write(reference: str) -> ResponseReturnValue:
    """Files are looked into before anything is locked, as that takes a while."""
    given = given_files(request.files)
    text, shown_to = request.form.get("text", ""), request.form.get("shown_to", "")
    told = "The note is kept, and the school can read it." if shown_to == "school" else "The note is kept."
    try:
        files = case_notes.look_into(given)
        with here().store.writing() as db:
            number = lookups.engagement_id(db, reference)
            author, now = access.current_user(), here().clock()
            actor = users.actor_of(author)
            if repeated.is_first(db, actor, reference, told, [one.sha256 for one in files]):
                case_notes.write(db, number, text, shown_to, author=author, now=now, files=files)
                drafts.sent(db, actor, number, place.address(reference, place.NOTES), "note")
    except NotFound:
        raise
    except WorkflowError as error:
        return _render(reference, form_errors.of(error, "note", at="main-content"))
    flash(told)
    return redirect(url_for("notes.show", reference=reference), 303)


@bp.post("/<number:number>/pin")
@access.council(*COUNCIL_ROLES)
def pin(reference: str, number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        case_notes.pin(db, lookups.engagement_id(db, reference), int(number), here().clock())
    flash("The note is pinned: it stands first.")
    return redirect(url_for("notes.show", reference=reference), 303)


@bp.post("/<number:number>/unpin")
@access.council(*COUNCIL_ROLES)
def unpin(reference: str, number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        case_notes.unpin(db, lookups.engagement_id(db, reference), int(number))
    flash("The note is not pinned any more.")
    return redirect(url_for("notes.show", reference=reference), 303)


def _render(reference: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user, before = access.current_user(), _before()
    with here().store.reading() as db:
        frame = read_frame(db, reference)
        first = pinned(db, frame.engagement.id) if before is None else []
        found = others(db, frame.engagement.id, limit=_SHOWN + 1, before=before)
        html = render_template(
            "advisor/notes.html",
            **frame_values(frame, place.NOTES, user, wrong),
            school=frame.school.name,
            reference=reference,
            notes=[*first, *found[:_SHOWN]],
            more=found[_SHOWN - 1].id if len(found) > _SHOWN else None,
            colleagues=[one.name for one in users.everyone(db) if one.id != user.id],
            may_change=case_notes.may_change,
            drafts=drafts.on(db, users.actor_of(user), frame.engagement, place.address(reference, place.NOTES)),
        )
    return html, wrong.status if wrong else 200


def _before() -> int | None:
    """The number of the last note of the page before."""
    return row_number(request.args.get("before", ""))
