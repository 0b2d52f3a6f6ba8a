"""Who takes part in an engagement: nominations by an advisor."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access as policy
from web import form_fields as typed
from web.advisor.engagement import form_handler as recording
from web.advisor.engagement.form_handler import Recording
from workflow.sanitise import email_address, line
from workflow.usecases import participants
from workflow.usecases.participants import NAME_LIMIT, Nominee

bp = Blueprint("people", __name__, url_prefix="/advisor/engagement/<reference:reference>/people")


@bp.post("/nominate")
@policy.council("advisor", "lead_advisor")
def nominate(reference: str) -> ResponseReturnValue:
    return recording.record(reference, _nominate, form="nominate", section="people")


def _nominate(to: Recording) -> str:
    wrong: typed.Wrong = {}
    nominee = nominee_in(to, wrong)
    typed.agree(wrong)
    added = participants.nominate(to.db, to.engagement.id, [nominee], **to.who)
    typed.agree({} if added else {"email": f"{nominee.email} is the address of somebody who takes part already"})
    return f"{nominee.name} is nominated."


def nominee_in(to: Recording, wrong: typed.Wrong) -> Nominee:
    """The person whose name, address and phase were typed."""
    phases = {str(phase.number): phase.title for phase in to.offer.phases}
    name = typed.text(to.form, "name", name_of, "Enter the person’s name", wrong)
    email = typed.text(to.form, "email", email_address, "Enter the person’s email address", wrong)
    phase = typed.choice(to.form, "phase", phases, "Choose the phase that meets the person’s experience", wrong)
    return Nominee(name, email, int(phase) if phase in phases else 0)


def name_of(text: str) -> str:
    return line(text, "The name", NAME_LIMIT)
