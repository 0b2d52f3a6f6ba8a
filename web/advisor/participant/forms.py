"""What is recorded about one participant: a phase, a review, a decision, a name, another place, a certificate."""

from collections.abc import Callable

from web import form_fields
from web.advisor.engagement.available_forms import DECISIONS
from web.advisor.engagement.form_handler import FormPost
from web.advisor.participant.nominations import name_of, nominee_in
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import WorkflowError
from workflow.queries.participant_view import view_person
from workflow.sanitise import email_address
from workflow.store import lookups
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.usecases import certificates, evidence, participants, phases, transfers
from workflow.usecases.evidence import TEXT_LIMIT, Decision

FormAction = Callable[[FormPost, Participant], str]
_WORDS = {"met": "Met", "not_met": "Not met yet"}


def review(to: FormPost, person: Participant) -> str:
    """A decision about every criterion that waits for one."""
    wrong: form_fields.Wrong = {}
    decisions = {one.criterion: _decision(to, one.criterion, wrong) for one in view_person(to.db, person).waiting}
    form_fields.agree(wrong)
    done = evidence.review(to.db, to.engagement.id, person.email, decisions, **to.who)
    if done.unmet:
        return f"The evidence of {person.name} goes back, with what is still needed."
    return f"The evidence of {person.name} is accepted."


def _decision(to: FormPost, code: str, wrong: form_fields.Wrong) -> Decision:
    said = form_fields.choice(to.form, f"decision-{code}", _WORDS, f"Decide about {code}: met, or not met yet", wrong)
    comment = form_fields.optional_block(to.form, f"comment-{code}", "What is still needed", TEXT_LIMIT, wrong)
    if said == "not_met" and comment is None:
        wrong[f"comment-{code}"] = f"Say what is still needed for {code}, so that its owner can mend it"
    return Decision(met=said == "met", text=comment or "")


def _agree(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    known = {str(phase.number): phase.title for phase in to.offer.phases}
    phase = form_fields.choice(to.form, "phase", known, "Choose the phase that is agreed", wrong)
    form_fields.agree(wrong)
    phases.agree(to.db, to.engagement.id, person.email, int(phase), **to.who)
    return f"Agreed for {person.name}: {known[phase]}."


def _decide(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    verb = form_fields.choice(to.form, "decision", DECISIONS, f"Choose what is decided about {person.name}", wrong)
    move = to.offer.status_transition.get(("participant", verb))
    reason = (
        form_fields.choice(to.form, "reason", move.reasons, "Choose the reason", wrong)
        if move and move.reasons
        else None
    )
    note = form_fields.optional_block(to.form, "note", "The note", NOTE_LIMIT, wrong)
    form_fields.agree(wrong)
    participants.move(to.db, to.engagement.id, person.email, verb, note=note, reason=reason, **to.who)
    return f"Recorded for {person.name}: {DECISIONS[verb].lower()}."


def _confirm(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    name = form_fields.text(to.form, "name", name_of, f"Enter the name to print for {person.name}", wrong)
    form_fields.agree(wrong)
    participants.confirm_name(to.db, to.engagement.id, person.email, name=name, **to.who)
    return f"The certificate will say “{name}”."


def _correct(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    name = form_fields.text(to.form, "name", name_of, "Enter the person’s name", wrong)
    email = form_fields.text(to.form, "email", email_address, "Enter the person’s email address", wrong)
    form_fields.agree(wrong)
    participants.correct(to.db, to.engagement.id, person.email, name=name, new_email=email, **to.who)
    return f"Put right: {name}, {email}."


def _replace(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    nominee = nominee_in(to, wrong)
    form_fields.agree(wrong)
    transfers.replace(to.db, to.engagement.id, person.email, nominee, **to.who)
    return f"{nominee.name} takes the place of {person.name}."


def _transfer(to: FormPost, person: Participant) -> str:
    wrong: form_fields.Wrong = {}
    there, reference = 0, to.form.get("reference", "").strip()[:20]
    try:
        there = lookups.engagement_id(to.db, reference)
    except WorkflowError as error:
        wrong["reference"] = str(error) if reference else "Enter the reference of the engagement they go on in"
    form_fields.agree(wrong)
    transfers.transfer(to.db, to.engagement.id, person.email, there, **to.who)
    return f"{person.name} goes on in {reference.upper()}, and the evidence with them."


def _revoke(to: FormPost, person: Participant) -> str:
    held, reason, note = _about_certificate(to, person, "revoke")
    certificates.revoke(to.db, to.engagement.id, held, reason=reason, note=note, **to.who)
    return f"The certificate {held} is withdrawn, and {person.name} is told."


def _reissue(to: FormPost, person: Participant) -> str:
    held, reason, _ = _about_certificate(to, person, "supersede")
    name = to.form.get("name", "").strip()
    certificates.reissue(to.db, to.engagement.id, held, reason=reason, name=name, **to.who)
    return f"The certificate {held} is replaced; the new one goes to {person.name}."


def _about_certificate(to: FormPost, person: Participant, verb: str) -> tuple[str, str, str | None]:
    """The serial of the certificate they hold, the reason chosen and the note."""
    wrong: form_fields.Wrong = {}
    move = to.offer.status_transition.get(("certificate", verb))
    reason = form_fields.choice(to.form, "reason", move.reasons if move else {}, "Choose the reason", wrong)
    note = form_fields.optional_block(to.form, "note", "The note", NOTE_LIMIT, wrong)
    serials = [one.serial for one in _held(to, person)]
    if not serials:
        wrong["reason"] = f"{person.name} holds no certificate that could be changed"
    form_fields.agree(wrong)
    return serials[-1], reason, note


def _held(to: FormPost, person: Participant) -> list[Certificate]:
    return [one for one in view_person(to.db, person).certificates if one.status == "issued"]


ACTS: dict[str, FormAction] = {
    "agree": _agree,
    "decide": _decide,
    "confirm": _confirm,
    "correct": _correct,
    "replace": _replace,
    "transfer": _transfer,
    "revoke": _revoke,
    "reissue": _reissue,
}
