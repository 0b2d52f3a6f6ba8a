"""Figures of who keeps to the day, and who has how much in hand."""

from collections.abc import Sequence
from datetime import date

from web.advisor.insight.figure import Figure
from web.advisor.insight.reading import Reading
from web.charts.bars import bars
from web.charts.lines import lines
from workflow.english import count_of
from workflow.queries.insight.caseloads import count_caseloads
from workflow.queries.insight.kept_promises import MonthKept, count_kept

_OWNERS = {"council": "The council", "school": "Schools"}
_FIRST = 1


def on_time(reading: Reading) -> Figure:
    months = count_kept(reading.db, reading.code, reading.months, reading.now)
    whole = {one: _percent(sum(m.kept[one] for m in months), sum(m.due[one] for m in months)) for one in _OWNERS}
    heads = [f"{title}: {what}" for title in _OWNERS.values() for what in ("due", "in time")]
    return Figure(
        "Promises kept by their day",
        f"Over these months the council kept {whole['council']} of its promises by their day, and schools "
        f"{whole['school']} of theirs. Each promise counts in the month in which it fell due; one that is late and "
        "still open is not kept.",
        ("Month", *heads),
        [(f"{one.month:%B %Y}", *_row(one)) for one in months],
        lines(month_words([one.month for one in months]), _shares(months), percent=".0%")
        if any(one.due[owner] for one in months for owner in _OWNERS)
        else None,
    )


def _shares(months: Sequence[MonthKept]) -> dict[str, list[float | None]]:
    return {title: [one.share(owner) for one in months] for owner, title in _OWNERS.items()}


def _row(one: MonthKept) -> list[int]:
    return [number for owner in _OWNERS for number in (one.due[owner], one.kept[owner])]


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def month_words(months: Sequence[date]) -> list[str]:
    """What stands under an axis: the first month and each January with their year on a second line."""
    return [
        f"{one:%b}|{one.year}" if place == 0 or one.month == _FIRST else f"{one:%b}" for place, one in enumerate(months)
    ]


def load(reading: Reading) -> Figure:
    found = count_caseloads(reading.db, reading.code, reading.now)
    names = [one.name or "Nobody" for one in found]
    late = sum(one.late for one in found)
    return Figure(
        "Who has how much in hand",
        f"{count_of(sum(one.active for one in found), 'engagement')} under way, and the council’s next move is late "
        f"for {late:,} of them. In the picture, the dark part of a bar and its first number are those where the "
        "council’s move is next; the whole bar and its second number are all that are under way.",
        ("Looked after by", "Under way", "Council’s move next", "Of these late", "On hold"),
        [(name, one.active, one.council, one.late, one.on_hold) for name, one in zip(names, found, strict=True)],
        bars(names, [one.council for one in found], further=[one.active for one in found]),
        {
            name: f"/advisor/engagements?advisor={one.id or 'nobody'}&standing=active{reading.of_offer}"
            for name, one in zip(names, found, strict=True)
        },
    )
