"""Why a form was not carried out, for the page that shows it again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import request

from web import error_pages
from web.app_state import here
from web.forms import date_fields
from workflow.calendar.typed_date import PARTS, Mistyped
from workflow.errors import BadInput, Problem, Refused, WorkflowError


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not carried out. `form` is the form's name; `fields` are sentences by the field's name.

    `at` is the part of the page that the other sentences lead to. `written` is what was typed for a form that may not
    be on the page any more.
    """

    status: int
    sentences: tuple[str, ...]
    form: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    at: str = "actions"
    written: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """False where nothing is wrong, and somebody only wants to change what they typed."""
        return bool(self.sentences or self.fields)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Each sentence with the first field that it is about: a date has three, and says what is wrong once."""
        told = {(_date_of(name), sentence): name for name, sentence in reversed(self.fields.items())}
        return [(name, sentence) for name, sentence in self.fields.items() if told[_date_of(name), sentence] == name]


def _date_of(name: str) -> str:
    """`date2` of `date2-month`; every other field by its own name."""
    begins, _, part = name.rpartition("-")
    return begins if part in PARTS else name


def of(error: WorkflowError, form: str, at: str = "actions") -> Trouble:
    status = error_pages.status_of(error)
    match error:
        case Refused():
            return Trouble(status, tuple(reason.sentence for reason in error.reasons), form, at=at)
        case BadInput(problems=(_, *_)):
            fields = dict(pair for problem in error.problems for pair in _at_fields(problem))
            return Trouble(status, (), form, fields)
        case _:
            return Trouble(status, (str(error),), form, at=at)


def _at_fields(problem: Problem) -> Iterator[tuple[str, str]]:
    """The engine answers a missing note with its question, and asks for dates as one word; a page has three fields."""
    if f"value-{problem.where}-day" not in request.form:
        question = problem.sentence.endswith("?")
        yield problem.where, f"Answer the question: {problem.sentence}" if question else problem.sentence
        return
    try:
        date_fields.near_day(request.form, here().clock(), f"value-{problem.where}")
    except Mistyped as told:
        yield from ((f"{problem.where}-{part}", str(told)) for part in told.parts)
    else:
        yield f"{problem.where}-day", problem.sentence
