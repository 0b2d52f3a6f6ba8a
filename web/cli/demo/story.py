"""The story the demonstration tells: which step happened when, to which order. Read from `story.toml`."""

import tomllib
from datetime import date, datetime, timedelta
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from workflow.errors import BadInput, Problem

_DAYS_A_WEEK = 7


class StoryStep(BaseModel):
    """One act that was done. Times are local and have no zone; `people` is empty for everybody."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: datetime
    do: str
    by: str = "advisor"
    kind: str = ""
    verb: str = ""
    when: datetime | None = None
    people: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    text: str | None = None
    reason: str | None = None
    owner: str = ""
    trigger: str = ""
    values: dict[str, str] = {}
    override: str | None = None
    place: str = ""
    dates: tuple[datetime, ...] = ()
    phase: int = 0
    picture: bool = False


class SchoolStory(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    order: str
    steps: tuple[StoryStep, ...]


class Others(BaseModel):
    """How many order each offer that no story tells of, over how many months, and what their people are called."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    orders: Annotated[int, Field(ge=1, le=100)]
    months: Annotated[int, Field(ge=1, le=60)]
    names: Annotated[tuple[str, ...], Field(min_length=1)]


class Story(BaseModel):
    """`offer` is the code of the offer whose story it is, and `as_of` the day on which it ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    offer: str
    others: Others
    as_of: date
    schools: Annotated[tuple[SchoolStory, ...], Field(alias="school")]

    def later(self, today: date) -> timedelta:
        """How much later everything happens when the story is told today: whole weeks, so weekdays stay."""
        return timedelta(weeks=(today - self.as_of).days // _DAYS_A_WEEK)


def read_story(file: Traversable) -> Story:
    """Raises BadInput with every mistake."""
    try:
        return TypeAdapter(Story).validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        problems = [Problem(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise BadInput(f"{file.name} cannot be used.", tuple(problems)) from None
