"""The promises board as a page: what the council owes and what schools owe, and how late each is."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from config.settings import Settings
from tests.journeys import LEAD, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.tables.promise import PromiseRow
from workflow.usecases import advisors

BOARD = "/advisor/promises"


@pytest.fixture
def two(journey: Journey) -> tuple[Journey, Journey]:
    """The council owes the next move of the first, which the lead advisor looks after; a school that of the second."""
    second = Journey(journey.store, journey.now).begin(order="SFS-2")
    journey.nominate()
    journey._do(advisors.hand_over, "lead_advisor@example.org", note="She knows the school.", actor=LEAD)
    return journey, second


def council_and_schools(visitor: Visitor) -> tuple[str, str]:
    """The words of what the council owes and of what schools owe, below the filter."""
    council, _, schools = visitor.words.rpartition("Show")[2].partition("Schools owe")
    return council, schools


def test_an_empty_board_is_friendly(advisor: Visitor) -> None:
    words = advisor.open(BOARD).words
    assert "The council owes nothing just now." in words
    assert "No school owes anything just now." in words


def test_each_promise_stands_with_whoever_owes_it(advisor: Visitor, two: tuple[Journey, Journey]) -> None:
    council, schools = council_and_schools(advisor.open(BOARD))
    first, second = (journey.reference for journey in two)
    assert (
        f"{first} School Polwhevral School Nanskerris What Offer dates for training session 1 Training session 1 "
        "Since 6 Oct 2025 By 20 Oct 2025 Late In time Advisor The lead_advisor"
    ) in council
    assert (
        f"{second} School Polwhevral School Nanskerris What Name at least three staff Purchase "
        "Since 6 Oct 2025 By 20 Oct 2025 Late In time Advisor Tamsin Rowe"
    ) in schools
    assert "The council owes 1 Schools owe 1" in advisor.words


@pytest.mark.usefixtures("two")
def test_late_is_counted_in_the_days_of_whoever_is_late(advisor: Visitor, clock: Clock) -> None:
    clock.now += timedelta(days=28)
    council, schools = council_and_schools(advisor.sign_in("advisor.web@example.org").open(BOARD))
    assert "By 20 Oct 2025 Late 10 council days late" in council
    assert "By 20 Oct 2025 Late 5 school days late" in schools
    assert "The council owes 1 1 late Schools owe 1 1 late" in advisor.words
    assert '<strong class="govuk-tag govuk-tag--red">' in advisor.answer.text


def test_the_board_shows_one_advisors_own(advisor: Visitor, two: tuple[Journey, Journey]) -> None:
    council, schools = council_and_schools(advisor.open(f"{BOARD}?advisor=2"))
    assert two[0].reference in council
    assert "No school owes anything just now." in schools
    assert "1 promise with The lead_advisor’s schools shown. Show all" in advisor.words
    assert "The council owes 1 Schools owe 0" in advisor.words


def test_the_board_shows_what_is_late(advisor: Visitor, two: tuple[Journey, Journey], clock: Clock) -> None:
    council, schools = council_and_schools(advisor.open(f"{BOARD}?show=late"))
    assert "Nothing is late: the council is keeping its promises." in council
    assert "Nothing is late: schools are keeping theirs." in schools
    assert "The council owes 1 Schools owe 1" in advisor.words
    clock.now += timedelta(days=28)
    council, schools = council_and_schools(advisor.sign_in("advisor.web@example.org").open(f"{BOARD}?show=late"))
    assert two[0].reference in council
    assert two[1].reference in schools
    assert "2 late promises shown. Show all" in advisor.words


def test_a_filter_nobody_knows_shows_everything(advisor: Visitor, two: tuple[Journey, Journey]) -> None:
    advisor.open(f"{BOARD}?advisor='; DROP TABLE&show=nonsense")
    assert all(journey.reference in advisor.words for journey in two)
    assert "shown. Show all" not in advisor.words


def test_whoever_waits_for_nobody_is_pointed_out(advisor: Visitor, journey: Journey) -> None:
    assert "Nobody owes the next move" not in advisor.open(BOARD).words
    with journey.store.writing() as session:
        session.execute(delete(PromiseRow))
    assert f"tell whoever looks after this service. {journey.reference}: Polwhevral School" in advisor.open(BOARD).words


def test_the_menu_leads_to_the_board(advisor: Visitor) -> None:
    assert f'href="{BOARD}">Promises</a>' in advisor.open("/advisor/").answer.text
    assert f'href="{BOARD}" aria-current="page">Promises</a>' in advisor.open(BOARD).answer.text
    assert advisor.answer.text.count("aria-current") == 1


def test_the_board_is_the_councils_alone(anybody: Visitor, assessor: Visitor) -> None:
    assert anybody.open(BOARD).answer.status_code == 303
    assert assessor.open(BOARD).answer.status_code == 200


def test_a_case_and_its_school_are_told_since_when(
    advisor: Visitor, case: str, journey: Journey, settings: Settings
) -> None:
    school = Links("", settings.secret_key).status(journey.reference)
    assert "The school has owed this since 6 October 2025." in advisor.open(case).words
    assert "This has been yours to do since 6 October 2025." in advisor.open(school).words
    journey.nominate()
    assert "The council has owed this since 6 October 2025." in advisor.open(case).words
    assert "It has been our turn since 6 October 2025." in advisor.open(school).words
