"""What an advisor records about appointments: dates agreed, meetings held, what was agreed, registers, catch-ups."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from web import access, form_fields, formatting
from web.advisor.engagement import form_handler
from web.advisor.engagement.available_forms import MARKS
from web.advisor.engagement.form_handler import FormPost
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.english import count_of, listed
from workflow.errors import NotFound
from workflow.offer.definition import AppointmentKind
from workflow.sanitise import block
from workflow.store.cases import read_case
from workflow.store.tables.participant import Participant
from workflow.usecases import appointments, registers
from workflow.usecases.appointments import OUTPUTS_LIMIT

bp = Blueprint("meetings", __name__, url_prefix="/advisor/engagement/<reference:reference>/meeting/<name:kind>")
_WHAT = "What was agreed"
#: How the dates that are offered together are told apart in the form.
CHOICES = ("1", "2", "3")


@bp.post("/<name:act>")
@access.council(*ADVISING_ROLES)
def record(reference: str, kind: str, act: str) -> ResponseReturnValue:
    if act not in _ACTS:
        raise NotFound("There is no such form. Go back to the page of the engagement.")
    return form_handler.record(reference, partial(_record, kind, act), form=f"{act}-{kind}", section="meetings")


def _record(kind: str, act: str, to: FormPost) -> str:
    known = to.offer.appointment.get(kind)
    if known is None:
        raise NotFound(f"This offer has no appointment called “{kind}”.")
    return _ACTS[act](to, known)


def _book(to: FormPost, kind: AppointmentKind) -> str:
    wrong: form_fields.Wrong = {}
    starts_at = form_fields.moment(to.form, to.who["now"], wrong)
    form_fields.agree(wrong)
    place = to.form.get("place", "")
    agreed = appointments.of_kind(to.db, to.engagement.id, kind.name, ("booked",))[-1:]
    again = "catch_up" if any(one.purpose == "catch_up" for one in agreed) else None
    appointments.book(to.db, to.engagement.id, kind.name, starts_at, place=place, purpose=again, **to.who)
    return f"{kind.title} is on {formatting.day(starts_at)} at {formatting.time(starts_at)}."


def _book_catch_up(to: FormPost, kind: AppointmentKind) -> str:
    """Another date of the meeting, for those alone who missed it."""
    wrong: form_fields.Wrong = {}
    starts_at = form_fields.moment(to.form, to.who["now"], wrong)
    form_fields.agree(wrong)
    place = to.form.get("place", "")
    appointments.book(to.db, to.engagement.id, kind.name, starts_at, place=place, purpose="catch_up", **to.who)
    return f"The catch-up for {kind.title} is on {formatting.day(starts_at)} at {formatting.time(starts_at)}."


def _offer(to: FormPost, kind: AppointmentKind) -> str:
    """Up to three dates for the school to choose from; the first is needed."""
    wrong: form_fields.Wrong = {}
    first, *more = CHOICES
    wanted = [first, *(which for which in more if not form_fields.is_empty(to.form, which))]
    days = [form_fields.moment(to.form, to.who["now"], wrong, which) for which in wanted]
    form_fields.agree(wrong)
    place = to.form.get("place", "")
    appointments.offer(to.db, to.engagement.id, kind.name, days, place=place, **to.who)
    return f"{count_of(len(set(days)), 'date')} for {kind.title} offered to the school."


def _cancel(to: FormPost, kind: AppointmentKind) -> str:
    wrong: form_fields.Wrong = {}
    move = to.offer.status_transition.get(("appointment", "cancel"))
    reason = form_fields.choice(to.form, "reason", move.reasons if move else {}, "Choose the reason", wrong)
    note = form_fields.optional_block(to.form, "note", "The note", NOTE_LIMIT, wrong)
    form_fields.agree(wrong)
    appointments.cancel(to.db, to.engagement.id, kind.name, reason=reason, note=note, **to.who)
    return f"The date for {kind.title} is cancelled."


def _hold(to: FormPost, kind: AppointmentKind) -> str:
    wrong: form_fields.Wrong = {}
    outputs = form_fields.optional_block(to.form, "outputs", _WHAT, OUTPUTS_LIMIT, wrong)
    form_fields.agree(wrong)
    appointments.hold(to.db, to.engagement.id, kind.name, outputs=outputs, **to.who)
    return f"Recorded: {kind.title} took place."


def _write_outputs(to: FormPost, kind: AppointmentKind) -> str:
    wrong: form_fields.Wrong = {}
    ask = "Write down what was agreed"
    outputs = form_fields.text(to.form, "outputs", lambda text: block(text, _WHAT, OUTPUTS_LIMIT), ask, wrong)
    form_fields.agree(wrong)
    appointments.write_outputs(to.db, to.engagement.id, kind.name, outputs, **to.who)
    return f"Recorded: what was agreed at {kind.title}."


def _take_register(to: FormPost, kind: AppointmentKind) -> str:
    wrong: form_fields.Wrong = {}
    marks = {
        one.email: form_fields.choice(to.form, f"mark-{one.id}", MARKS, f"Say whether {one.name} was there", wrong)
        for one in _asked(to, kind)
    }
    form_fields.agree(wrong)
    registers.take_register(to.db, to.engagement.id, kind.name, marks, **to.who)
    present = sum(mark == "present" for mark in marks.values())
    return f"The register of {kind.title} is taken: {present} of {len(marks)} present."


def _catch_up(to: FormPost, kind: AppointmentKind) -> str:
    chosen = set(to.form.getlist("who"))
    attended = read_case(to.db, to.engagement.id).facts.attended(kind.name)
    missed = [one for one in _active(to) if one.id not in attended]
    people = {one.email: one.name for one in missed if str(one.id) in chosen}
    form_fields.agree({} if people else {"who": "Choose who has caught up"})
    registers.catch_up(to.db, to.engagement.id, kind.name, people, **to.who)
    return f"Recorded: {listed(list(people.values()))} caught up on {kind.title}."


def _asked(to: FormPost, kind: AppointmentKind) -> Sequence[Participant]:
    """The people the register asks about; without a date the use case says what is wrong."""
    dates = appointments.of_kind(to.db, to.engagement.id, kind.name, ("booked", "held"))
    return registers.expected(to.db, read_case(to.db, to.engagement.id), dates[-1]) if dates else _active(to)


def _active(to: FormPost) -> Sequence[Participant]:
    """The people who take part."""
    mine = Participant.engagement_id == to.engagement.id
    still_there = Participant.status.not_in(SIDE_STATUSES)
    return to.db.scalars(select(Participant).where(mine, still_there).order_by(Participant.id)).all()


_ACTS: dict[str, Callable[[FormPost, AppointmentKind], str]] = {
    "book": _book,
    "offer": _offer,
    "cancel": _cancel,
    "hold": _hold,
    "outputs": _write_outputs,
    "register": _take_register,
    "catch-up": _catch_up,
    "catch-up-date": _book_catch_up,
}
