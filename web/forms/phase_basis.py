"""What a phase rests on, as it is typed on the school's page and on a participant's own."""

from web.forms import form_fields
from workflow.store.tables.participant import SCOPES
from workflow.usecases.phases import Basis


def read(form: form_fields.Form, wrong: form_fields.Wrong) -> Basis:
    scope = form_fields.choice(form, "scope", dict.fromkeys(SCOPES, ""), "Choose how far the work has reached", wrong)
    return Basis(
        experience=form.get("experience", ""),
        own_impact=form.get("own_impact", ""),
        others_impact=form.get("others_impact", ""),
        led_mentoring="led_mentoring" in form,
        led_coaching="led_coaching" in form,
        scope=scope,
    )


def is_empty(form: form_fields.Form) -> bool:
    """Whether nothing was said about it; the phase alone is a proposal too."""
    written = ("experience", "own_impact", "others_impact", "scope")
    ticked = ("led_mentoring", "led_coaching")
    return not any(form.get(name, "").strip() for name in written) and not any(name in form for name in ticked)
