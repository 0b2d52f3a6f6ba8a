"""Today: what is mine first, by its day, and what waits for others."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect

#: The accounts of those who sign in.
TAMSIN, DENZIL = 4, 5
DAY = timedelta(days=1)


def give(journey: Journey, advisor: int | None) -> Journey:
    with journey.store.writing() as session:
        session.connection().execute(update(Engagement).where(Engagement.id == journey.id).values(advisor_id=advisor))
    return journey


@pytest.fixture
def owed(journey: Journey) -> Journey:
    """The council owes a date for the first training by Monday 20 October 2025."""
    return give(journey.nominate().to("training_1"), TAMSIN)


def headings(visitor: Visitor) -> list[str]:
    return visitor.open("/advisor/").texts("h2")


def test_nothing_to_do_says_what_is_next_and_when(advisor: Visitor, owed: Journey) -> None:
    words = advisor.open("/advisor/").words
    assert "Nothing is due from you this week. Next is Polwhevral School" in words
    assert "by Monday 20 October 2025." in words
    assert headings(advisor) == []
    assert owed.reference in advisor.open(advisor.link("Polwhevral School")).words


def test_an_empty_record_says_so_too(advisor: Visitor) -> None:
    assert "Nothing is due from you this week." in advisor.open("/advisor/").words


@pytest.mark.parametrize(
    ("later", "found"),
    [(6 * DAY, []), (7 * DAY, ["Later this week"]), (8 * DAY, ["Today"]), (9 * DAY, ["Late"])],
    ids=["the Sunday before", "the Monday", "the day", "the day after"],
)
def test_what_i_owe_stands_under_its_day(
    store: Store, advisor: Visitor, clock: Clock, later: timedelta, found: list[str]
) -> None:
    """It is due on Tuesday 21 October, and Monday the 13th is a week before the first of these days."""
    give(Journey(store, clock.now + DAY).begin().nominate().to("training_1"), TAMSIN)
    clock.now += 7 * DAY + later
    advisor.sign_in("advisor.web@example.org")
    assert headings(advisor) == found


def test_what_is_late_leads_to_the_form_and_says_since_when(owed: Journey, advisor: Visitor, clock: Clock) -> None:
    clock.now += 20 * DAY
    advisor.sign_in("advisor.web@example.org")
    words = advisor.open("/advisor/").words
    assert "Since 6 Oct 2025 By 20 Oct 2025" in words
    assert advisor.link("Offer dates for training session 1").startswith(f"/advisor/engagement/{owed.reference}")


def test_schools_that_owe_something_come_after_what_i_owe_the_late_first(
    journey: Journey, advisor: Visitor, clock: Clock
) -> None:
    give(journey, TAMSIN)
    give(Journey(journey.store, clock.now + 5 * DAY).begin(order="T-2"), TAMSIN)
    clock.now += 30 * DAY
    advisor.sign_in("advisor.web@example.org")
    assert headings(advisor) == ["Waiting for schools"]
    words = advisor.words
    assert words.index(journey.reference) < words.index("CMC-25-0002")
    assert "By 20 Oct 2025 Late" in words


def test_what_is_stuck_is_a_group_of_its_own(owed: Journey, advisor: Visitor) -> None:
    with owed.store.writing() as session:
        session.query(OwedEffect).update({"status": "dead"})
    assert headings(advisor) == ["Stuck"]
    assert "messages stuck" in advisor.words


def test_a_lead_sees_where_the_team_is_stuck_and_an_advisor_only_their_own(
    owed: Journey, advisor: Visitor, lead: Visitor, clock: Clock
) -> None:
    give(Journey(owed.store, clock.now).begin(order="T-2"), None)
    clock.now += 20 * DAY
    assert headings(advisor.sign_in("advisor.web@example.org")) == ["Late"]
    assert headings(lead.sign_in("lead_advisor.web@example.org")) == [
        "Nobody looks after these",
        "Late with others in the team",
    ]


def test_an_assessor_sees_whatever_the_council_owes(owed: Journey, assessor: Visitor, clock: Clock) -> None:
    clock.now += 20 * DAY
    assert headings(assessor.sign_in("assessor.web@example.org")) == ["Late"]
    assert owed.reference in assessor.words


def test_a_group_shows_ten_and_leads_to_all_of_them(journey: Journey, lead: Visitor) -> None:
    for number in range(12):
        give(Journey(journey.store, journey.now).begin(order=f"T-{number}"), None)
    assert lead.open("/advisor/").answer.text.count('<th class="govuk-table__header app-table__reference"') == 10
    with counted(journey.store) as asked:
        lead.open("/advisor/")
    assert len(asked) <= 14
    assert lead.open(lead.link("All of them")).words.count("CMC-25-") >= 12


@pytest.mark.usefixtures("owed")
def test_the_day_is_the_one_on_the_wall_here(advisor: Visitor, clock: Clock) -> None:
    """Half past eleven in the evening of Monday 20 October is Monday here, and half past ten in UTC."""
    clock.now = clock.now.replace(day=20, hour=22, minute=30)
    assert headings(advisor.sign_in("advisor.web@example.org")) == ["Today"]
    clock.now += timedelta(hours=1)
    assert headings(advisor.sign_in("advisor.web@example.org")) == ["Late"]
