"""What if: asked on a page, done by a worker, and two futures held against one another."""

import pytest

from config.settings import HABITS, OFFERS
from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.simulation import worker_pool
from workflow.simulation.asked import jobs, question
from workflow.simulation.asked.futures import Ground
from workflow.simulation.asked.work import work
from workflow.store.session import Store

PAGE = "/advisor/insight/what-if"
ABSENCE = {
    "who": "1",
    **{f"date1-{part}": value for part, value in (("day", "3"), ("month", "11"), ("year", "2025"))},
    **{f"date2-{part}": value for part, value in (("day", "28"), ("month", "11"), ("year", "2025"))},
}


@pytest.fixture
def one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting processes takes longest."""
    monkeypatch.setattr(worker_pool, "cpu_count", lambda: 1)


def asked(lead: Visitor, **typed: str) -> Visitor:
    return lead.post(PAGE, lead.open(PAGE).fields(f'action="{PAGE}"') | typed)


@pytest.mark.usefixtures("one_processor")
def test_both_futures_stand_side_by_side_once_a_worker_has_rehearsed_them(
    lead: Visitor, journey: Journey, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "_JULY", 12)
    journey.to("training_2")
    asked(lead, **ABSENCE, orders="2", orders_in="2025-11").follow()
    said = "The advisor is away from Monday 3 November 2025 to Friday 28 November 2025 and 2 more orders come in during"
    assert said in lead.words
    assert "Waiting for a worker" in lead.words
    page = f"{PAGE}/1"
    assert lead.open(f"{page}.csv").answer.status_code == 404
    with store.reading() as session:
        before = jobs.count_waiting(session, clock.now)
    assert work(store, Ground(OFFERS, HABITS), clock)
    assert not work(store, Ground(OFFERS, HABITS), clock), "it is done once"
    assert before == 1
    lead.open(page)
    assert lead.texts("h2")[:2] == ["In the end", "Certificates issued so far"]
    assert "Engagements 1 3 +2" in lead.words
    assert lead.answer.text.count("<svg xmlns") == 5
    assert "Week of,Certificates issued so far: As it is" in lead.open(f"{page}.csv").answer.text
    assert said in lead.open(PAGE).words, "among those rehearsed lately"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose at least one thing that is different"),
        (ABSENCE | {"who": ""}, "Choose who is away"),
        (ABSENCE | {"who": "999"}, "Choose who is away"),
        (ABSENCE | {"date2-day": "2"}, "The last day must be the same as the first day or after it"),
        (ABSENCE | {"date1-day": "31"}, "The first day must be a real date"),
        (ABSENCE | {"date1-year": "2027", "date2-year": "2027"}, "These days must lie between today and"),
        ({"orders": "5"}, "Choose the month in which they come in"),
        ({"orders_in": "2025-11"}, "Enter how many orders, between 1 and 500"),
        ({"orders": "501", "orders_in": "2025-11"}, "Enter how many orders, between 1 and 500"),
        ({"orders": "٥", "orders_in": "2025-11"}, "Enter how many orders, between 1 and 500"),
        ({"no_visits": "1999-01"}, "Choose one of the months"),
    ],
)
def test_what_cannot_be_rehearsed_is_told_and_what_was_typed_stays(
    lead: Visitor, typed: dict[str, str], sentence: str
) -> None:
    answer = asked(lead, **typed).answer
    assert answer.status_code in (400, 422)
    assert sentence in lead.words
    assert all(f'value="{value}"' in answer.text for value in typed.values() if value in ("501", "2027"))


def test_more_than_a_page_may_ask_of_a_worker_is_refused(
    lead: Visitor, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "MOST_UNDER_WAY", 0)
    assert journey.row.standing == "active"
    asked(lead, no_visits="2025-11")
    assert "There are 1 engagements under way, and a page rehearses 0 at most." in lead.words
    assert lead.open(f"{PAGE}/1").answer.status_code == 404, "nothing was written down"


def test_one_that_is_not_there_is_not_found(lead: Visitor) -> None:
    assert lead.open(f"{PAGE}/7").answer.status_code == 404
