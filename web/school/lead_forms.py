"""What a school lead does on the school's page: names staff, and chooses a date."""

from web import form_fields, formatting
from web.school import phase_basis
from web.school.form_handler import FormAction, FormPost
from workflow.sanitise import email_address, line
from workflow.usecases import appointments, participants, phases
from workflow.usecases.participants import NAME_LIMIT, Nominee


def _nominate(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    known = {str(phase.number): phase.title for phase in to.offer.phases}
    name = form_fields.text(to.form, "name", _name, "Enter the person’s name", wrong)
    email = form_fields.text(to.form, "email", email_address, "Enter the person’s work email address", wrong)
    phase = form_fields.choice(to.form, "phase", known, "Choose the phase that fits the person’s experience", wrong)
    rests_on = None if phase_basis.is_empty(to.form) else phase_basis.read(to.form, wrong)
    form_fields.agree(wrong)
    people, who = [Nominee(name, email, int(phase))], to.who
    added = participants.nominate(to.db, to.engagement.id, people, **who)
    form_fields.agree({} if added else {"email": f"{email} is the address of somebody you have named already"})
    if rests_on is not None:
        phases.propose(to.db, to.engagement.id, email, int(phase), rests_on, **who)
    return f"Thank you. {name} is named, and your advisor will agree the phase."


def _choose(to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    number = form_fields.number(to.form, "offered", "Choose one of the dates", wrong)
    form_fields.agree(wrong)
    chosen = appointments.accept(to.db, to.engagement.id, number, actor=to.actor, now=to.now)
    title = to.offer.appointment[chosen.kind].title
    return f"Thank you. {title} is on {formatting.day(chosen.starts_at)} at {formatting.time(chosen.starts_at)}."


def _name(text: str) -> str:
    return line(text, "The name", NAME_LIMIT)


ACTS: dict[str, FormAction] = {"nominate": _nominate, "choose-date": _choose}
