"""Emails and certificates that are stuck: try again, or drop them and say why."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import render
from web.app_state import here
from web.forms import form_errors
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import BadInput, NotFound, Problem, WorkflowError
from workflow.sanitise import block
from workflow.store import lookups
from workflow.usecases import dead_letters, users

bp = Blueprint("owed", __name__, url_prefix="/advisor/engagement/<reference:reference>/owed/<number:number>")


@bp.post("/retry")
@access.council(*ADVISING_ROLES)
def retry(reference: str, number: str) -> ResponseReturnValue:
    actor = users.actor_of(access.current_user())
    try:
        with here().store.writing() as db:
            case = lookups.engagement_id(db, reference)
            dead_letters.retry(db, int(number), engagement_id=case, now=here().clock(), actor=actor)
    except NotFound:
        raise
    except WorkflowError as error:
        return render(reference, place.MESSAGES, form_errors.of(error, f"owed-{number}", at="owed"))
    return _done(reference, "It will be tried again now.")


@bp.post("/drop")
@access.council(*ADVISING_ROLES)
def drop(reference: str, number: str) -> ResponseReturnValue:
    actor = users.actor_of(access.current_user())
    try:
        why = _reason()
        with here().store.writing() as db:
            case = lookups.engagement_id(db, reference)
            dead_letters.drop(db, int(number), engagement_id=case, why=why, now=here().clock(), actor=actor)
    except NotFound:
        raise
    except WorkflowError as error:
        return render(reference, place.MESSAGES, form_errors.of(error, f"owed-{number}", at="owed"))
    return _done(reference, "It was dropped and will not be sent.")


def _done(reference: str, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(place.address(reference, place.MESSAGES), 303)


def _reason() -> str:
    try:
        return block(request.form.get("why", ""), "The reason", NOTE_LIMIT)
    except ValueError:
        problem = Problem("why", f"Say in up to {NOTE_LIMIT} characters why it should not be sent.")
        raise BadInput("Dropping needs a reason.", (problem,)) from None
