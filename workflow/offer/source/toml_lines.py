"""On which line of a TOML file everything stands. Pure.

`tomllib` reads the values and forgets where they were. This walks over a text that it has read already, so nothing is
proved here: it only counts lines. A place is the way to a value, such as `("transition", 3, "guards", 0)`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: Keys and numbers that lead to a value from the top of its file.
Place = tuple[str | int, ...]
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_STRING = re.compile(r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|'[^']*\'''', re.DOTALL)
_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_BARE = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Place, int]:
    """Counted from one, for each table, key and item of a file that can be read."""
    return _Walk(text.replace("\r\n", "\n")).lines()


def line_of(lines: Mapping[Place, int], place: Place) -> int | None:
    """Where a place stands, or the nearest thing around it that does."""
    around = (place[:length] for length in range(len(place), 0, -1))
    return next((lines[one] for one in around if one in lines), None)


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    found: dict[Place, int] = field(default_factory=dict)
    rows: dict[Place, int] = field(default_factory=dict)

    def lines(self) -> dict[Place, int]:
        table: Place = ()
        self._take(_GAP)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._take(_GAP)
        return self.found

    def _header(self) -> Place:
        """`[policy]`, or one more row of `[[stage]]`; a row belongs to the latest row around it."""
        start, opens = self.at, 2 if self.text.startswith("[[", self.at) else 1
        self.at += opens
        *around, last = self._keys()
        self.at += opens
        table: Place = ()
        for key in around:
            self._note((*table, key), start)
            table = self._latest((*table, key))
        table = (*table, last)
        if opens > 1:
            self.rows[table] = self.rows.get(table, 0) + 1
        self._note(table, start)
        table = self._latest(table)
        self._note(table, start)
        return table

    def _latest(self, table: Place) -> Place:
        return (*table, self.rows[table] - 1) if table in self.rows else table

    def _pair(self, table: Place) -> None:
        start, place = self.at, (*table, *self._keys())
        for length in range(len(table) + 1, len(place) + 1):
            self._note(place[:length], start)
        self.at += 1
        self._take(_GAP)
        self._value(place)

    def _value(self, place: Place) -> None:
        self._note(place, self.at)
        match self.text[self.at]:
            case "[":
                for number in self._items("]"):
                    self._value((*place, number))
            case "{":
                for _ in self._items("}"):
                    self._pair(place)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_BARE)

    def _items(self, end: str) -> Iterator[int]:
        """Stands at each item in turn, and behind the end when there is none left."""
        number, self.at = 0, self.at + 1
        self._take(_GAP)
        while self.text[self.at] != end:
            yield number
            number += 1
            self._take(_GAP)
            if self.text[self.at] == ",":
                self.at += 1
                self._take(_GAP)
        self.at += 1

    def _keys(self) -> list[str]:
        """The parts of a key up to what follows it."""
        keys = []
        while True:
            self._take(_GAP)
            keys.append(self._take(_KEY).strip("\"'"))
            self._take(_GAP)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"this is not TOML: {self.text[self.at : self.at + 20]}")
        self.at = found.end()
        return found[0]

    def _note(self, place: Place, at: int) -> None:
        self.found.setdefault(place, self.text.count("\n", 0, at) + 1)
