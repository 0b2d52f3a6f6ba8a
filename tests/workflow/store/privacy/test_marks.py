"""Periods are read from the words that people read."""

from datetime import UTC, datetime

import pytest

from workflow.store.privacy.marks import ENDLESS, kept, marks, period_of


@pytest.mark.parametrize("keep", sorted({mark.keep for mark in marks()}))
def test_every_mark_says_how_long(keep: str) -> None:
    assert (period_of(keep) is None) == (keep in ENDLESS)


@pytest.mark.parametrize(
    ("keep", "begin"),
    [
        ("2 years after the engagement ends", datetime(2026, 2, 28, 9, tzinfo=UTC)),
        ("1 month after it was sent", datetime(2028, 1, 29, 9, tzinfo=UTC)),
        ("90 days after it was last changed", datetime(2027, 12, 1, 9, tzinfo=UTC)),
    ],
)
def test_a_period_ends_on_its_day_even_where_the_month_has_none(keep: str, begin: datetime) -> None:
    period = period_of(keep)
    assert period is not None
    assert period.begin(datetime(2028, 2, 29, 9, tzinfo=UTC)) == begin


@pytest.mark.parametrize("keep", ["for ever", "2 years after tea", "two years after the engagement ends"])
def test_words_that_say_no_period_are_refused_with_some_that_do(keep: str) -> None:
    with pytest.raises(ValueError, match="write “2 years after” and one of"):
        period_of(keep)


def test_a_column_without_a_day_has_no_period() -> None:
    with pytest.raises(ValueError, match="which is no period"):
        kept("certificate", "name")
