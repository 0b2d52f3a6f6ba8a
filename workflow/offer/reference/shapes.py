"""How spans, guards and effects are written on a page, and what keys must stand together, as JSON Schema. Pure."""

from typing import Any

from workflow.calendar.span import SPAN_WRITTEN
from workflow.domain.effects import CERTIFICATE_AUDIENCES, EFFECT_KINDS
from workflow.domain.guards import GUARDS, OUTCOMES
from workflow.domain.lifecycles import LIFECYCLES
from workflow.offer.definition import Promise, Timer
from workflow.offer.fields import MAY_START_AGAIN, OF_ROUNDS
from workflow.offer.loader import AMOUNTS, ELSEWHERE
from workflow.offer.triggers import Records, StatusTransition
from workflow.offer.words import vocabulary
from workflow.offer.words.conditions import asked_by

__all__ = ["ALSO", "DECIMAL", "ELSEWHERE", "effect", "guard", "span"]

Shape = dict[str, Any]
#: Pounds, or pounds and pence.
DECIMAL = r"^[0-9]+(\.[0-9]{1,2})?$"
_NAME: Shape = {"type": "string", "minLength": 1}
_AMOUNT: Shape = {"anyOf": [{"type": "integer"}, {"enum": list(AMOUNTS)}]}
_TAKEN: dict[str, Shape] = {
    "yes": {"const": True},
    "appointment": _NAME,
    "amount": _AMOUNT,
    "outcome": {"enum": list(OUTCOMES)},
    "approval": _NAME,
}
_OPTIONS: dict[str, Shape] = {
    "of": _NAME,
    "at_least": {**_AMOUNT, "default": 1},
    "ever": {"type": "boolean", "default": False},
    "waivable": {"type": "boolean", "default": True},
}


def span() -> Shape:
    return {"type": "string", "pattern": f"^(?:{SPAN_WRITTEN})$", "description": vocabulary.SPAN}


def guard() -> Shape:
    """One guard with its subject, and its options."""
    guards = {
        name: {**_TAKEN[one.takes], "description": f"{asked_by(name)} It takes {vocabulary.TAKES[one.takes]}."}
        for name, one in GUARDS.items()
    }
    options = {name: {**shape, "description": vocabulary.OPTIONS[name]} for name, shape in _OPTIONS.items()}
    return {
        "type": "object",
        "properties": {**guards, **options},
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in GUARDS],
        "if": {"properties": {"ever": {"const": True}}, "required": ["ever"]},
        "then": {"anyOf": [{"required": [name]} for name, one in GUARDS.items() if one.takes in OF_ROUNDS]},
        "dependentRequired": {name: ["of"] for name, one in GUARDS.items() if one.takes == "outcome"},
    }


def people() -> Shape:
    statuses = {"type": "array", "items": {"type": "string", "enum": list(MAY_START_AGAIN)}}
    return {"anyOf": [{"enum": ["go_on", "start_again"]}, statuses]}


def effect() -> Shape:
    kinds: dict[str, Shape] = {"email": _NAME, "certificate": {"enum": list(CERTIFICATE_AUDIENCES)}}
    return {
        "type": "object",
        "properties": {kind: {**kinds[kind], "description": vocabulary.EFFECTS[kind]} for kind in EFFECT_KINDS},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _needs(*keys: str) -> list[Shape]:
    return [{"required": [key]} for key in keys]


def _small_journey(noun: str) -> Shape:
    """The verbs and statuses of one kind of small journey."""
    known = LIFECYCLES[noun]
    status: Shape = {"enum": list(known.statuses)}
    several: Shape = {"anyOf": [status, {"type": "array", "items": status}]}
    return {
        "if": {"properties": {"of": {"const": noun}}},
        "then": {"properties": {"verb": {"enum": list(known.verbs)}, "to": status, "from": several}},
    }


#: What a table asks for beyond its keys one by one.
ALSO: dict[type, Shape] = {
    Promise: {"anyOf": _needs("within", "at")},
    Timer: {
        "allOf": [
            {"oneOf": _needs("stage", "promise", "at")},
            {"oneOf": _needs("after", "before")},
            {"not": {"required": ["stage", "before"]}},
            {"not": {"required": ["at", "every"]}},
        ]
    },
    Records: {"dependentRequired": {"judgement": ["of"]}},
    StatusTransition: {"allOf": [_small_journey(noun) for noun in LIFECYCLES]},
}
