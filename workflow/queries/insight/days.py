"""How long it takes: the middle and the slow end of the days at each stage, and of each way on from it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from workflow.forecasting.stay_counts import StayCount

_HALF, _NINE_IN_TEN = 0.5, 0.9


class Days(NamedTuple):
    """`median` is what half of them took at most, `ninetieth` what nine in ten took at most; None of none."""

    number: int
    median: int | None
    ninetieth: int | None


class Way(NamedTuple):
    """From one stage to another, or out of the journey: `to` is a stage, or the standing that it ended in."""

    stage: str
    to: str
    days: Days


def days_at(stays: Iterable[StayCount], stage: str) -> Days:
    """Of the stays at it after which the journey went on."""
    return _days(one for one in stays if one.stage == stage and one.moved_on)


def ways(stays: Sequence[StayCount]) -> list[Way]:
    """Every way that was gone, those gone most often first."""
    gone: dict[tuple[str, str], list[StayCount]] = {}
    for one in stays:
        if not one.goes_on:
            gone.setdefault((one.stage, one.went_to or one.standing), []).append(one)
    return sorted((Way(*way, _days(those)) for way, those in gone.items()), key=lambda way: (-way.days.number, way[:2]))


def _days(stays: Iterable[StayCount]) -> Days:
    counted: Counter[int] = Counter()
    for one in stays:
        counted[one.days] += one.many
    if not counted:
        return Days(0, None, None)
    return Days(counted.total(), _within(counted, _HALF), _within(counted, _NINE_IN_TEN))


def _within(counted: Mapping[int, int], share: float) -> int:
    """The fewest days within which this share of them lies."""
    lengths = sorted(counted)
    reached = accumulate(counted[days] for days in lengths)
    wanted = ceil(sum(counted.values()) * share)
    return next(days for days, many in zip(lengths, reached, strict=True) if many >= wanted)
