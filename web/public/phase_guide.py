"""Which phase fits somebody: a few questions, and what the council says of the phase. Nothing of it is kept."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.offer.installed.newest import newest
from workflow.offer.phase_guide import questions, suggest

bp = Blueprint("phase_guide", __name__, url_prefix="/which-phase")
_UNANSWERED = "Say yes or no"


@bp.get("")
@access.public
def show() -> ResponseReturnValue:
    """A form that asks by its address, so that an answer can be sent to a colleague.

    Where several offers ask, their own links say which; whoever comes by another way chooses first.
    """
    with here().store.reading() as db:
        offers = _asking(db)
    wanted = request.args.get("offer")
    known = [one for one in offers if wanted in (None, one.offer.code)]
    if not known:
        raise NotFound("There is no offer whose phases could be asked about here. Ask your advisor which phase fits.")
    if len(known) > 1:
        return render_template("public/phase_guides.html", offers=known)
    return _guide(known[0])


def _asking(db: Session) -> list[Offer]:
    """The offers that have questions about their phases."""
    return [one for one in newest(offers_of(db)) if questions(one.phases)]


def _guide(offer: Offer) -> ResponseReturnValue:
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
