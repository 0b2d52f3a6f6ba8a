"""How people act in a rehearsal, as data: how long they take, how often something goes wrong."""

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from workflow.errors import BadInput, Problem

Share = Annotated[float, Field(ge=0, le=1)]
Days = tuple[Annotated[int, Field(ge=0, le=250)], Annotated[int, Field(ge=0, le=250)]]


class _Habit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="after")
    def _in_order(self) -> "_Habit":
        for name, value in self:
            if isinstance(value, tuple) and value[0] > value[1]:
                raise ValueError(f"{name} is a range; write the smaller number first.")
        return self


class CouncilHabits(_Habit):
    """Days are council days, `dates_ahead` school days after the shortest notice of a kind of meeting."""

    answers: Days
    writes_up: Days
    acts_a_day: Annotated[int, Field(ge=1, le=1000)]
    dates: Annotated[int, Field(ge=1, le=10)]
    dates_ahead: Days
    returns: Share
    not_yet_met: Share


class SchoolHabits(_Habit):
    """Days are school days; `staff` counts people."""

    answers: Days
    staff: Days
    no_show: Share
    falls_silent: Share


class ParticipantHabits(_Habit):
    """Days are school days."""

    evidence: Days
    answers: Days


class Habits(_Habit):
    council: CouncilHabits
    school: SchoolHabits
    participant: ParticipantHabits


def read_habits(path: Path) -> Habits:
    """Raises BadInput with every mistake and its key."""
    try:
        page: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return Habits.model_validate(page)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"{path.name} cannot be read.", (Problem(path.name, f"{error}."),)) from None
    except ValidationError as error:
        problems = tuple(
            Problem(f"{path.name}: {'.'.join(map(str, one['loc']))}", one["msg"]) for one in error.errors()
        )
        raise BadInput(f"{path.name} cannot be used.", problems) from None
