"""Why something was not done, as sentences a person can act on.

Every error that may reach a user is one of these; the console turns `exit_code` into its exit status and the
pages turn the class into an HTTP status. Anything else that escapes is a defect.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Refusal:
    """One guard's reason for not letting a trigger through.

    `found` and `needed` are short phrases ("2 staff", "3 staff"); `who` can put it right; `sentence` is whole.
    """

    guard: str
    found: str
    needed: str
    who: str
    sentence: str
    waivable: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with input: where it is (file, row and column, or key) and what would be right."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class WorkflowError(Exception):
    """Something was not done, and the message says why."""

    exit_code: ClassVar[int] = 1


class Refused(WorkflowError):
    """One or more guards did not let the trigger through."""

    exit_code = 3

    def __init__(self, trigger: str, reasons: tuple[Refusal, ...]) -> None:
        self.trigger = trigger
        self.reasons = reasons
        super().__init__(" ".join(reason.sentence for reason in reasons))


class Conflict(WorkflowError):
    """Somebody or something else changed this first; look again before you act."""

    exit_code = 4


class NotFound(WorkflowError):
    """There is no such thing here."""

    exit_code = 5


class BadInput(WorkflowError):
    """What was given cannot be used; each problem says where and what would be right."""

    exit_code = 6

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        self.sentence = sentence
        self.problems = problems
        super().__init__("\n".join([sentence, *map(str, problems)]))


class NotAllowed(WorkflowError):
    """This person's role may not do that."""

    exit_code = 7


class OutOfUse(WorkflowError):
    """Something that this needs does not work at the moment; nothing is lost, and it waits until it is mended."""

    exit_code = 9


class CheckFailed(WorkflowError):
    """A check that was asked for found something wrong."""

    exit_code = 8
