"""How the values of an offer read in a sentence: “Purchase”, £265.00, 5 school days, yes, nothing. Pure."""

from datetime import date, time
from decimal import Decimal
from functools import singledispatch

from pydantic import BaseModel

from workflow.domain.effects import Effect
from workflow.domain.guards import GUARDS, Rule
from workflow.english import clock_in_words, day_in_words, in_words, listed

_NOTHING = "nothing"


@singledispatch
def said(value: object) -> str:
    return _NOTHING if value is None else str(value)


@said.register
def _(value: bool) -> str:  # noqa: FBT001 (chosen by its type)
    return "yes" if value else "no"


@said.register
def _(value: str) -> str:
    return f"“{value}”" if value else _NOTHING


@said.register
def _(value: Decimal) -> str:
    return f"£{value:.2f}"


@said.register
def _(value: date) -> str:
    return day_in_words(value)


@said.register
def _(value: time) -> str:
    return clock_in_words(value)


@said.register
def _(value: tuple) -> str:  # type: ignore[type-arg] # chosen by its type, whatever is in it
    return listed([said(one) for one in value]) or _NOTHING


@said.register
def _(value: dict) -> str:  # type: ignore[type-arg] # chosen by its type, whatever is in it
    return ", ".join(f"{in_words(str(key))} {said(one)}" for key, one in value.items()) or _NOTHING


@said.register
def _(value: BaseModel) -> str:
    told = ((about.alias or name, getattr(value, name)) for name, about in type(value).model_fields.items())
    return said({key: one for key, one in told if one not in (None, ())})


@said.register
def _(value: Effect) -> str:
    return f"the email “{value.name}”" if value.kind == "email" else f"{value.kind}s for the {value.name}"


@said.register
def asked(value: Rule) -> str:
    """`staff_nominated (3)`. What a meeting or a verb is called is told where it is called so."""
    subject = f" = “{value.subject}”" if value.subject else ""
    of = f" of “{value.of}”" if value.of and value.of != value.subject else ""
    counts = value.guard in GUARDS and GUARDS[value.guard].takes == "amount"
    amount = f" ({value.amount})" if counts or value.amount != 1 else ""
    ever = ", of any round" if value.ever else ""
    waived = "" if value.waivable else ", which no reason waives"
    return f"{value.guard}{subject}{of}{amount}{ever}{waived}"
