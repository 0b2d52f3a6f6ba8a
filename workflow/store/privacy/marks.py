"""Every mark that says that a column holds something about people: why it is kept, and for how long.

A period is read here and nowhere else, from the words that people read.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple, get_args

from workflow.store.schema import METADATA

#: What a period is counted from.
Since = Literal[
    "the engagement ends",
    "the account is closed",
    "it was asked for",
    "it was last used",
    "it was last changed",
    "it was sent",
    "it was answered",
    "it was uploaded",
    "it was read",
    "the invitation ends",
]
#: Marks that end with no day of the calendar.
ENDLESS = ("as long as the certificate can be checked", "until it works again")
_PERIOD = re.compile(r"(\d+) (day|month|year)s? after (.+)")
_SINCE: tuple[Since, ...] = get_args(Since)
_MONTHS = {"month": 1, "year": 12}


class Mark(NamedTuple):
    """One column that holds something about people."""

    table: str
    column: str
    why: str
    keep: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


class Period(NamedTuple):
    """How long something is kept, and from when on that is counted."""

    months: int
    days: int
    since: Since

    def begin(self, now: datetime) -> datetime:
        """What began before this moment has been kept for long enough."""
        years, month = divmod(now.year * 12 + now.month - 1 - self.months, 12)
        day = min(now.day, monthrange(years, month + 1)[1])
        return now.replace(year=years, month=month + 1, day=day) - timedelta(days=self.days)


@cache
def marks() -> tuple[Mark, ...]:
    return tuple(_marks())


def _marks() -> Iterator[Mark]:
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if "personal" in column.info:
                yield Mark(table.name, column.name, column.info["personal"], column.info["keep"])


def period_of(keep: str) -> Period | None:
    """None for what has no day of the calendar at which it ends. Raises ValueError for words that say neither."""
    if keep in ENDLESS:
        return None
    found = _PERIOD.fullmatch(keep)
    if found is None or found[3] not in _SINCE:
        raise ValueError(f"“{keep}” is no period: write “2 years after” and one of {', '.join(_SINCE)}.")
    number, since = int(found[1]), next(one for one in _SINCE if one == found[3])
    return Period(number * _MONTHS.get(found[2], 0), number if found[2] == "day" else 0, since)


def kept(table: str, column: str) -> Period:
    """The period of one column that has one."""
    mark = next(one for one in marks() if (one.table, one.column) == (table, column))
    found = period_of(mark.keep)
    if found is None:
        raise ValueError(f"{mark.name} is kept {mark.keep}, which is no period.")
    return found
