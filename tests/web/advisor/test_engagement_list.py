"""The list of engagements."""

from datetime import timedelta

import pytest

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.tables.owed_effect import OwedEffect


def test_an_empty_list_says_what_will_fill_it(advisor: Visitor) -> None:
    assert "There are no engagements yet." in advisor.open("/advisor/").words


def test_a_line_says_stage_standing_and_what_is_due(advisor: Visitor, journey: Journey) -> None:
    words = advisor.open("/advisor/").words
    assert f"{journey.reference} School Polwhevral School Nanskerris Stage 1 of 9: Purchase Standing Active" in words
    assert "The school is to name at least three staff by 20 October 2025" in words
    assert "2 on the way" in words


@pytest.mark.usefixtures("journey")
def test_late_is_said_in_words_and_counted(advisor: Visitor, clock: Clock) -> None:
    clock.now += timedelta(days=30)
    advisor.sign_in("advisor.web@example.org")
    words = advisor.open("/advisor/").words
    assert "The school was to name at least three staff by 20 October 2025 Late" in words
    assert "Schools owe 1 1 late" in words


def test_stuck_effects_are_counted(advisor: Visitor, journey: Journey) -> None:
    with journey.store.writing() as session:
        session.query(OwedEffect).update({"status": "dead"})
    words = advisor.open("/advisor/").words
    assert "Stuck 2" in words
    assert "2 stuck" in words


def test_the_filter_finds_by_school_stage_and_standing(advisor: Visitor, journey: Journey) -> None:
    for query in ("find=polwhev", f"find={journey.reference.lower()}", "stage=purchase", "standing=active"):
        assert journey.reference in advisor.open(f"/advisor/?{query}").words
        assert "1 engagement of 1 shown." in advisor.words
    for query in ("find=elsewhere", "stage=framework", "standing=lapsed"):
        assert journey.reference not in advisor.open(f"/advisor/?{query}").words
        assert "No engagement matches." in advisor.words


def test_a_filter_nobody_knows_shows_everything(advisor: Visitor, journey: Journey) -> None:
    assert journey.reference in advisor.open("/advisor/?stage=nonsense&standing='; DROP TABLE").words
