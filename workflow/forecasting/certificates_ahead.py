"""How many certificates will come by when, from all engagements under way, going by how long others took. Pure.

For each that is under way, what is left of its stage and every stage after it are added up as chances, as `forecast`
does, but in weeks, as months are what is asked about. Who may leave on the way is weighed by how many have. Engagements
count as independent of one another, so that how far the sum may stray follows from theirs. New orders are not in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import sqrt
from statistics import NormalDist

from workflow.forecasting.stay_counts import StayCount
from workflow.forecasting.survival import Distribution, Stay, followed_by, given, lengths

#: How many ended stays every stage needs, as in the forecast of one engagement.
NEEDED = 5
_WEEK = 7
#: Four times out of five the number lies within.
_STRAY = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class Expected:
    """Certificates from now up to the end of a month, whose first day `month` is: `likely`, and four times out of five
    from `low` to `high`."""

    month: date
    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True)
class CertificatesAhead:
    """`months` is empty where `scarce` stages have been left too seldom to say anything, by name. `people` are all who
    may have one, and `outlasted` those of them whose engagement has been at its stage for longer than any other was."""

    months: tuple[Expected, ...]
    people: int
    outlasted: int = 0
    scarce: tuple[str, ...] = ()


def expect(
    stays: Sequence[StayCount], stages: Sequence[str], months: Mapping[date, date], today: date
) -> CertificatesAhead:
    """`stages` are those that lead to the certificates, in order; `months` has the last day of each by its first."""
    waiting = Counter[tuple[int, int, int]]()
    for one in stays:
        if one.goes_on and one.standing == "active" and one.stage in stages and one.people:
            waiting[stages.index(one.stage), one.days // _WEEK, one.people] += one.many
    people = sum(each * many for (_, _, each), many in waiting.items())
    first = min((at for at, _, _ in waiting), default=len(stages))
    known = [_known(stays, stage) for stage in stages]
    scarce = tuple(stages[at] for at in range(first, len(stages)) if _ended(known[at]) < NEEDED)
    if scarce or not waiting:
        return CertificatesAhead((), people, scarce=scarce)
    return _summed(waiting, _Ahead.of(stays, stages, known, first), months, today, people)


def _summed(
    waiting: Counter[tuple[int, int, int]], ahead: "_Ahead", months: Mapping[date, date], today: date, people: int
) -> CertificatesAhead:
    weeks = [max((last - today).days, 0) // _WEEK for last in months.values()]
    mean, variance, outlasted = [0.0] * len(weeks), [0.0] * len(weeks), 0
    for (at, lasted, each), many in waiting.items():
        chances = ahead.chances(at, lasted, weeks)
        if chances is None:
            outlasted += each * many
            continue
        for place, chance in enumerate(chances):
            mean[place] += chance * each * many
            variance[place] += chance * (1 - chance) * each * each * many
    sure = people - outlasted
    told = (
        Expected(month, *(_whole(likely + _STRAY * sqrt(spread) * side, sure) for side in (-1, 0, 1)))
        for month, likely, spread in zip(months, mean, variance, strict=True)
    )
    return CertificatesAhead(tuple(told), people, outlasted)


def _whole(number: float, most: int) -> int:
    return round(min(max(number, 0), most))


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What lies ahead at each stage: how long it lasts itself, its longest stay that ended, the chance that all stages
    after it are done within so many weeks, and the chance that nobody leaves before the end."""

    own: Mapping[int, Distribution]
    longest: Mapping[int, int]
    later: Mapping[int, Sequence[float]]
    stays_in: Mapping[int, float]

    @classmethod
    def of(
        cls, stays: Sequence[StayCount], stages: Sequence[str], known: Sequence[Counter[Stay]], first: int
    ) -> "_Ahead":
        own, longest, later, stays_in = {}, {}, {}, {}
        after: Distribution = [1.0]
        chance = 1.0
        for at in range(len(stages) - 1, first - 1, -1):
            own[at], later[at] = lengths(known[at]), list(accumulate(after))
            longest[at] = max(stay.length for stay in known[at] if stay.ended)
            chance *= _going_on(stays, stages[at])
            stays_in[at] = chance
            after = followed_by(own[at], after)
        return cls(own, longest, later, stays_in)

    def chances(self, at: int, lasted: int, weeks: Sequence[int]) -> list[float] | None:
        """The chance of being done within each of these weeks; None where no stay that ended lasted so long."""
        if lasted > self.longest[at]:
            return None
        left, later = given(lasted, self.own[at])[lasted:], self.later[at]
        return [
            self.stays_in[at]
            * sum(one * later[min(within - week, len(later) - 1)] for week, one in enumerate(left) if week <= within)
            for within in weeks
        ]


def _known(stays: Sequence[StayCount], stage: str) -> Counter[Stay]:
    """In weeks; one that goes on, or ended early, lasted at least so long."""
    known = Counter[Stay]()
    for one in stays:
        if one.stage == stage:
            known[Stay(one.days // _WEEK, ended=one.moved_on)] += one.many
    return known


def _ended(known: Counter[Stay]) -> int:
    return sum(many for stay, many in known.items() if stay.ended)


def _going_on(stays: Sequence[StayCount], stage: str) -> float:
    """The share of those that left a stage which went on to another, and not out of the journey."""
    left = Counter({True: 0, False: 0})
    for one in stays:
        if one.stage == stage and not one.goes_on:
            left[one.moved_on] += one.many
    return left[True] / left.total()
