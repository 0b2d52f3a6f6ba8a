"""What is asked of whoever begins a new offer: ten questions, and what follows from the answers. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from workflow.domain.email_address import email_address
from workflow.errors import BadInput, Problem
from workflow.offer.source.spellings import OFFER_CODE, VERSION
from workflow.offer.source.value_words import sentence_of
from workflow.sanitise import line

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_PREFIX, _SHORTEST = 3, 2
#: Warned so many school days before the end; an end that comes sooner would come without a warning.
_WARNED, _SOONEST = 5, 10
_TITLE, _PHASE = 120, 80
_MISSING = "missing"


def _line(what: str, limit: int, text: str) -> str:
    return line(text, what, limit)


def _in_time(days: int) -> int:
    if 0 < days < _SOONEST:
        raise ValueError(f"A journey lapses after {_SOONEST} school days at the soonest. Write 0 if it never does.")
    return days


def _each_once(phases: tuple[str, ...]) -> tuple[str, ...]:
    if len({one.casefold() for one in phases}) < len(phases):
        raise ValueError("Two phases have the same name. Name each once.")
    return phases


class Answers(BaseModel):
    """`phases` are those in which people take part by name, none where nobody does. `lapse_after` counts school days
    after a school was to act, and 0 means never.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: Annotated[str, AfterValidator(partial(_line, "The name", _TITLE))]
    code: Annotated[str, Field(pattern=OFFER_CODE)]
    version: Annotated[str, Field(pattern=VERSION)]
    price: Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]
    phases: Annotated[
        tuple[Annotated[str, AfterValidator(partial(_line, "The phase", _PHASE))], ...],
        Field(max_length=9),
        AfterValidator(_each_once),
    ] = ()
    meetings: Annotated[int, Field(ge=0, le=6)]
    evidence: bool = False
    visited: bool = False
    certificate: bool = False
    lapse_after: Annotated[int, Field(ge=0, le=400), AfterValidator(_in_time)] = 40
    provider: Annotated[str, AfterValidator(partial(_line, "The provider", _TITLE))]
    contact: Annotated[str, AfterValidator(email_address)]
    minimum_staff: Annotated[int, Field(ge=1, le=50)] = 1

    @model_validator(mode="after")
    def _fit_together(self) -> "Answers":
        if not self.phases and (self.evidence or self.certificate):
            what = "sends in evidence" if self.evidence else "gets a certificate"
            raise ValueError(f"Nobody takes part by name, so nobody {what}. Name a phase, or answer no.")
        return self

    @property
    def reference(self) -> str:
        """The letters that references begin with: those of the name's words, without those that are misread."""
        initials = [word[0] for word in self.title.upper().split() if word[0] in _LETTERS]
        others = [one for one in self.code.upper() if one in _LETTERS]
        return "".join((initials if len(initials) >= _SHORTEST else [*others, "X", "X"])[:_PREFIX])

    @property
    def price_written(self) -> str:
        return f"{self.price:.2f}"

    @property
    def meeting_numbers(self) -> range:
        return range(1, self.meetings + 1)

    @property
    def has_meetings(self) -> bool:
        return self.meetings > 0 or self.visited

    @property
    def invites_people(self) -> bool:
        """Whether those who take part are invited to anything."""
        return self.meetings > 0 and bool(self.phases)

    @property
    def school_promises(self) -> bool:
        """Whether a school ever has to do anything."""
        return bool(self.phases) or self.has_meetings

    @property
    def lapses(self) -> bool:
        return self.lapse_after > 0 and self.school_promises

    @property
    def warn_after(self) -> int:
        return self.lapse_after - _WARNED


def read(given: Mapping[str, Any]) -> Answers:
    """Raises BadInput with one problem for each answer that is missing or cannot be used."""
    try:
        return Answers.model_validate(given)
    except ValidationError as error:
        raise BadInput("These answers make no offer.", tuple(_problems(error))) from None


def agree_so_far(given: Mapping[str, Any]) -> None:
    """Raises BadInput where one of these cannot be used, whatever the others will be."""
    try:
        Answers.model_validate(given)
    except ValidationError as error:
        if problems := tuple(one for one in _problems(error) if one.where in given):
            raise BadInput("These answers make no offer.", problems) from None


def _problems(error: ValidationError) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        kind, where = one["type"], str(one["loc"][0]) if one["loc"] else "together"
        said = "this is not answered."
        yield Problem(
            where, said if kind == _MISSING else sentence_of(kind, one["msg"], one["input"], one.get("ctx", {}))
        )
