"""Signing in and out."""

from datetime import timedelta

import pytest
from flask import Flask

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


def test_a_session_ends_after_twelve_hours_however_it_is_used(idler: Visitor, clock: Clock) -> None:
    for _ in range(12):
        assert idler.open("/advisor/").answer.status_code == 200
        clock.now += timedelta(minutes=59, seconds=59)
    clock.now += timedelta(seconds=12)
    assert idler.open("/advisor/").answer.status_code == 303


def test_a_session_ends_after_an_hour_in_which_nobody_used_it(idler: Visitor, clock: Clock) -> None:
    clock.now += timedelta(minutes=59)
    assert idler.open("/advisor/").answer.status_code == 200
    clock.now += timedelta(minutes=60)
    assert idler.open("/advisor/").answer.status_code == 303


def test_a_page_that_asks_for_itself_does_not_keep_its_reader_signed_in(idler: Visitor, clock: Clock) -> None:
    for _ in range(3):
        clock.now += timedelta(minutes=20)
        answer = idler.client.get("/advisor/", headers={"X-By-Itself": "1"})
    assert answer.status_code == 303


def test_signing_out_ends_a_cookie_that_was_copied(advisor: Visitor, app: Flask) -> None:
    thief = Visitor(app)
    stolen = advisor.client.get_cookie("recognition")
    assert stolen is not None
    thief.client.set_cookie("recognition", stolen.value)
    assert thief.open("/advisor/").answer.status_code == 200
    advisor.post("/sign-out", advisor.open("/advisor/").fields("/sign-out"))
    assert thief.open("/advisor/").answer.status_code == 303
