"""Why a form was not carried out, for the page that shows it again."""

from dataclasses import dataclass, field

from flask import request

from web import error_pages
from workflow.errors import BadInput, Problem, Refused, WorkflowError


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not carried out. `form` is the form's name; `fields` are sentences by the field's name.

    `at` is the part of the page that the other sentences lead to.
    """

    status: int
    sentences: tuple[str, ...]
    form: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    at: str = "actions"

    @property
    def is_error(self) -> bool:
        """False where nothing is wrong, and somebody only wants to change what they typed."""
        return bool(self.sentences or self.fields)


def of(error: WorkflowError, form: str, at: str = "actions") -> Trouble:
    status = error_pages.status_of(error)
    match error:
        case Refused():
            return Trouble(status, tuple(reason.sentence for reason in error.reasons), form, at=at)
        case BadInput(problems=(_, *_)):
            return Trouble(status, (), form, {problem.where: _sentence(problem) for problem in error.problems})
        case _:
            return Trouble(status, (str(error),), form, at=at)


def _sentence(problem: Problem) -> str:
    """The engine answers a missing note with its question, and asks for dates as one word; a page has three fields."""
    if f"value-{problem.where}-day" in request.form:
        return "Enter a real date with its day, month and year, such as 23 11 2026"
    return f"Answer the question: {problem.sentence}" if problem.sentence.endswith("?") else problem.sentence
