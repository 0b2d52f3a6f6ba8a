"""Answers as people give them, in every combination that makes another journey."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from workflow.offer.making.answers import Answers, read

WHOSE = {"provider": "Trelantic Council", "contact": "marks@trelantic.example.org"}
PLAIN = {
    "title": "Kind Corridors Mark",
    "code": "corridors",
    "version": "2027-01",
    "price": "75.00",
    "meetings": 1,
    **WHOSE,
}
NOBODY, PEOPLE = {"phases": ()}, {"phases": ("Beginning", "Going on")}
#: Nobody takes part by name; or people, who may send in evidence and get a certificate.
_TAKING_PART: tuple[dict[str, Any], ...] = (
    NOBODY,
    PEOPLE,
    PEOPLE | {"evidence": True},
    PEOPLE | {"certificate": True},
    PEOPLE | {"evidence": True, "certificate": True, "minimum_staff": 2},
)


def combinations() -> Iterator[Answers]:
    """One for each journey that can come of the answers; price and lapse take turns."""
    several = product(_TAKING_PART, (0, 1, 3), (False, True))
    for number, (people, meetings, visit) in enumerate(several):
        yield read(
            PLAIN
            | people
            | {
                "code": f"corridors-{number}",
                "meetings": meetings,
                "visited": visit,
                "price": ("75.00", "0")[number % 2],
                "lapse_after": (40, 0, 10)[number % 3],
            }
        )
