"""What an advisor records about the people who take part: nominations, decisions, names for certificates."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from web import policy, typed
from web.advisor import recording
from web.advisor.openings import DECISIONS
from web.advisor.recording import Recording
from workflow import participants
from workflow.errors import NotFound
from workflow.inputs import NOTE_LIMIT
from workflow.participants import NAME_LIMIT, Nominee
from workflow.store.participant import Participant
from workflow.text import email_address, line

bp = Blueprint("people", __name__, url_prefix="/advisor/engagement/<reference:reference>/people")
_SECTION = "people"


@bp.post("/nominate")
@policy.council("advisor", "lead_advisor")
def nominate(reference: str) -> ResponseReturnValue:
    return recording.record(reference, _nominate, form="nominate", section=_SECTION)


@bp.post("/<number:number>/<name:act>")
@policy.council("advisor", "lead_advisor")
def record(reference: str, number: str, act: str) -> ResponseReturnValue:
    if act not in _ACTS:
        raise NotFound("There is no such form. Go back to the page of the engagement.")
    return recording.record(reference, partial(_record, int(number), act), form=f"{act}-{number}", section=_SECTION)


def _record(number: int, act: str, to: Recording) -> str:
    wanted = select(Participant).where(Participant.id == number, Participant.engagement_id == to.engagement.id)
    person = to.db.scalar(wanted)
    if person is None:
        raise NotFound(f"Nobody with the number {number} takes part in {to.engagement.reference}.")
    return _ACTS[act](to, person)


def _nominate(to: Recording) -> str:
    wrong: typed.Wrong = {}
    phases = {str(phase.number): phase.title for phase in to.offer.phases}
    name = typed.text(to.form, "name", _name, "Enter the person’s name", wrong)
    email = typed.text(to.form, "email", email_address, "Enter the person’s email address", wrong)
    phase = typed.choice(to.form, "phase", phases, "Choose the phase that meets the person’s experience", wrong)
    typed.agree(wrong)
    added = participants.nominate(to.db, to.engagement.id, [Nominee(name, email, int(phase))], **to.who)
    typed.agree({} if added else {"email": f"{email} is the address of somebody who takes part already"})
    return f"{name} is nominated."


def _decide(to: Recording, person: Participant) -> str:
    wrong: typed.Wrong = {}
    verb = typed.choice(to.form, "decision", DECISIONS, f"Choose what is decided about {person.name}", wrong)
    move = to.offer.move.get(("participant", verb))
    reason = (
        typed.choice(to.form, "reason", move.reasons, "Choose the reason", wrong) if move and move.reasons else None
    )
    note = typed.optional_block(to.form, "note", "The note", NOTE_LIMIT, wrong)
    typed.agree(wrong)
    participants.move(to.db, to.engagement.id, person.email, verb, note=note, reason=reason, **to.who)
    return f"Recorded for {person.name}: {DECISIONS[verb].lower()}."


def _confirm(to: Recording, person: Participant) -> str:
    wrong: typed.Wrong = {}
    name = typed.text(to.form, "name", _name, f"Enter the name to print for {person.name}", wrong)
    typed.agree(wrong)
    participants.confirm_name(to.db, to.engagement.id, person.email, name=name, **to.who)
    return f"The certificate will say “{name}”."


def _name(text: str) -> str:
    return line(text, "The name", NAME_LIMIT)


_ACTS: dict[str, Callable[[Recording, Participant], str]] = {"decide": _decide, "confirm": _confirm}
