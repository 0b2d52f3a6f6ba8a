"""The buttons that move an engagement; each has a page that says what pressing it would do."""

from uuid import uuid4

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.advisor.engagement import trigger_form
from web.advisor.engagement.places import place
from web.advisor.engagement.places.render import render
from web.app_state import here
from web.forms import check, drafts, flash_messages, form_errors, form_fields, repeated
from web.forms.check import Sight, ToBeSeen
from workflow.acts.act import Done, Occasion, occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import COUNCIL_ROLES
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Refused, WorkflowError
from workflow.offer.definition import Offer
from workflow.queries.places.frame import read_frame
from workflow.store import lookups
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import users

bp = Blueprint("case", __name__, url_prefix="/advisor/engagement")


@bp.get("/<reference:reference>/do/<name:trigger>")
@access.council(*COUNCIL_ROLES)
def look(reference: str, trigger: str) -> ResponseReturnValue:
    """What it would do, and the button. Where it asks for something first, or cannot be done, its place says so."""
    try:
        sight, title, where = _foresee(reference, trigger)
    except (BadInput, NotAllowed, Refused):
        with here().store.reading() as db:
            where = place.of_trigger(read_frame(db, reference).offer, trigger)
        return redirect(place.address(reference, where, trigger), 303)
    return check.page(sight, title, f"/advisor/engagement/{reference}", place.address(reference, where))


@bp.post("/<reference:reference>")
@access.council(*COUNCIL_ROLES)
def fire(reference: str) -> ResponseReturnValue:
    """Carries out what the button says, or shows the place that it stands at again with the reasons why not."""
    trigger, form = request.form.get("trigger", ""), trigger_form.form_name(request.form)
    with here().store.reading() as db:
        offer = read_frame(db, reference).offer
    where = place.of_trigger(offer, trigger)
    if (left := check.to_change(form, place.section(where))) is not None:
        return render(reference, where, left)
    try:
        words = _fire(reference, trigger_form.read(request.form, here().clock()))
    except ToBeSeen as wait:
        return check.page(wait.sight, _title(offer, trigger), request.path, place.address(reference, where))
    except NotFound:
        raise
    except Conflict as error:
        wrong = form_errors.of(error, form, at=place.section(where))
        version = form_fields.version(request.form)
        return render(reference, where, repeated.overtaken(wrong, reference, version))
    except WorkflowError as error:
        return render(reference, where, form_errors.of(error, form, at=place.section(where)))
    flash(words)
    return redirect(place.address(reference, where), 303)


def _fire(reference: str, wish: trigger_form.Asked) -> str:
    with here().store.writing() as db:
        on = _occasion(db, reference)
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
        check.look(on, done)
        page = place.address(reference, place.of_trigger(on.offer, wish.trigger))
        drafts.sent(db, on.actor, on.engagement_id, page, trigger_form.form_name(request.form))
        return _what_happened(on, done)


def _foresee(reference: str, trigger: str) -> tuple[Sight, str, str]:
    """What it would do, what it is called, and the place that it belongs to. Nothing is kept of it."""
    key = str(uuid4())
    with here().store.looking() as db:
        on = _occasion(db, reference)
        version = on.engagement.version
        done = perform(ACTS["fire"], on, trigger=trigger, expected_version=version, key=f"page:{key}")
        typed = {"trigger": [trigger], "version": [str(version)], "key": [key]}
        return check.sight_of(on, done, typed), _title(on.offer, trigger), place.of_trigger(on.offer, trigger)


def _occasion(db: Session, reference: str) -> Occasion:
    actor = users.actor_of(access.current_user())
    return occasion(db, lookups.engagement_id(db, reference), actor=actor, now=here().clock())


def _title(offer: Offer, trigger: str) -> str:
    ways = offer.triggers.get(trigger, ())
    return ways[0].title if ways else ""


def _what_happened(on: Occasion, done: Done) -> str:
    """`Training started. 4 emails are on their way.`"""
    if done.outcome is None:
        return done.page
    moved = flash_messages.moved(on.offer, done.outcome.from_stage, done.outcome.stage)
    since = flash_messages.on_their_way(on.session, OwedEffect.key.in_(done.outcome.owed))
    return " ".join([done.page, *moved, *since])
