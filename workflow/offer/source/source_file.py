"""One of an offer's files as it was read: its text, what it says, and where in it something stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workflow.offer.source.toml_lines import Place, line_of, lines_of


@dataclass(frozen=True)
class SourceFile:
    """`text` is the TOML of it, and `before` how many lines come first. A file that cannot be read has no text."""

    name: str
    text: str = ""
    table: Mapping[str, Any] = field(default_factory=dict)
    before: int = 0

    @cached_property
    def lines(self) -> Mapping[Place, int]:
        return lines_of(self.text)

    def where(self, place: Place = ()) -> str:
        """`offer.toml, line 12`; the file alone where nobody can say more."""
        line = line_of(self.lines, place)
        return self.name if line is None else f"{self.name}, line {line + self.before}"
