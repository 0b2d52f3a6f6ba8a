"""How the words of an offer's page are read, and the sentence for each that is not known.

A page is read with a `Names` beside it: every name the page itself declares. So a dangling name is found at the key
that holds it, together with every other mistake. Used only by `definition` and `loader`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo

from workflow.calendar.span import Span
from workflow.domain.effects import AUDIENCES, CERTIFICATE_AUDIENCES, EFFECT_KINDS, Effect
from workflow.domain.guards import GUARDS, OUTCOMES, Rule
from workflow.domain.lifecycles import PARTICIPANT, SIDE_STATUSES
from workflow.english import a, as_written, listed
from workflow.offer.source.spellings import NAME, NAMED

#: Stands for every kind of appointment.
EVERY = "*"
#: Whoever has left does not start again by itself.
MAY_START_AGAIN = tuple(one for one in PARTICIPANT.statuses if one != PARTICIPANT.start and one not in SIDE_STATUSES)
#: What may stand in a guard's table besides the guard.
OPTIONS = {"at_least", "of", "waivable", "ever"}
#: What guards are about that a round may set aside.
OF_ROUNDS = ("appointment", "outcome", "approval")


@dataclass(frozen=True)
class Names:
    """What one page declares: stages and appointments with their titles, approvals with the title of
    the verb that gives them, other names, and amounts by name."""

    stages: dict[str, str]
    appointments: dict[str, str]
    triggers: tuple[str, ...]
    approvals: dict[str, str]
    emails: tuple[str, ...]
    amounts: dict[str, Decimal]


def unknown(word: object, noun: str, known: tuple[str, ...] | list[str]) -> ValueError:
    """The sentence for a name nobody declared, with the nearest one that somebody did."""
    near = get_close_matches(str(word), known, 1)
    hint = f' Did you mean "{near[0]}"?' if near else f" Known here: {listed(list(known))}." if known else ""
    if not isinstance(word, str):
        return ValueError(f"The name of {a(noun)} belongs here, and not {as_written(word)}.{hint}")
    return ValueError(f"There is no {noun} called {as_written(word)}.{hint}")


def _names(info: ValidationInfo) -> Names:
    context = info.context
    if not isinstance(context, Names):
        raise TypeError("an offer is read by workflow.offer.loader, which passes the names the page declares")
    return context


def _known_stage(name: str, info: ValidationInfo) -> str:
    if name not in _names(info).stages:
        raise unknown(name, "stage", list(_names(info).stages))
    return name


def _known_appointment(name: str, info: ValidationInfo) -> str:
    if name not in _names(info).appointments:
        raise unknown(name, "appointment", list(_names(info).appointments))
    return name


def _known_or_every(name: str, info: ValidationInfo) -> str:
    return name if name == EVERY else _known_appointment(name, info)


def _known_trigger(name: str, info: ValidationInfo) -> str:
    if name not in _names(info).triggers:
        raise unknown(name, "trigger", _names(info).triggers)
    return name


def _known_email(name: str, info: ValidationInfo) -> str:
    if name not in _names(info).emails:
        raise unknown(name, "email", _names(info).emails)
    return name


def _known_audience(name: str) -> str:
    if name not in AUDIENCES:
        raise unknown(name, "audience", AUDIENCES)
    return name


def editors_see(**shape: Any) -> Any:
    """What the page's JSON Schema says of a word whose reader asks for more than a schema could."""
    return Field(json_schema_extra=shape)


