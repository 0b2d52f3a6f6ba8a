"""Signing in and out."""

from datetime import timedelta

import pytest

from tests.web.conftest import Clock
from tests.web.visitor import Visitor

EMAIL = "advisor.web@example.org"


def test_signing_in_leads_to_the_list(anybody: Visitor) -> None:
    assert anybody.sign_in(EMAIL).answer.location == "/advisor/"
    assert "Tamsin Rowe" in anybody.follow().words


def test_signing_in_leads_back_to_the_page_that_asked(anybody: Visitor, case: str) -> None:
    anybody.open(case).follow()
    assert anybody.fields("/sign-in")["next"] == case
    assert anybody.sign_in(EMAIL, back=case).answer.location == case


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/advisor//evil\r\nSet-Cookie: a=b", "javascript:1"],
)
def test_nobody_is_sent_to_another_site(anybody: Visitor, back: str) -> None:
    assert anybody.sign_in(EMAIL, back=back).answer.location == "/advisor/"


def test_known_and_unknown_addresses_hear_the_same(anybody: Visitor) -> None:
    known = anybody.sign_in(EMAIL, "wrong password").words.replace(EMAIL, "X")
    unknown = anybody.sign_in("nobody@example.org", "wrong password").words.replace("nobody@example.org", "X")
    assert anybody.answer.status_code == 422
    assert known == unknown


def test_five_wrong_passwords_lock_the_account_for_a_minute(anybody: Visitor, clock: Clock) -> None:
    for _ in range(5):
        anybody.sign_in(EMAIL, "wrong password")
    assert anybody.sign_in(EMAIL).answer.status_code == 422
    clock.now += timedelta(minutes=1)
    assert anybody.sign_in(EMAIL).answer.status_code == 303


def test_signing_in_begins_a_new_session(anybody: Visitor) -> None:
    anybody.open("/sign-in")
    with anybody.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    anybody.sign_in(EMAIL)
    with anybody.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_is_a_button_and_ends_the_session(advisor: Visitor) -> None:
    token = advisor.open("/advisor/").fields("/sign-out")
    assert advisor.post("/sign-out", token).answer.location == "/"
    assert advisor.open("/advisor/").answer.status_code == 303


def test_a_session_ends_after_eight_hours(advisor: Visitor, clock: Clock) -> None:
    clock.now += timedelta(hours=7, minutes=59)
    assert advisor.open("/advisor/").answer.status_code == 200
    clock.now += timedelta(minutes=1)
    assert advisor.open("/advisor/").answer.status_code == 303
