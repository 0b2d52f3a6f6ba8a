"""Figures of how long it takes: the days at each stage, and where cases really wait."""

from collections.abc import Mapping

from web.advisor.insight.figure import Figure
from web.advisor.insight.reading import Reading
from web.charts.bars import bars
from web.charts.process_map import Arrow, process_map
from web.formatting import STANDING_TITLES
from workflow.english import count_of
from workflow.queries.insight.days import Days, Way, days_at, ways


def days(reading: Reading) -> Figure:
    each = [(title, days_at(reading.stays, name)) for name, title in reading.known.passing.items()]
    slow = max(each, key=lambda one: one[1].ninetieth or 0)
    says = (
        f"The slowest end is at “{slow[0]}”: half of them took {count_of(slow[1].median or 0, 'day')} at most, and "
        f"nine in ten {slow[1].ninetieth}. In the picture, the dark part of a bar and its first number are the days "
        "that half took at most; the whole bar and its second number are those that nine in ten took at most."
        if slow[1].number
        else "No engagement has left a stage yet."
    )
    return Figure(
        "Days at each stage",
        f"{says} Stays that ended in the last twelve months; every day counts, but those on hold.",
        ("Stage", "Ended", "Half took at most (days)", "Nine in ten took at most (days)"),
        [(title, *found) for title, found in each],
        bars([title for title, _ in each], [one.median for _, one in each], further=[one.ninetieth for _, one in each])
        if slow[1].number
        else None,
    )


def waits(reading: Reading) -> Figure:
    """The process map."""
    titles = reading.known.titles
    gone = sorted(ways(reading.stays), key=lambda way: (-(way.days.median or 0), -way.days.number))
    on = [way for way in gone if way.to in titles and way.stage in titles]
    longest = on[0] if on else None
    says = (
        f"Longest before “{titles[longest.to]}” comes: half of those that went on from “{titles[longest.stage]}” "
        f"had waited there {count_of(longest.days.median or 0, 'day')} or longer. In the picture, each arrow is "
        "a way that was gone, thicker the more went it; beside it stand the days that half took at most and how "
        "many went it, and the longest wait is bold."
        if longest
        else "No engagement has gone from one stage to another yet."
    )
    return Figure(
        "Where cases really wait",
        f"{says} The last twelve months, with what was taken back left out.",
        ("From", "To", "How many", "Half took at most (days)", "Nine in ten took at most (days)"),
        [(titles.get(way.stage, way.stage), _end(way, titles), *way.days) for way in gone],
        _map(titles, on) if on else None,
    )


def turns(reading: Reading) -> Figure:
    found = reading.turns
    council, schools = sum(one.council for one in found), sum(one.school for one in found)
    whole = council + schools
    return Figure(
        "Whose turn it was while they waited",
        f"The next move was the council’s for {_share(council, whole)} of the time and schools’ for "
        f"{_share(schools, whole)}, added up over all engagements in the last twelve months. In the picture, the "
        "dark part of a bar and its first number are the council’s days; the whole bar and its second number are "
        "the days of both."
        if whole
        else "Nobody has waited for a day yet.",
        ("Stage", "Council’s turn (days)", "Schools’ turn (days)", "Council’s share"),
        [(*one, _share(one.council, one.council + one.school)) for one in found],
        bars(
            [one.title for one in found],
            [one.council for one in found],
            further=[one.council + one.school for one in found],
        )
        if whole
        else None,
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _end(way: Way, titles: Mapping[str, str]) -> str:
    return titles.get(way.to) or STANDING_TITLES.get(way.to, way.to)


def _map(titles: Mapping[str, str], on: list[Way]) -> Mapping[str, object]:
    places = {name: place for place, name in enumerate(titles)}
    most = max(way.days.number for way in on)
    return process_map(
        list(titles.values()),
        [
            Arrow(places[way.stage], places[way.to], _said(way.days), way.days.number / most, way is on[0])
            for way in sorted(on, key=lambda way: (way.stage, way.to))
        ],
    )


def _said(found: Days) -> str:
    return f"{count_of(found.median or 0, 'day')} ({found.number:,})"
