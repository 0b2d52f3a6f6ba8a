"""What somebody typed into a form that records a fact, read one field at a time. Pure.

Each function gives the value; what cannot be used is added to `wrong` under its field's name, so that a form tells
all its mistakes at once. Mistakes are raised together by `agree`. Dates and times are read by `date_fields`.
"""

import re
from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict

from workflow.errors import BadInput, Problem
from workflow.sanitise import block

Form = MultiDict[str, str]
Wrong = dict[str, str]
DIGITS = re.compile("[0-9]{1,9}", re.ASCII)


def version(form: Form) -> int:
    """What the person was looking at. Raises BadInput."""
    text = form.get("version", "")
    if not DIGITS.fullmatch(text):
        raise BadInput("This form was not whole. Reload the page and try again.")
    return int(text)


def agree(wrong: Wrong) -> None:
    """Raises BadInput if anything is wrong."""
    if wrong:
        raise BadInput("This cannot be recorded yet.", tuple(Problem(*one) for one in wrong.items()))


def text(form: Form, name: str, read: Callable[[str], str], ask: str, wrong: Wrong) -> str:
    """`read` raises ValueError with a sentence; `ask` is said when nothing was typed."""
    typed = form.get(name, "")
    try:
        return read(typed)
    except ValueError as error:
        wrong[name] = str(error) if typed.strip() else ask
        return ""


def optional_block(form: Form, name: str, what: str, limit: int, wrong: Wrong) -> str | None:
    """Several lines, or None when nothing was typed."""
    if not form.get(name, "").strip():
        return None
    return text(form, name, lambda typed: block(typed, what, limit), "", wrong)


def choice(form: Form, name: str, known: Mapping[str, str], ask: str, wrong: Wrong) -> str:
    """One of the known values."""
    found = form.get(name, "")
    if found not in known:
        wrong[name] = ask
    return found


def number(form: Form, name: str, ask: str, wrong: Wrong) -> int:
    """A whole number that a choice stands for."""
    found = form.get(name, "")
    if not DIGITS.fullmatch(found):
        wrong[name] = ask
        return 0
    return int(found)
