"""One figure of the overview: a title, what it says, a table, and a picture of the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from web.charts.draw import Spec, draw
from web.spreadsheets import Cell

_SIGNS = ("+", "−")


@dataclass(frozen=True, slots=True)
class Figure:
    """`says` is the figure in a sentence or two, and the picture's description. `spec` is None where there is nothing
    to draw. `links` are addresses, by the first cell of the row that leads there."""

    title: str
    says: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    spec: Spec | None = None
    links: Mapping[str, str] = field(default_factory=dict)

    def is_number(self, column: int) -> bool:
        """Whether a column of the table holds numbers, shares, or what lies between two numbers."""
        return any(
            isinstance(one := row[column], int) or str(one).startswith(_SIGNS) or str(one).endswith("%")
            for row in self.rows
        )

    def picture(self, name: str) -> Markup | None:
        """Safe: what is drawn escapes its words itself."""
        if self.spec is None or not self.rows:
            return None
        return Markup(draw(self.spec, name, self.title, self.says))  # noqa: S704 (as above)
