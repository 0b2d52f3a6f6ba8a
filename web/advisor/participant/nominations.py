"""Who takes part in an engagement: nominations by an advisor."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access, form_fields
from web.advisor.engagement import form_handler
from web.advisor.engagement.form_handler import FormPost
from workflow.domain.actor import ADVISING_ROLES
from workflow.sanitise import email_address, line
from workflow.usecases import participants
from workflow.usecases.participants import NAME_LIMIT, Nominee

bp = Blueprint("people", __name__, url_prefix="/advisor/engagement/<reference:reference>/people")


@bp.post("/nominate")
@access.council(*ADVISING_ROLES)
def nominate(reference: str) -> ResponseReturnValue:
    return form_handler.record(reference, _nominate, form="nominate", section="people")


def _nominate(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    nominee = nominee_in(to, wrong)
    form_fields.agree(wrong)
    added = participants.nominate(to.db, to.engagement.id, [nominee], **to.who)
    form_fields.agree({} if added else {"email": f"{nominee.email} is the address of somebody who takes part already"})
    return f"{nominee.name} is nominated."


def nominee_in(to: FormPost, wrong: form_fields.Wrong) -> Nominee:
    """The person whose name, address and phase were typed."""
    phases = {str(phase.number): phase.title for phase in to.offer.phases}
    name = form_fields.text(to.form, "name", name_of, "Enter the person’s name", wrong)
    email = form_fields.text(to.form, "email", email_address, "Enter the person’s email address", wrong)
    phase = form_fields.choice(to.form, "phase", phases, "Choose the phase that meets the person’s experience", wrong)
    return Nominee(name, email, int(phase) if phase in phases else 0)


def name_of(text: str) -> str:
    return line(text, "The name", NAME_LIMIT)
