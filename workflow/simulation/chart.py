"""A rehearsal as a picture: four small charts over the same weeks, as SVG. The table says the same in numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from workflow.english import day_in_words
from workflow.simulation.report import SimulationReport, Week

_WIDTH, _LEFT, _RIGHT = 880, 56, 20
_PLOT, _GAP, _TOP, _BOTTOM = 96, 64, 76, 40
_FONT = "font-family:Arial,sans-serif;fill:#0b0c0c"
#: Told apart by tone and by dashes too, not by colour alone.
_INKS = (("#1d70b8", ""), ("#b58840", "6 3"), ("#4c2c92", "2 3"), ("#00703c", "10 4"), ("#b10e1e", "1 3"))
_MOST_LINES = len(_INKS)
_DAYS_A_WEEK = 7
_LABELLED = 'aria-labelledby="chart-title chart-description"'


@dataclass(frozen=True, slots=True)
class _Panel:
    """One chart: its title, and what each line is called and counts."""

    title: str
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def svg(report: SimulationReport, title: str) -> str:
    """One picture whose description says what it shows to whoever cannot see it."""
    panels = list(_panels(report.weeks))
    height = _TOP + len(panels) * (_PLOT + _GAP) + _BOTTOM
    drawn = [part for number, panel in enumerate(panels) for part in _panel(panel, _TOP + number * (_PLOT + _GAP))]
    style = f"text{{{_FONT};font-size:13px}}.t{{font-weight:bold;font-size:15px}}.h{{font-size:20px}}.q{{fill:#505a5f}}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_LABELLED}>',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-description">{escape(_in_words(report))}</desc>',
        f"<style>{style}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="34" class="t h">{escape(title)}</text>',
        *drawn,
        *_months(report.weeks, height - _BOTTOM + 8),
        "</svg>",
    ]
    return "\n".join([*parts, ""])


def _panels(weeks: Sequence[Week]) -> Iterator[_Panel]:
    council = tuple(week.late["council"] for week in weeks)
    school = tuple(week.late["school"] for week in weeks)
    yield _Panel("Late when the week ends", (("the council", council), ("schools", school)))
    yield _Panel("Things done in a week, by person", tuple(_loads(weeks)))
    yield _Panel("Emails in a week", (("emails", tuple(week.emails for week in weeks)),))
    yield _Panel("Certificates issued so far", (("certificates", tuple(week.certificates for week in weeks)),))


def _loads(weeks: Sequence[Week]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The people with most to do; where there are more than there are inks, the rest are one line."""
    whole: dict[str, int] = {}
    for week in weeks:
        for name, count in week.acts.items():
            whole[name] = whole.get(name, 0) + count
    names = sorted(whole, key=lambda name: (-whole[name], name))
    shown = names if len(names) <= _MOST_LINES else names[: _MOST_LINES - 1]
    for name in shown:
        yield name, tuple(week.acts.get(name, 0) for week in weeks)
    if len(shown) < len(names):
        rest = names[len(shown) :]
        yield f"{len(rest)} others", tuple(sum(week.acts.get(name, 0) for name in rest) for week in weeks)


def _panel(panel: _Panel, top: int) -> Iterator[str]:
    most = max(1, *(value for _, values in panel.lines for value in values)) if panel.lines else 1
    bottom = top + _PLOT
    yield f'<text x="{_LEFT}" y="{top - 12}" class="t">{escape(panel.title)}</text>'
    for value, y in ((most, top), (0, bottom)):
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" stroke="#b1b4b6"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end" class="q">{value:,}</text>'
    for number, (name, values) in enumerate(panel.lines):
        ink, dashes = _INKS[number]
        points = " ".join(
            f"{_x(place, len(values)):.1f},{_y(value, most, bottom):.1f}" for place, value in enumerate(values)
        )
        yield (
            f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
        )
        yield from _key(name, ink, dashes, number, top - 16)


def _key(name: str, ink: str, dashes: str, number: int, y: int) -> Iterator[str]:
    x = 330 + number * 110
    stroke = f'stroke="{ink}" stroke-width="3" stroke-dasharray="{dashes}"'
    yield f'<line x1="{x}" x2="{x + 22}" y1="{y}" y2="{y}" {stroke}/>'
    yield f'<text x="{x + 27}" y="{y + 4}">{escape(name[:12])}</text>'


def _x(place: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * place / max(count - 1, 1)


def _y(value: int, most: int, bottom: int) -> float:
    return bottom - _PLOT * value / most


def _months(weeks: Sequence[Week], y: int) -> Iterator[str]:
    """The month in which each first week of one begins."""
    seen: set[tuple[int, int]] = set()
    for place, week in enumerate(weeks):
        month = (week.monday.year, week.monday.month)
        if month not in seen and (place == 0 or week.monday.day <= _DAYS_A_WEEK):
            seen.add(month)
            x = _x(place, len(weeks))
            yield f'<text x="{x:.1f}" y="{y}" text-anchor="middle" class="q">{_month(week.monday)}</text>'


def _month(day: date) -> str:
    return f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"


def _in_words(report: SimulationReport) -> str:
    first, last = report.weeks[0].monday, report.weeks[-1].monday
    told = "; ".join(f"{words}: {number:,}" for words, number in report.summary.items())
    return f"By week, from {day_in_words(first)} to the week of {day_in_words(last)}. {told}."
