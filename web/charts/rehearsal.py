"""A rehearsal as a picture: four charts over the same weeks. The table says the same in numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from web.charts.draw import Spec, draw
from web.charts.lines import MOST_LINES, lines
from workflow.english import day_in_words
from workflow.simulation.report import SimulationReport, Week

_WIDE = 760
_DAYS_A_WEEK, _JANUARY = 7, 1
_Lines = Mapping[str, Sequence[int]]


def svg(report: SimulationReport, title: str) -> str:
    """One picture whose description says what it shows to whoever cannot see it."""
    times = week_words([week.monday for week in report.weeks])
    panels = [
        {"title": _heading(name, 16), **lines(times, those, width=_WIDE)} for name, those in _panels(report.weeks)
    ]
    each_its_own = {"scale": dict.fromkeys(("color", "strokeDash", "shape"), "independent")}
    whole = {"title": _heading(title, 20), "vconcat": panels, "spacing": 40, "resolve": each_its_own}
    return draw(whole, "rehearsal", title, _in_words(report)) + "\n"


def week_words(mondays: Sequence[date]) -> list[str]:
    """What stands under an axis: the month in which each first week of one begins, the first and January with the
    year on a second line; nothing under the other weeks."""
    said = []
    for place, monday in enumerate(mondays):
        begins = place == 0 or monday.day <= _DAYS_A_WEEK
        year = f"|{monday.year}" if place == 0 or monday.month == _JANUARY else ""
        said.append(f"{monday:%b}{year}" if begins else "")
    return said


def _heading(words: str, size: int) -> Spec:
    return {"text": words, "anchor": "start", "frame": "group", "fontSize": size}


def _panels(weeks: Sequence[Week]) -> Iterator[tuple[str, _Lines]]:
    yield (
        "Late when the week ends",
        {"the council": [week.late["council"] for week in weeks], "schools": [week.late["school"] for week in weeks]},
    )
    yield "Things done in a week, by person", dict(_loads(weeks))
    yield "Emails in a week", {"emails": [week.emails for week in weeks]}
    yield "Certificates issued so far", {"certificates": [week.certificates for week in weeks]}


def _loads(weeks: Sequence[Week]) -> Iterator[tuple[str, list[int]]]:
    """The people with most to do; where there are more than can be told apart, the rest are one line."""
    whole: dict[str, int] = {}
    for week in weeks:
        for name, count in week.acts.items():
            whole[name] = whole.get(name, 0) + count
    names = sorted(whole, key=lambda name: (-whole[name], name))
    shown = names if len(names) <= MOST_LINES else names[: MOST_LINES - 1]
    for name in shown:
        yield name, [week.acts.get(name, 0) for week in weeks]
    if len(shown) < len(names):
        rest = names[len(shown) :]
        yield f"{len(rest)} others", [sum(week.acts.get(name, 0) for name in rest) for week in weeks]


def _in_words(report: SimulationReport) -> str:
    first, last = report.weeks[0].monday, report.weeks[-1].monday
    told = "; ".join(f"{words}: {number:,}" for words, number in report.summary.items())
    return f"By week, from {day_in_words(first)} to the week of {day_in_words(last)}. {told}."
