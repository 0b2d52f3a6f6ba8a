"""What participants do on their own page: propose a phase, send in evidence, agree to the name on the certificate."""

from flask import request
from werkzeug.datastructures import FileStorage

from web import form_fields
from web.school import phase_basis
from web.school.form_handler import FormAction, FormPost
from workflow.errors import NotFound
from workflow.sanitise import line
from workflow.store.tables.participant import Participant
from workflow.usecases import evidence, participants, phases
from workflow.usecases.evidence import EvidencePiece
from workflow.usecases.participants import NAME_LIMIT


def _me(to: FormPost) -> Participant:
    """Raises NotFound."""
    person = to.db.get(Participant, to.actor.participant_id or 0)
    if person is None or person.engagement_id != to.engagement.id:
        raise NotFound("This page is not there any more. Ask your advisor for a new link.")
    return person


def _confirm(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    name = form_fields.text(to.form, "name", _name, "Enter your name as it should be printed", wrong)
    form_fields.agree(wrong)
    participants.confirm_name(to.db, to.engagement.id, _me(to).email, name=name, actor=to.actor, now=to.now)
    return f"Thank you. Your certificate will say “{name}”."


def _propose(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    known = {str(phase.number): phase.title for phase in to.offer.phases}
    phase = form_fields.choice(to.form, "phase", known, "Choose the phase that fits your experience", wrong)
    rests_on = phase_basis.read(to.form, wrong)
    form_fields.agree(wrong)
    phases.propose(to.db, to.engagement.id, _me(to).email, int(phase), rests_on, actor=to.actor, now=to.now)
    return "Thank you. Your advisor will look at this and agree the phase with you."


def _send(to: FormPost) -> str:
    person = _me(to)
    wanted = evidence.open_criteria(to.db, to.offer, person)
    pieces = {code: EvidencePiece(to.form.get(f"text-{code}", ""), _files(code)) for code in wanted}
    evidence.send_in(to.db, to.engagement.id, person.email, pieces, actor=to.actor, now=to.now)
    return "Thank you. Your evidence is sent in. We will read it and write back."


def _files(code: str) -> tuple[tuple[str, bytes], ...]:
    """Browsers send an empty part for a field in which nothing was chosen."""
    chosen: list[FileStorage] = [one for one in request.files.getlist(f"files-{code}") if one.filename]
    return tuple((one.filename or "", one.read()) for one in chosen)


def _name(text: str) -> str:
    return line(text, "The name", NAME_LIMIT)


ACTS: dict[str, FormAction] = {"confirm": _confirm, "propose": _propose, "send": _send}
