"""The list of engagements: found, filtered by its address, and read in pages."""

from datetime import timedelta

import pytest

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.queries.lists.engagement_list import PAGE
from workflow.store.search_texts import make_stale_of_schools
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School
from workflow.store.tables.user import User

LIST = "/advisor/engagements"


@pytest.fixture
def many(journey: Journey) -> list[Journey]:
    """More than one page of them, the first of which is `journey`."""
    return [journey, *(Journey(journey.store, journey.now).begin(order=f"M-{number}") for number in range(PAGE + 4))]


def test_an_empty_list_says_what_will_fill_it(advisor: Visitor) -> None:
    assert "There are no engagements yet." in advisor.open(LIST).words


def test_a_line_says_stage_state_and_what_is_due(advisor: Visitor, journey: Journey) -> None:
    words = advisor.open(LIST).words
    assert f"{journey.reference} School Polwhevral School Nanskerris Stage 1 of 9: Purchase State Active" in words
    assert "The school is to name at least three staff by 20 October 2025" in words
    assert "2 on the way" in words


@pytest.mark.usefixtures("journey")
def test_late_is_said_in_words(advisor: Visitor, clock: Clock) -> None:
    clock.now += timedelta(days=30)
    advisor.sign_in("advisor.web@example.org")
    assert "The school was to name at least three staff by 20 October 2025 Late" in advisor.open(LIST).words


def test_stuck_messages_are_counted(advisor: Visitor, journey: Journey) -> None:
    with journey.store.writing() as session:
        session.query(OwedEffect).update({"status": "dead"})
    assert "2 stuck" in advisor.open(LIST).words
    assert journey.reference in advisor.open(f"{LIST}?sending=stuck").words


def test_search_finds_it_and_says_by_what(advisor: Visitor, journey: Journey) -> None:
    assert "Found by School Polwhevral School" in advisor.open(f"{LIST}?find=polwevral").words
    assert "1 engagement found." in advisor.words
    assert journey.reference in advisor.open(f"{LIST}?find={journey.reference.lower()}&stage=purchase").words
    assert "No engagement matches." in advisor.open(f"{LIST}?find=polwhevral&stage=framework").words
    assert "No engagement matches." in advisor.open(f"{LIST}?find=elsewhere").words
    assert "Type at least three letters, or a number." in advisor.open(f"{LIST}?find=po").words


def test_each_filter_stands_in_the_address(advisor: Visitor, journey: Journey) -> None:
    for query in ("stage=purchase", "standing=active", "owes=school", "phase=Primary", "order=newest"):
        assert journey.reference in advisor.open(f"{LIST}?{query}").words
    for query in ("stage=framework", "standing=lapsed", "owes=council", "due=late", "phase=Secondary", "sending=stuck"):
        assert "No engagement matches." in advisor.open(f"{LIST}?{query}").words


def test_schools_of_one_trust_are_filtered_shown_and_found(advisor: Visitor, journey: Journey) -> None:
    with journey.store.writing() as session:
        school = session.get_one(School, "900001")
        school.trust_code, school.trust = "16991", "Three Headlands Trust"
        make_stale_of_schools(session, ["900001"])
    assert journey.reference in advisor.open(f"{LIST}?trust=16991").words
    assert "Trust Three Headlands Trust" in advisor.open(advisor.link("Save this list under a name")).words
    assert "Found by Trust Three Headlands Trust" in advisor.open(f"{LIST}?find=headlands").words
    overview = advisor.open(f"/advisor/engagement/{journey.reference}")
    assert overview.link("Three Headlands Trust") == f"{LIST}?trust=16991"
    with journey.store.writing() as session:
        session.query(User).update({"list_columns": "school,trust"})
    assert "Trust Three Headlands Trust" in advisor.open(f"{LIST}?trust=16991").words
    assert "Polwhevral School,Nanskerris,Three Headlands Trust" in advisor.open(f"{LIST}.csv?trust=16991").answer.text


def test_a_filter_nobody_knows_shows_everything(advisor: Visitor, journey: Journey) -> None:
    for query in ("stage=nonsense&standing='; DROP TABLE", "advisor=99&due=ever&order=up", "page=nonsense"):
        assert journey.reference in advisor.open(f"{LIST}?{query}").words


def test_the_next_page_keeps_the_filter_and_leads_back(advisor: Visitor, many: list[Journey]) -> None:
    page = advisor.open(f"{LIST}?standing=active&order=newest")
    assert "Previous" not in page.words
    onwards = page.link("Next page")
    assert "standing=active" in onwards
    assert many[0].reference in advisor.open(onwards).words
    assert "Next page" not in advisor.words
    assert many[-1].reference in advisor.open(advisor.link("Previous page")).words


def test_a_page_asks_as_little_however_many_there_are(advisor: Visitor, many: list[Journey]) -> None:
    with counted(many[0].store) as asked:
        advisor.open(LIST)
    assert len(asked) <= 12
    with counted(many[0].store) as asked:
        advisor.open(f"{LIST}?find=polwhevral")
    assert len(asked) <= 12
