"""The middle and the slow end of what was counted."""

from workflow.forecasting.stay_counts import StayCount
from workflow.queries.insight.days import Days, Way, days_at, ways


def moved(days: int, many: int = 1, to: str = "b") -> StayCount:
    return StayCount("a", to, "", days, 0, many)


def test_half_and_nine_in_ten_took_at_most_so_many_days() -> None:
    stays = [moved(1, 5), moved(10, 4), moved(99)]
    assert days_at(stays, "a") == Days(10, 1, 10)
    assert days_at([*stays, moved(99)], "a") == Days(11, 10, 99)


def test_what_goes_on_or_ended_early_is_no_stay_that_moved_on() -> None:
    early = StayCount("a", "", "cancelled", 3, 0, 2)
    on = StayCount("a", "", "active", 30, 4, 1)
    assert days_at([early, on], "a") == Days(0, None, None)
    assert ways([early, on, moved(7)]) == [Way("a", "cancelled", Days(2, 3, 3)), Way("a", "b", Days(1, 7, 7))]
