"""Certificates to come: counted by hand where that is short."""

from datetime import date

from workflow.forecasting.certificates_ahead import CertificatesAhead, Expected, expect
from workflow.forecasting.stay_counts import StayCount

TODAY = date(2026, 1, 1)
MONTHS = {date(2026, 1, 1): date(2026, 1, 31), date(2026, 2, 1): date(2026, 2, 28)}
WEEK = 7


def left(stage: str, *weeks: int, many: int = 5) -> list[StayCount]:
    return [StayCount(stage, "next", "", one * WEEK, 0, many) for one in weeks]


def here(stage: str, weeks: int, people: int, many: int = 1) -> StayCount:
    return StayCount(stage, "", "active", weeks * WEEK, people, many)


def ahead(*stays: StayCount) -> CertificatesAhead:
    return expect(stays, ["a", "b"], MONTHS, TODAY)


def test_what_is_certain_has_no_range() -> None:
    found = ahead(*left("a", 2), *left("b", 3), here("a", 0, 4, many=2))
    assert found.people == 8
    assert found.months == (Expected(date(2026, 1, 1), 0, 0, 0), Expected(date(2026, 2, 1), 8, 8, 8))


def test_what_may_come_early_or_late_has_a_range_around_the_middle() -> None:
    found = ahead(*left("b", 2, 6), here("b", 0, 1, many=100))
    january, february = found.months
    assert (january.low, january.likely, january.high) == (44, 50, 56)
    assert (february.low, february.likely, february.high) == (100, 100, 100)


def test_time_that_was_spent_already_counts() -> None:
    assert ahead(*left("b", 2, 6), here("b", 3, 1)).months[0].likely == 1, "three weeks are left, or none"


def test_those_who_leave_on_the_way_are_weighed() -> None:
    gone = StayCount("b", "", "cancelled", WEEK, 0, 5)
    assert ahead(*left("b", 1), gone, here("b", 0, 100)).months[1].likely == 50


def test_where_a_stage_was_left_too_seldom_nothing_is_said() -> None:
    found = ahead(*left("a", 1), *left("b", 1, many=4), here("a", 0, 3))
    assert (found.months, found.scarce, found.people) == ((), ("b",), 3)


def test_only_stages_ahead_of_somebody_must_be_known() -> None:
    assert ahead(*left("b", 1), here("b", 0, 3)).scarce == ()


def test_whoever_waits_longer_than_anybody_did_is_told_apart() -> None:
    found = ahead(*left("b", 1), here("b", 9, 3), here("b", 0, 2))
    assert (found.outlasted, found.months[1].likely) == (3, 2)


def test_of_nothing_under_way_nothing_comes() -> None:
    assert ahead(*left("b", 1)) == CertificatesAhead((), 0)
