"""Subscription addresses on the calendar's page: made, shown once, withdrawn."""

import pytest

from tests.web.visitor import Visitor

CALENDAR = "/advisor/calendar"


def make(visitor: Visitor, whose: str = "mine") -> str:
    """The address, as the page shows it."""
    visitor.post(
        f"{CALENDAR}/feed", visitor.open(CALENDAR).fields('action="/advisor/calendar/feed"') | {"whose": whose}
    )
    shown = visitor.answer.text.partition('id="address"')[2].partition("</textarea>")[0]
    return shown.partition("http://")[2].partition("/")[2]


def test_an_address_is_shown_once_with_how_to_use_it(advisor: Visitor) -> None:
    address = make(advisor)
    assert advisor.answer.status_code == 200
    assert "This is the only time this address is shown." in advisor.words
    assert 'href="webcal://' in advisor.answer.text
    assert address.startswith("calendar/")
    assert address.endswith(".ics")
    advisor.open(CALENDAR)
    assert address not in advisor.answer.text
    assert "6 October 2025 at 12pm Shows My schools" in advisor.words


def test_it_shows_what_was_asked_for(advisor: Visitor, assessor: Visitor) -> None:
    make(advisor, "all")
    assert "It shows all meetings." in advisor.words
    assert "Shows All meetings" in advisor.open(CALENDAR).words
    assert 'name="whose" value="all"' in assessor.open(CALENDAR).answer.text
    assert make(assessor, "all")


def test_a_withdrawn_address_is_gone_from_the_page_and_reads_nothing(advisor: Visitor, anybody: Visitor) -> None:
    address = make(advisor)
    assert anybody.open(f"/{address}").answer.status_code == 200
    form = f'action="{CALENDAR}/feed/1/withdraw"'
    advisor.post(f"{CALENDAR}/feed/1/withdraw", advisor.open(CALENDAR).fields(form))
    assert "The subscription address is withdrawn." in advisor.follow().words
    assert form not in advisor.answer.text
    assert anybody.open(f"/{address}").answer.status_code == 404


def test_nobody_sees_or_withdraws_an_address_of_somebody_else(advisor: Visitor, lead: Visitor) -> None:
    address = make(advisor)
    assert "Your subscription addresses" not in lead.open(CALENDAR).words
    lead.post(f"{CALENDAR}/feed/1/withdraw", lead.fields("/sign-out"))
    assert lead.answer.status_code == 404
    assert lead.open(f"/{address}").answer.status_code == 200


@pytest.mark.parametrize("path", ["/feed", "/feed/1/withdraw"])
def test_both_need_the_forms_token(advisor: Visitor, path: str) -> None:
    make(advisor)
    assert advisor.post(CALENDAR + path, {"whose": "mine"}).answer.status_code == 400
    assert "Your subscription addresses" in advisor.open(CALENDAR).words


def test_a_form_that_was_tampered_with_makes_nothing(advisor: Visitor) -> None:
    make(advisor, "everybody")
    assert advisor.answer.status_code == 422
    assert "Your subscription addresses" not in advisor.open(CALENDAR).words


def test_there_is_an_end_to_it(advisor: Visitor) -> None:
    for _ in range(11):
        make(advisor)
    assert advisor.answer.status_code == 409
    assert "You have 10 subscription addresses. Withdraw one before you make another." in advisor.words
