"""Pressing one of the buttons that move an engagement."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement import trigger_form
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import render
from web.app_state import here
from web.forms import flash_messages, form_errors
from workflow.acts.act import Done, Occasion, occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import COUNCIL_ROLES
from workflow.errors import NotFound, WorkflowError
from workflow.queries.places.frame import read_frame
from workflow.store import lookups
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import users

bp = Blueprint("case", __name__, url_prefix="/advisor/engagement")


@bp.post("/<reference:reference>")
@access.council(*COUNCIL_ROLES)
def fire(reference: str) -> ResponseReturnValue:
    """Carries out what the button says, or shows the place that it stands at again with the reasons why not."""
    where = _where(reference)
    try:
        words = _fire(reference, trigger_form.read(request.form))
    except NotFound:
        raise
    except WorkflowError as error:
        form = trigger_form.form_name(request.form)
        return render(reference, where, form_errors.of(error, form, at=place.section(where)))
    flash(words)
    return redirect(place.address(reference, where), 303)


def _where(reference: str) -> str:
    with here().store.reading() as db:
        offer = read_frame(db, reference).offer
    return place.of_trigger(offer, request.form.get("trigger", ""))


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
