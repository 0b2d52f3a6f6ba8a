"""Somebody's own way in: password, sessions and devices, each theirs alone."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor
from workflow.store.session import Store
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.user import User

PAGE = "/advisor/settings/signing-in"
EMAIL, NEW = "advisor.web@example.org", "seven lanterns upstream"


def change(visitor: Visitor, current: str, new: str) -> Visitor:
    fields = visitor.open(PAGE).fields("signing-in/password")
    return visitor.post(f"{PAGE}/password", fields | {"current": current, "password": new})


def test_a_new_password_signs_out_everywhere_else_and_is_asked_for_from_now_on(advisor: Visitor, app: Flask) -> None:
    other = Visitor(app).sign_in(EMAIL)
    assert change(advisor, PASSWORD, NEW).answer.location == PAGE
    assert "Your password is changed. You are signed out everywhere else." in advisor.follow().words
    assert other.open("/advisor/").answer.status_code == 303
    assert Visitor(app).sign_in(EMAIL).answer.status_code == 422
    assert Visitor(app).sign_in(EMAIL, NEW).answer.location == "/advisor/"


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("not my password", NEW, "is not your current password"),
        (PASSWORD, "short", "must have 12 to 256 characters"),
        (PASSWORD, "Tamsin Rowe 1", "is one that is guessed soon"),
        (PASSWORD, "password1234", "is one that is guessed soon"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_told(
    advisor: Visitor, app: Flask, current: str, new: str, said: str
) -> None:
    assert change(advisor, current, new).answer.status_code == 422
    assert said in advisor.words
    assert Visitor(app).sign_in(EMAIL).answer.location == "/advisor/"


def test_sessions_are_listed_by_device_and_each_can_be_ended(advisor: Visitor, app: Flask, clock: Clock) -> None:
    clock.now += timedelta(minutes=5)
    telephone = Visitor(app)
    telephone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) AppleWebKit Version/17.0 Safari/604.1"
    telephone.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    telephone.sign_in(EMAIL)
    advisor.open(PAGE)
    assert "Safari on an iPhone Network 203.0.113.0/24" in advisor.words
    assert "<span" not in advisor.words
    number = re.findall(r"sessions/(\d+)/end", advisor.answer.text)[0]
    advisor.post(f"{PAGE}/sessions/{number}/end", advisor.fields(f"sessions/{number}/end"))
    assert telephone.open("/advisor/").answer.status_code == 303
    assert advisor.follow().answer.status_code == 200


def test_everything_but_the_session_that_asks_can_be_ended_at_once(advisor: Visitor, app: Flask) -> None:
    others = [Visitor(app).sign_in(EMAIL) for _ in range(3)]
    advisor.post(f"{PAGE}/sessions/end", advisor.open(PAGE).fields("sessions/end"))
    assert advisor.follow().answer.status_code == 200
    assert [one.open("/advisor/").answer.status_code for one in others] == [303] * 3


def _session(store: Store, who: str) -> int:
    with store.reading() as session:
        return session.scalars(select(WebSession.id).join(User).where(User.email == f"{who}@example.org")).one()


def test_nobody_ends_a_session_or_forgets_a_device_of_somebody_else(
    advisor: Visitor, lead: Visitor, store: Store
) -> None:
    lead.open(PAGE)
    device = re.findall(r"devices/(\d+)/forget", lead.answer.text)[0]
    token = advisor.open(PAGE).fields("signing-in/password")
    for path in (f"{PAGE}/sessions/{_session(store, 'lead_advisor.web')}/end", f"{PAGE}/devices/{device}/forget"):
        assert advisor.post(path, token).answer.status_code == 404, path
    assert lead.open("/advisor/").answer.status_code == 200
    assert f"devices/{device}/forget" in lead.open(PAGE).answer.text


def test_what_is_sensitive_asks_for_the_password_where_there_is_no_other_factor(advisor: Visitor, clock: Clock) -> None:
    assert advisor.open(f"{PAGE}/app").answer.status_code == 200
    clock.now += timedelta(minutes=15)
    assert advisor.open(f"{PAGE}/app").answer.location == f"/advisor/again?next={PAGE}/app"
    fields = advisor.follow().fields('action="/advisor/again"')
    assert advisor.post("/advisor/again", fields | {"password": "not my password"}).answer.status_code == 422
    assert "The password is not right." in advisor.words
    assert advisor.post("/advisor/again", fields | {"password": PASSWORD}).answer.location == f"{PAGE}/app"
    assert advisor.follow().answer.status_code == 200


def test_whoever_shows_that_it_is_them_goes_on_under_a_new_secret(advisor: Visitor, app: Flask, clock: Clock) -> None:
    before = advisor.client.get_cookie("recognition")
    assert before is not None
    clock.now += timedelta(minutes=15)
    fields = advisor.open("/advisor/again").fields('action="/advisor/again"')
    advisor.post("/advisor/again", fields | {"password": PASSWORD})
    assert advisor.open("/advisor/").answer.status_code == 200
    thief = Visitor(app)
    thief.client.set_cookie("recognition", before.value)
    assert thief.open("/advisor/").answer.status_code == 303


def test_signing_in_again_ends_the_session_before(advisor: Visitor, app: Flask) -> None:
    before = advisor.client.get_cookie("recognition")
    assert before is not None
    advisor.sign_in(EMAIL)
    thief = Visitor(app)
    thief.client.set_cookie("recognition", before.value)
    assert thief.open("/advisor/").answer.status_code == 303


def test_what_was_sent_is_put_back_after_showing_who_is_there(advisor: Visitor, clock: Clock) -> None:
    fields = advisor.open(f"{PAGE}/app").fields("signing-in/app")
    clock.now += timedelta(minutes=15)
    advisor.post(f"{PAGE}/app", fields | {"code": "123 456", "name": "My telephone"})
    assert "What you typed is kept" in advisor.words
    again = advisor.fields('action="/advisor/again"') | {"password": PASSWORD}
    advisor.post("/advisor/again", again)
    assert "Send it again" in advisor.words
    back = advisor.fields(f'action="{PAGE}/app"')
    assert (back["name"], "code" in back) == ("My telephone", False)


def test_guesses_at_the_password_of_an_open_session_are_slowed_down(advisor: Visitor, clock: Clock) -> None:
    clock.now += timedelta(minutes=15)
    fields = advisor.open("/advisor/again").fields('action="/advisor/again"')
    for _ in range(10):
        advisor.post("/advisor/again", fields | {"password": "not my password"})
    advisor.post("/advisor/again", fields | {"password": PASSWORD})
    assert advisor.answer.status_code == 422
    assert "too many wrong tries" in advisor.words
