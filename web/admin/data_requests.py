"""Administrators answer what participants ask about their data."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from web import access
from web.admin import privacy
from web.app_state import here
from web.forms import form_errors
from workflow.errors import NotFound, WorkflowError
from workflow.usecases.privacy import data_requests

bp = Blueprint("data_requests", __name__, url_prefix="/admin/privacy/requests")


@bp.post("/<number:number>/answer")
@access.council("admin", sensitive=True)
def answer(number: str) -> ResponseReturnValue:
    """Raises NotFound for one that went with its person."""
    state, user, text = here(), access.current_user().id, request.form.get("reply", "")
    try:
        with state.store.writing() as db:
            data_requests.answer(db, int(number), text, user_id=user, links=state.link_maker, now=state.clock())
    except NotFound:
        raise
    except WorkflowError as error:
        return privacy.page(form_errors.of(error, f"answer-{number}", at="main-content"))
    flash("Answered. They have a letter that says where to read it.")
    return redirect("/admin/privacy", 303)
