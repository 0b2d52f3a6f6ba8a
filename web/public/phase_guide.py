"""Which phase fits somebody: a few questions, and what the council says of the phase. Nothing of it is kept."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from workflow.engine.catalogue import offers_of
from workflow.offer.phase_guide import questions, suggest

bp = Blueprint("phase_guide", __name__, url_prefix="/which-phase")
_UNANSWERED = "Say yes or no"


@bp.get("")
@access.public
def show() -> ResponseReturnValue:
    """A form that asks by its address, so that an answer can be sent to a colleague."""
    with here().store.reading() as db:
        offer = offers_of(db).latest()
    asked = questions(offer.phases)
    answers = {one.name: request.args.get(one.name) for one in asked}
    is_sent = any(answers.values())
    missing = [one.name for one in asked if answers[one.name] not in ("yes", "no")] if is_sent else []
    found = None
    if is_sent and not missing:
        found = suggest(offer.phases, {name: answer == "yes" for name, answer in answers.items()})
    html = render_template(
        "public/phase_guide.html",
        offer=offer,
        asked=asked,
        answers=answers,
        missing=missing,
        unanswered=_UNANSWERED,
        found=found,
    )
    return html, 422 if missing else 200
