"""Lengths of stays as chances: what others' stays, ended or still going on, say about one that is not over yet. Pure.

A distribution is a list of chances: place n holds the chance of n whole days of some unit.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

Distribution = Sequence[float]
#: Chances are sums of floats; a share that is missed by less than this is reached.
_ROUNDING = 1e-9


class Stay(NamedTuple):
    """How many whole days something lasted. One that has not `ended` lasted at least so long (it is right-censored)."""

    length: int
    ended: bool


def lengths(stays: Iterable[Stay]) -> Distribution:
    """How long a stay lasts, by the product-limit estimator. Raises ValueError when there are no stays.

    Source: E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American
    Statistical Association 53 (1958), 457-481. As there, a stay that went on when it was last seen counts as one that
    might still have ended on that day. What is left after the last end goes to the longest length that was seen.
    """
    seen = Counter(stays)
    if not seen:
        raise ValueError("Nothing can be estimated from no stays.")
    at_risk, lasting = seen.total(), 1.0
    chances = [0.0] * (max(seen).length + 1)
    for length in sorted({stay.length for stay in seen}):
        ended, unended = seen[Stay(length, ended=True)], seen[Stay(length, ended=False)]
        chances[length] = lasting * ended / at_risk
        lasting *= 1 - ended / at_risk
        at_risk -= ended + unended
    chances[-1] += lasting
    return chances


def given(lasted: int, whole: Distribution) -> Distribution:
    """The same of a stay that has lasted so many days already. Raises ValueError when none lasts so long."""
    left = sum(whole[lasted:])
    if not left:
        raise ValueError(f"No stay lasts {lasted} days or more.")
    return [0.0] * lasted + [chance / left for chance in whole[lasted:]]


def followed_by(first: Distribution, second: Distribution) -> Distribution:
    """How long two stays last together, one after the other and independent of each other."""
    total = [0.0] * (len(first) + len(second) - 1)
    for days, chance in enumerate(second):
        if chance:
            reached = total[days : days + len(first)]
            total[days : days + len(first)] = [old + chance * new for old, new in zip(reached, first, strict=True)]
    return total


def quantile(whole: Distribution, share: float) -> int:
    """The shortest length within which this share of stays, between nought and one, has ended."""
    reached = accumulate(whole)
    return next((days for days, sum_ in enumerate(reached) if sum_ >= share - _ROUNDING), len(whole) - 1)
