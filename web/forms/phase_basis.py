"""What a phase rests on, as it is typed on the school's page and on a participant's own."""

from collections.abc import Sequence

from web.forms import form_fields
from workflow.offer.phase_guide import questions
from workflow.offer.terms import Phase
from workflow.usecases.phases import Basis

_ANSWERS, _ASK = {"yes": "", "no": ""}, "Say yes or no"


def read(form: form_fields.Form, phases: Sequence[Phase], wrong: form_fields.Wrong) -> Basis:
    said = {one.name: form_fields.choice(form, one.name, _ANSWERS, _ASK, wrong) for one in questions(phases)}
    return Basis(form.get("experience", ""), frozenset(name for name, answer in said.items() if answer == "yes"))


def is_empty(form: form_fields.Form, phases: Sequence[Phase]) -> bool:
    """Whether nothing was said about it; the phase alone is a proposal too."""
    return not any(form.get(name, "").strip() for name in ("experience", *(one.name for one in questions(phases))))
