"""What was typed into the form of an act: one reader for each type of field that acts declare.

Fields that stand for people, dates or criteria are read against what the page asked about; the rest is read by
`date_fields` and `form_fields`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from web.formatting import ATTENDANCE
from web.formatting import DECISIONS as REVIEWED
from web.forms import date_fields, form_fields, given_files, phase_basis
from web.forms.form_fields import Form, Wrong
from workflow.acts import fields
from workflow.acts.act import Act, Occasion
from workflow.acts.fields import Field
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.errors import WorkflowError
from workflow.queries.participant_view import view_person
from workflow.store import lookups
from workflow.store.cases import read_case
from workflow.store.tables.participant import Participant
from workflow.usecases import appointments, evidence, participants, registers, users
from workflow.usecases.evidence import TEXT_LIMIT, Decision, EvidencePiece, KeptFile
from workflow.usecases.people import unsent_files

#: The tick of a register, what no tick means, and what may be said instead; being caught up has a form of its own.
PRESENT, AWAY = "present", "no_show"
ABSENT = {mark: words for mark, words in ATTENDANCE.items() if mark not in (PRESENT, "caught_up")}
#: What is ticked where all those are met of which nothing was said by itself.
_REST = "rest-met"
#: How the dates that are offered together are told apart in the form, and what sentences call them.
DATES = {"1": "the first date", "2": "the second date", "3": "the third date"}


def read(act: Act, on: Occasion, form: Form, about: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the act's fields, with those that the page's address gave. Raises BadInput with every mistake."""
    wrong: Wrong = {}
    values = values_of(act.fields, on, form, about, wrong)
    form_fields.agree(wrong)
    return values


def values_of(
    asked: Iterable[Field], on: Occasion, form: Form, about: Mapping[str, Any], wrong: Wrong
) -> dict[str, Any]:
    """The same, with the mistakes added to `wrong`."""
    values = dict(about)
    for field in asked:
        values[field.name] = READERS[type(field)](field, on, form, values, wrong)
    return values


def _ask(field: Field, on: Occasion, values: Mapping[str, Any]) -> str:
    asked = field.own if on.is_own and field.own else field.ask
    return asked.format(name=_person(on, values).name) if "{name}" in asked else asked


def _person(on: Occasion, values: Mapping[str, Any]) -> Participant:
    return participants.one_of(on.session, on.engagement_id, values["email"])


