"""The notes that mention whoever is signed in, until they say that they have read them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from workflow.domain.actor import COUNCIL_ROLES, EVIDENCE_READERS
from workflow.queries.notes.case_notes import mentions_of
from workflow.usecases.notes.mentions import see

bp = Blueprint("mentions", __name__, url_prefix="/advisor/mentions")
_SHOWN = 50


@bp.get("")
@access.council(*EVIDENCE_READERS)
def listed() -> str:
    user = access.current_user()
    with here().store.reading() as db:
        found = mentions_of(db, user.id, limit=_SHOWN)
    return render_template("advisor/mentions.html", mentions=found, user=user)


@bp.post("/<number:number>/seen")
@access.council(*COUNCIL_ROLES)
def seen(number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        see(db, access.current_user().id, int(number), here().clock())
    return redirect(url_for("today.show" if request.form.get("back") == "today" else "mentions.listed"), 303)
