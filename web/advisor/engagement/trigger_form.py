"""What a form on the case's page asked for, read and bounded: the trigger, its note and values, and the safeguards."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from werkzeug.datastructures import MultiDict

from web.forms import date_fields
from workflow.calendar.typed_date import Mistyped
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import BadInput, Problem
from workflow.sanitise import block

_KEY = re.compile(r"[0-9a-f-]{36}", re.ASCII)
_VALUE = re.compile(r"value-([a-z][a-z0-9_-]*?)(?:-(day|month|year))?", re.ASCII)
_VALUE_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """`key` makes a second press of the same button the same request; `version` is what the person was looking at."""

    trigger: str
    version: int
    key: str
    note: str | None
    values: dict[str, str]
    override: str | None


def read(form: MultiDict[str, str], now: datetime) -> Asked:
    """Raises BadInput."""
    key, version = form.get("key", ""), form.get("version", "")
    if not _KEY.fullmatch(key) or not re.fullmatch(r"[0-9]{1,9}", version, re.ASCII):
        raise BadInput("This form was not whole. Reload the page and try again.")
    note, values = _block(form, "note", "The note"), _values(form, now)
    override = _override(form) if "override" in form else None
    return Asked(
        trigger=form.get("trigger", "")[:60],
        version=int(version),
        key=f"page:{key}:{_digest(note, values, override)}",
        note=note,
        values=values,
        override=override,
    )


def _digest(*typed: object) -> str:
    """What a browser shows again, with something else typed into it, is another request, though its key is the same."""
    return sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]


def form_name(form: MultiDict[str, str]) -> str:
    """Which form of the page was sent: a trigger's own, or the one that overrides its refusal."""
    return f"override-{form.get('trigger', '')}" if "override" in form else form.get("trigger", "")


def _block(form: MultiDict[str, str], name: str, what: str) -> str | None:
    text = form.get(name, "")
    if not text.strip():
        return None
    try:
        return block(text, what, NOTE_LIMIT)
    except ValueError as error:
        raise BadInput("This cannot be kept as it is.", (Problem(name, str(error)),)) from None


def _override(form: MultiDict[str, str]) -> str:
    reason = _block(form, "override", "The reason")
    if reason is None:
        raise BadInput("An override needs a reason.", (Problem("override", "Why should it go ahead anyway?"),))
    return reason


def _values(form: MultiDict[str, str], now: datetime) -> dict[str, str]:
    """Values by name. A date comes as three fields and becomes 2026-11-23, or nothing where it cannot be told."""
    found = {name: matched for name in form if (matched := _VALUE.fullmatch(name))}
    names = dict.fromkeys(matched[1] for matched in found.values())
    return {name: _value(form, name, now) for name in names}


def _value(form: MultiDict[str, str], name: str, now: datetime) -> str:
    whole = form.get(f"value-{name}")
    if whole is not None:
        return whole.strip()[:_VALUE_LIMIT]
    try:
        return date_fields.near_day(form, now, f"value-{name}").isoformat()
    except Mistyped:
        return ""