Name = Annotated[str, StringConstraints(pattern=NAME)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_Named = Annotated[str, editors_see(pattern=NAME)]
StageName = Annotated[_Named, AfterValidator(_known_stage)]
TriggerName = Annotated[_Named, AfterValidator(_known_trigger)]
EmailName = Annotated[str, AfterValidator(_known_email)]
AppointmentName = Annotated[_Named, AfterValidator(_known_appointment)]
AnyAppointment = Annotated[str, AfterValidator(_known_or_every), editors_see(pattern=rf"^({NAMED}|\*)$")]
Audience = Annotated[str, AfterValidator(_known_audience), editors_see(enum=[*AUDIENCES])]


def parse_span(text: object) -> Span:
    return Span.parse(text)


def parse_stages(value: object, info: ValidationInfo) -> object:
    """One stage, a list of them, or `*` for every one."""
    if value == "*":
        return tuple(_names(info).stages)
    return (value,) if isinstance(value, str) else value


def parse_promises(value: object) -> object:
    """One promise, or a list of them in the order in which they fall due."""
    return (value,) if isinstance(value, dict) else value


def parse_people(value: object) -> object:
    """Who starts again in a new round: their statuses."""
    if value == "go_on":
        return ()
    if value == "start_again":
        return MAY_START_AGAIN
    for status in value if isinstance(value, list) else (value,):
        if status not in MAY_START_AGAIN:
            raise unknown(status, "status of people who may start again", ("go_on", "start_again", *MAY_START_AGAIN))
    return value


def stands_before(stage: str, other: str, info: ValidationInfo) -> bool:
    """Whether one stage comes before another on the page."""
    stages = list(_names(info).stages)
    return stages.index(stage) < stages.index(other)


def parse_standings(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def parse_effect(value: object, info: ValidationInfo) -> Effect:
    """`{ email = "welcome" }`: one kind, one name."""
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError('An effect is one kind and one name, such as { email = "welcome" }.')
    ((kind, name),) = value.items()
    if kind not in EFFECT_KINDS:
        raise unknown(kind, "kind of effect", EFFECT_KINDS)
    if kind == "email":
        _known_email(name, info)
    if kind == "certificate" and name not in CERTIFICATE_AUDIENCES:
        raise unknown(name, "audience for certificates", CERTIFICATE_AUDIENCES)
    return Effect(kind, name)


def parse_rule(value: object, info: ValidationInfo) -> Rule:
    """`{ staff_trained = "training_1", at_least = "minimum_staff" }`: a guard, its subject, its options."""
    if not isinstance(value, dict):
        raise ValueError("A guard is a table, such as { order_matched = true }.")
    guards = [key for key in value if key not in OPTIONS]
    if len(guards) != 1:
        raise ValueError(f"A guard's table names one guard; this one names {listed(guards) or 'none'}.")
    if guards[0] not in GUARDS:
        raise unknown(guards[0], "guard", list(GUARDS))
    waivable = value.get("waivable", True)
    if not isinstance(waivable, bool):
        raise ValueError(f"waivable is true or false, without quotation marks, but it is {as_written(waivable)}.")
    rule = Rule(guards[0], waivable=waivable)
    return replace(_with_subject(rule, value, _names(info)), ever=_ever(guards[0], value.get("ever", False)))


def _ever(name: str, said: object) -> bool:
    if not isinstance(said, bool):
        raise ValueError(f"ever is true or false, without quotation marks, but it is {as_written(said)}.")
    if said and GUARDS[name].takes not in OF_ROUNDS:
        raise ValueError(
            f"{name} is about no meeting, judgement or approval, so ever says nothing there; leave it out."
        )
    return said


def _with_subject(rule: Rule, table: dict[str, Any], names: Names) -> Rule:
    subject, of = table[rule.guard], table.get("of", "")
    amount = _amount(table.get("at_least", 1), names)
    match GUARDS[rule.guard].takes:
        case "appointment":
            return _about(rule, subject, subject, amount, names)
        case "amount":
            return Rule(rule.guard, amount=_amount(subject, names), waivable=rule.waivable)
        case "outcome":
            if subject not in OUTCOMES:
                raise unknown(subject, "judgement", OUTCOMES)
            return _about(rule, subject, of, amount, names)
        case "approval":
            if not isinstance(subject, str) or subject not in names.approvals:
                raise unknown(subject, "approval", list(names.approvals))
            if "of" in table and (not isinstance(of, str) or of not in names.appointments):
                raise unknown(of, "appointment", list(names.appointments))
            return Rule(rule.guard, subject, of=of, title=names.approvals[subject], waivable=rule.waivable)
        case "yes":
            if subject is not True:
                raise ValueError(f"{rule.guard} takes true; leave the guard out if it does not apply.")
            return rule


def _about(rule: Rule, subject: object, appointment: object, amount: Decimal, names: Names) -> Rule:
    if not isinstance(appointment, str) or appointment not in names.appointments:
        raise unknown(appointment, "appointment", list(names.appointments))
    kind = appointment
    return Rule(rule.guard, str(subject), amount, kind, names.appointments[kind], rule.waivable)


def _amount(value: object, names: Names) -> Decimal:
    """A number, or the name of one in [offer]."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and value in names.amounts:
        return names.amounts[value]
    raise unknown(value, "amount in [offer]", list(names.amounts))
