"""Who looks after a school, and what it is told in an advisor's own words."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access as policy
from web import form_fields as typed
from web.advisor.engagement import form_handler as recording
from web.advisor.engagement.form_handler import Recording
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.sanitise import block
from workflow.usecases import advisors
from workflow.usecases import advisors as messages
from workflow.usecases import users as people

bp = Blueprint("care", __name__, url_prefix="/advisor/engagement/<reference:reference>")
_SECTION = "care"


@bp.post("/hand-over")
@policy.council(*ADVISING_ROLES)
def hand_over(reference: str) -> ResponseReturnValue:
    return recording.record(reference, _hand_over, form="hand-over", section=_SECTION)


@bp.post("/message")
@policy.council(*ADVISING_ROLES)
def message(reference: str) -> ResponseReturnValue:
    return recording.record(reference, _message, form="message", section=_SECTION)


def _hand_over(to: Recording) -> str:
    wrong: typed.Wrong = {}
    known = {one.email: one.name for one in people.advisors(to.db)}
    email = typed.choice(to.form, "to", known, "Choose who looks after the school from now on", wrong)
    note = typed.text(to.form, "note", _note, "Write down what they should know", wrong)
    typed.agree(wrong)
    advisor = advisors.hand_over(to.db, to.engagement.id, email, note=note, **to.who)
    return f"{to.engagement.reference} is with {advisor.name} now."


def _message(to: Recording) -> str:
    wrong: typed.Wrong = {}
    text = typed.text(to.form, "text", _text, "Write the message", wrong)
    typed.agree(wrong)
    messages.send(to.db, to.engagement.id, text, **to.who)
    return f"The message to {to.engagement.lead_name} is written."


def _note(text: str) -> str:
    return block(text, "The note", NOTE_LIMIT)


def _text(text: str) -> str:
    return block(text, "The message", NOTE_LIMIT)
