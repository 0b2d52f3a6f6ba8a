"""Taking the last step of an engagement back: first what would follow, then, with a reason, doing it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places import place
from web.app_state import here
from web.forms import form_errors, form_fields, repeated
from web.forms.form_errors import Trouble
from workflow.acts.act import occasion, perform
from workflow.acts.ahead.foreseen import foreseen
from workflow.acts.registry import ACTS
from workflow.domain.actor import ADVISING_ROLES
from workflow.errors import Conflict, NotFound, WorkflowError
from workflow.store import lookups
from workflow.store.tables.school import School
from workflow.usecases import receipts, users
from workflow.usecases.undo import undo

bp = Blueprint("undo", __name__, url_prefix="/advisor/engagement/<reference:reference>/undo")
_FORM = "undo"
#: What stands in the messages that are shown for the reason that is not given yet.
_REASON = "(the reason that you give below)"


@bp.get("/")
@access.council(*ADVISING_ROLES)
def look(reference: str) -> ResponseReturnValue:
    return _render(reference)


@bp.post("/")
@access.council(*ADVISING_ROLES)
def take_back(reference: str) -> ResponseReturnValue:
    """Only what the person was looking at is taken back."""
    actor = users.actor_of(access.current_user())
    try:
        version, why = form_fields.version(request.form), request.form.get("reason", "")
        with here().store.writing() as db:
            engagement_id = lookups.engagement_id(db, reference)
            on = occasion(db, engagement_id, actor=actor, now=here().clock())
            done = perform(ACTS["undo"], on, reason=why, expected_version=version)
            receipts.keep(db, repeated.key(actor, reference), done.page, on.now)
    except NotFound:
        raise
    except Conflict as error:
        known = repeated.answer(actor, reference, place.address(reference))
        return known or _render(reference, form_errors.of(error, _FORM, at="main-content"))
    except WorkflowError as error:
        return _render(reference, form_errors.of(error, _FORM, at="main-content"))
    flash(done.page)
    return redirect(place.address(reference), 303)


def _render(reference: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound, NotAllowed, or Conflict when there is nothing to take back."""
    user = access.current_user()
    with here().store.looking() as db:
        on = occasion(db, lookups.engagement_id(db, reference), actor=users.actor_of(user), now=here().clock())
        looked = undo.preview(db, on.engagement_id, on.actor, on.now)
        case = {"reference": on.engagement.reference, "version": on.engagement.version}
        school = db.get_one(School, on.engagement.school_urn).name
        done = perform(ACTS["undo"], on, reason=_REASON)
        seen = foreseen(on, done, here().links)
    html = render_template(
        "advisor/undo.html",
        looked=looked,
        seen=seen,
        case=case,
        school=school,
        address=place.address(reference),
        user=user,
        wrong=wrong,
        entered=request.form if wrong else {},
    )
    return html, wrong.status if wrong else 200
