"""Who looks after a school, and what it is told in an advisor's own words."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access, form_fields
from web.advisor.engagement import form_handler
from web.advisor.engagement.form_handler import FormPost
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.sanitise import block
from workflow.usecases import advisors, users

bp = Blueprint("care", __name__, url_prefix="/advisor/engagement/<reference:reference>")
_SECTION = "care"


@bp.post("/hand-over")
@access.council(*ADVISING_ROLES)
def hand_over(reference: str) -> ResponseReturnValue:
    return form_handler.record(reference, _hand_over, form="hand-over", section=_SECTION)


@bp.post("/message")
@access.council(*ADVISING_ROLES)
def message(reference: str) -> ResponseReturnValue:
    return form_handler.record(reference, _message, form="message", section=_SECTION)


def _hand_over(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    known = {one.email: one.name for one in users.advisors(to.db)}
    email = form_fields.choice(to.form, "to", known, "Choose who looks after the school from now on", wrong)
    note = form_fields.text(to.form, "note", _note, "Write down what they should know", wrong)
    form_fields.agree(wrong)
    advisor = advisors.hand_over(to.db, to.engagement.id, email, note=note, **to.who)
    return f"{to.engagement.reference} is with {advisor.name} now."


def _message(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    text = form_fields.text(to.form, "text", _text, "Write the message", wrong)
    form_fields.agree(wrong)
    advisors.write_to_school(to.db, to.engagement.id, text, **to.who)
    return f"The message to {to.engagement.lead_name} is written."


def _note(text: str) -> str:
    return block(text, "The note", NOTE_LIMIT)


def _text(text: str) -> str:
    return block(text, "The message", NOTE_LIMIT)
