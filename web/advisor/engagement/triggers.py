"""One engagement: looking at it, and pressing one of its buttons."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access, form_errors
from web.advisor.engagement import flash_messages, page, trigger_form
from web.app_state import here
from workflow import engine
from workflow.domain.actor import COUNCIL_ROLES
from workflow.engine.catalogue import offers_of
from workflow.engine.outcome import Outcome
from workflow.errors import NotFound, WorkflowError
from workflow.offer.event_titles import title_of
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
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
        outcome = engine.advance(
            db,
            lookups.engagement_id(db, reference),
            wish.trigger,
            actor=users.actor_of(access.current_user()),
            now=here().clock(),
            note=wish.note,
            expected_version=wish.version,
            key=wish.key,
            values=wish.values,
            override=wish.override,
        )
        return _what_happened(db, outcome)


def _what_happened(db: Session, outcome: Outcome) -> str:
    """`Training started. 4 emails are on their way.`"""
    engagement = db.get_one(Engagement, outcome.engagement_id)
    offer = offers_of(db).machine(engagement.offer_code, engagement.offer_version).offer
    done = [f"{title_of(offer, name, {})}." for name in (outcome.trigger, *outcome.settled)]
    moved = flash_messages.moved(offer, outcome.from_stage, outcome.stage)
    return " ".join([*done, *moved, *flash_messages.on_their_way(db, OwedEffect.key.in_(outcome.owed))])
