"""Guards in words: what must be true, as the half of a sentence that follows “when” or “if”. Pure."""

from collections.abc import Iterable, Mapping

from workflow.domain.guards import OUTCOME_TITLES, Rule
from workflow.english import count_of, staff_of, within

#: By guard. `{meeting}`, `{outcome}` and `{approval}` are its subject; the others say its number as people would.
_ASKED: Mapping[str, str] = {
    "order_matched": "an order from the portal is matched",
    "school_open": "the register of schools shows the school open",
    "price_paid": "the order shows {money}",
    "lead_named": "a school lead with an email address is named",
    "staff_nominated": "at least {staff} {is} nominated",
    "place_free": "the order pays for one more place",
    "phase_agreed": "the phase at which the person starts is agreed",
    "criteria_met": "the last review found every criterion of the person’s phase met",
    "nothing_to_review": "no evidence waits to be read",
    "everyone_decided": "everybody has completed, is deferred or has withdrawn",
    "staff_completed": "at least {staff} {has} completed",
    "names_confirmed": "everybody who completed has confirmed the name for the certificate",
    "dates_offered": "dates for {meeting} are offered, or one is agreed",
    "appointment_booked": "a date for {meeting} is agreed that nobody has judged yet",
    "appointment_held": "{meeting} took place",
    "register_taken": "the register of {meeting} has been taken",
    "staff_trained": "at least {staff} {was} at {meeting} or {has} caught up",
    "outputs_recorded": "what was agreed at {meeting} is written down",
    "awaiting_judgement": "{meeting} took place, and nobody has judged it yet",
    "action_planned": "an action with an owner and a date is planned after {meeting}",
    "visits_left": "the judgement of {meeting} was “not yet met” fewer than {times}",
    "judgement": "the last judgement of {meeting} is {outcome}",
    "approved": "the approval {approval} is given{occasion}",
    "not_approved": "the approval {approval} is not yet given{occasion}",
    "not_lead_advisor": "whoever says so is not the school’s own advisor",
    "second_person": "whoever says so did not judge {meeting}",
}
_ANY = {
    "money": "that amount",
    "staff": "so many members of staff",
    "is": "are",
    "has": "have",
    "was": "were",
    "times": "so many times",
    "meeting": "the meeting",
    "outcome": "the one given",
    "approval": "named",
    "occasion": "",
}


def asked_by(guard: str) -> str:
    """What a kind of guard asks, as a sentence. Raises KeyError for one that has no words yet."""
    asked = _ASKED[guard].format_map(_ANY)
    return f"{asked[0].upper()}{asked[1:]}."


def in_words(rule: Rule, meetings: Mapping[str, str]) -> str:
    """What one guard of a page asks; `meetings` are the titles of its appointments."""
    number = int(rule.amount)
    about = rule.of or rule.subject
    said = _ASKED[rule.guard].format_map(
        {
            "money": f"£{rule.amount:.2f}",
            "staff": staff_of(number),
            "is": "is" if number == 1 else "are",
            "has": "has" if number == 1 else "have",
            "was": "was" if number == 1 else "were",
            "times": count_of(number, "time"),
            "meeting": within(meetings.get(about, about)),
            "outcome": f"“{OUTCOME_TITLES.get(rule.subject, rule.subject)}”",
            "approval": f"“{rule.subject.replace('_', ' ')}”",
            "occasion": f" since the last judgement of {within(meetings[rule.of])}" if rule.of in meetings else "",
        }
    )
    return f"{said}, in this round or a former one" if rule.ever else said


def all_in_words(rules: Iterable[Rule], meetings: Mapping[str, str]) -> str:
    """One after another, as each may have commas of its own. Nothing where nothing is asked."""
    return "; ".join(in_words(rule, meetings) for rule in rules)