def _text(field: Any, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> str | None:
    """Text that may be left out is looked at by the use case, but for its length of several lines."""
    if field.ask:
        return form_fields.text(form, field.form_name, field.clean, _ask(field, on, values), wrong)
    if isinstance(field, fields.Block):
        return form_fields.optional_block(form, field.form_name, field.what, field.limit, wrong)
    return form.get(field.form_name, "").strip()


def _choice(field: Any, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> str | None:
    """A choice that depends on a wrong one is not asked about yet."""
    known = field.among(on, values)
    return form_fields.choice(form, field.form_name, known, _ask(field, on, values), wrong) if known else None


def _phase(field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> int:
    known = {str(phase.number): phase.title for phase in on.offer.phases}
    if len(known) == 1:  # nobody is asked
        return on.offer.phases[0].number
    found = form_fields.choice(form, field.form_name, known, _ask(field, on, values), wrong)
    return int(found) if found in known else 0


def _advisor(field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> str:
    code = on.offer.offer.code if on.engagement_id else None
    known = {one.email: one.name for one in users.advisors(on.session, code)}
    return form_fields.choice(form, field.form_name, known, _ask(field, on, values), wrong)


def _reference(field: Field, on: Occasion, form: Form, _values: Mapping[str, Any], wrong: Wrong) -> str:
    reference = form.get(field.form_name, "").strip()[:20]
    try:
        lookups.engagement_id(on.session, reference)
    except WorkflowError as error:
        wrong[field.form_name] = str(error) if reference else field.ask
    return reference


def _number(field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> int:
    return form_fields.number(form, field.form_name, _ask(field, on, values), wrong)


def _day(field: Field, on: Occasion, form: Form, _values: Mapping[str, Any], wrong: Wrong) -> Any:
    return date_fields.a_day(form, on.now, wrong, field.form_name)


def _moment(_field: Field, on: Occasion, form: Form, _values: Mapping[str, Any], wrong: Wrong) -> Any:
    return date_fields.moment(form, on.now, wrong)


def _moments(_field: Field, on: Occasion, form: Form, _values: Mapping[str, Any], wrong: Wrong) -> list[Any]:
    first, *more = DATES
    wanted = [first, *(which for which in more if not date_fields.is_empty(form, which))]
    return [date_fields.moment(form, on.now, wrong, which, DATES[which]) for which in wanted]


def _purpose(_field: Field, on: Occasion, _form: Form, values: Mapping[str, Any], _wrong: Wrong) -> str | None:
    """A catch-up that gets another date stays one."""
    agreed = appointments.of_kind(on.session, on.engagement_id, values["kind"], ("booked",))[-1:]
    return "catch_up" if any(one.purpose == "catch_up" for one in agreed) else None


def _anyway(field: Field, _on: Occasion, form: Form, _values: Mapping[str, Any], _wrong: Wrong) -> str:
    return form.get(field.form_name, "").strip()


def _again(field: Field, _on: Occasion, form: Form, _values: Mapping[str, Any], _wrong: Wrong) -> bool:
    return form.get(field.form_name) == "yes"


def _marks(field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> dict[str, str]:
    """Whoever is ticked was there, and nobody else, but for those of whom something else is chosen."""
    people = _on_register(on, values["kind"])
    there = set(form.getlist(field.form_name))
    marks = {one.email: _mark(form, one, there, wrong) for one in people}
    if people and set(marks.values()) == {AWAY} and not wrong:
        wrong[field.form_name] = _ask(field, on, values)
    return marks


def _mark(form: Form, person: Participant, there: Collection[str], wrong: Wrong) -> str:
    name = f"mark-{person.id}"
    if form.get(name):
        return form_fields.choice(form, name, ABSENT, f"Choose how it was with {person.name}", wrong)
    return PRESENT if str(person.id) in there else AWAY


def _on_register(on: Occasion, kind: str) -> Sequence[Participant]:
    """The people the register asks about; without a date the use case says what is wrong."""
    dates = appointments.of_kind(on.session, on.engagement_id, kind, ("booked", "held"))
    return registers.expected(on.session, read_case(on.session, on.engagement_id), dates[-1]) if dates else _active(on)


def _active(on: Occasion) -> Sequence[Participant]:
    """The people who take part."""
    mine = (Participant.engagement_id == on.engagement_id) & Participant.status.not_in(SIDE_STATUSES)
    return on.session.scalars(select(Participant).where(mine).order_by(Participant.id)).all()


def _people(field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> dict[str, str]:
    chosen = set(form.getlist(field.form_name))
    attended = read_case(on.session, on.engagement_id).facts.attended(values["kind"])
    missed = (one for one in _active(on) if one.id not in attended)
    people = {one.email: one.name for one in missed if str(one.id) in chosen}
    if not people:
        wrong[field.form_name] = _ask(field, on, values)
    return people


def _basis(field: Field, on: Occasion, form: Form, _values: Mapping[str, Any], wrong: Wrong) -> Any:
    phases = on.offer.phases
    return phase_basis.read(form, phases, wrong) if field.ask or not phase_basis.is_empty(form, phases) else None


def _pieces(_field: Field, on: Occasion, form: Form, values: Mapping[str, Any], _wrong: Wrong) -> Any:
    """With the files that the page has looked into, before anything was locked. What a participant has chosen before
    goes along."""
    there = unsent_files.of(on.session, on.actor.participant_id) if on.actor.participant_id else {}

    def kept(code: str) -> tuple[KeptFile, ...]:
        return tuple(KeptFile(one.name, one.sha256) for one in there.get(code, ()))

    wanted = evidence.open_criteria(on.session, on.offer, _person(on, values))
    return {
        code: EvidencePiece(form.get(f"text-{code}", ""), kept=kept(code), looked_into=given_files.looked_into(code))
        for code in wanted
    }


def _decisions(_field: Field, on: Occasion, form: Form, values: Mapping[str, Any], wrong: Wrong) -> Any:
    """A decision about every criterion that waits for one."""
    waiting = view_person(on.session, _person(on, values)).waiting
    return {one.criterion: _decision(form, one.criterion, wrong) for one in waiting}


def _decision(form: Form, code: str, wrong: Wrong) -> Decision:
    comment = form_fields.optional_block(form, f"comment-{code}", "What is still needed", TEXT_LIMIT, wrong)
    if form.get(_REST) and not form.get(f"decision-{code}") and comment is None:
        return Decision(met=True, text="")
    said = form_fields.choice(form, f"decision-{code}", REVIEWED, f"Decide about {code}: met, or not met yet", wrong)
    if said == "not_met" and comment is None:
        wrong[f"comment-{code}"] = f"Say what is still needed for {code}, so that its owner can mend it"
    return Decision(met=said == "met", text=comment or "")


READERS: Mapping[type[Field], Callable[[Any, Occasion, Form, Mapping[str, Any], Wrong], Any]] = {
    fields.Line: _text,
    fields.PersonName: _text,
    fields.Block: _text,
    fields.Email: _text,
    fields.Reference: _reference,
    fields.Day: _day,
    fields.Moment: _moment,
    fields.Moments: _moments,
    fields.Number: _number,
    fields.Phase: _phase,
    fields.Advisor: _advisor,
    fields.Choice: _choice,
    fields.Purpose: _purpose,
    fields.Anyway: _anyway,
    fields.Again: _again,
    fields.Marks: _marks,
    fields.People: _people,
    fields.EntryBasis: _basis,
    fields.Pieces: _pieces,
    fields.Decisions: _decisions,
}
