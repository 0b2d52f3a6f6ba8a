"""The board by stage as a page: what is where, whom to help first, and the way to all of them."""

from datetime import timedelta

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.queries.lists.stage_board import SHOWN

BOARD = "/advisor/board"


def test_an_empty_board_says_so_at_each_stage(advisor: Visitor) -> None:
    assert advisor.open(BOARD).words.count("Nobody is here") == 9


def test_each_stage_leads_to_its_engagements(advisor: Visitor, journey: Journey, clock: Clock) -> None:
    more = [Journey(journey.store, journey.now).begin(order=f"S-{number}") for number in range(SHOWN)]
    more[0].fire("hold", note="Inspection.", values={"review_on": "2026-01-05"})
    clock.now += timedelta(days=30)
    page = advisor.sign_in("advisor.web@example.org").open(BOARD)
    assert "1. Purchase" in page.words
    assert f"{SHOWN} under way at Purchase" in page.words
    assert "The school was to name at least three staff by 20 Oct 2025 Late" in page.words
    late, held = page.link("late"), page.link("on hold")
    assert "stage=purchase" in late
    assert journey.reference in advisor.open(late).words
    assert more[0].reference in advisor.open(held).words


def test_it_is_of_one_advisor_or_of_nobody(advisor: Visitor, journey: Journey) -> None:
    assert "1 under way" in advisor.open(f"{BOARD}?advisor=1").words
    for whose in ("mine", "nobody"):
        assert "under way" not in advisor.open(f"{BOARD}?advisor={whose}").words
    with counted(journey.store) as asked:
        advisor.open(BOARD)
    assert len(asked) <= 12
