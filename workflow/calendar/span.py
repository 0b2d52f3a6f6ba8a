"""Lengths of time that are counted in days of some kind, and how a page writes them. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from workflow.english import as_written

Unit = Literal["days", "council days", "school days"]
UNITS: tuple[Unit, ...] = ("days", "council days", "school days")
#: How a span is written, as a pattern.
SPAN_WRITTEN = r"([1-9][0-9]{0,2}) (days?|council days?|school days?)"
_SPAN = re.compile(SPAN_WRITTEN, re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A count of one unit, written `5 school days`. A count below nought goes back in time."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: object) -> "Span":
        """Raises ValueError with the sentence a person needs."""
        found = _SPAN.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise ValueError(
                f'{as_written(text)} is not a length of time. Write a number and a unit, such as "5 school days", '
                f"where the unit is one of: {', '.join(UNITS)}."
            )
        plural = found[2] if found[2].endswith("s") else found[2] + "s"
        return cls(int(found[1]), next(unit for unit in UNITS if unit == plural))

    @property
    def back(self) -> "Span":
        """As far in the other direction."""
        return Span(-self.count, self.unit)

    def __str__(self) -> str:
        return f"{abs(self.count)} {self.unit if abs(self.count) != 1 else self.unit.removesuffix('s')}"
