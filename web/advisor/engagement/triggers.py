"""One engagement: looking at it, and pressing one of its buttons."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement import page, trigger_form
from web.app_state import here
from web.forms import flash_messages, form_errors
from workflow.acts.act import Done, Occasion, occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import COUNCIL_ROLES
from workflow.errors import NotFound, WorkflowError
from workflow.store import lookups
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import users

bp = Blueprint("case", __name__, url_prefix="/advisor/engagement")


@bp.get("/<reference:reference>")
@access.council(*COUNCIL_ROLES)
def show(reference: str) -> ResponseReturnValue:
    return page.render(reference)


@bp.post("/<reference:reference>")
@access.council(*COUNCIL_ROLES)
def fire(reference: str) -> ResponseReturnValue:
    """Carries out what the button says, or shows the page again with the reasons why not."""
    try:
        words = _fire(reference, trigger_form.read(request.form))
    except NotFound:
        raise
    except WorkflowError as error:
        return page.render(reference, form_errors.of(error, trigger_form.form_name(request.form)))
    flash(words)
    return redirect(url_for("case.show", reference=reference), 303)


def _fire(reference: str, wish: trigger_form.Asked) -> str:
    with here().store.writing() as db:
        actor = users.actor_of(access.current_user())
        on = occasion(db, lookups.engagement_id(db, reference), actor=actor, now=here().clock())
        done = perform(
            ACTS["fire"],
            on,
            trigger=wish.trigger,
            note=wish.note,
            expected_version=wish.version,
            key=wish.key,
            values=wish.values,
            override=wish.override,
        )
        return _what_happened(on, done)


def _what_happened(on: Occasion, done: Done) -> str:
    """`Training started. 4 emails are on their way.`"""
    if done.outcome is None:
        return done.page
    moved = flash_messages.moved(on.offer, done.outcome.from_stage, done.outcome.stage)
    since = flash_messages.on_their_way(on.session, OwedEffect.key.in_(done.outcome.owed))
    return " ".join([done.page, *moved, *since])
