"""A second factor: set up the first time, asked for ever after, and asked for again before what is sensitive."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from tests.web.auth.conftest import EMAIL
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor

Code = Callable[[str], str]


def key_on(page: str) -> str:
    found = re.search(r'class="app-key">([^<]+)<', page)
    assert found is not None
    return unescape(found[1])


def set_up(newcomer: Visitor, code: Code) -> tuple[str, list[str]]:
    """The app's key and the recovery codes; the newcomer is signed in."""
    key = key_on(newcomer.answer.text)
    newcomer.post("/sign-in/set-up", newcomer.fields("/sign-in/set-up") | {"code": code(key)})
    return key, re.findall(r"<li><code>([^<]+)</code>", newcomer.answer.text)


def answer(visitor: Visitor, typed: str, **more: str) -> Visitor:
    return visitor.post("/sign-in/code", visitor.fields('action="/sign-in/code"') | {"code": typed} | more)


def test_whoever_comes_for_the_first_time_sets_up_an_app_and_is_signed_in(newcomer: Visitor, code: Code) -> None:
    _, codes = set_up(newcomer, code)
    assert len(set(codes)) == 8
    assert newcomer.link("I have kept them") == "/advisor/"
    assert newcomer.open("/advisor/").answer.status_code == 200


def test_the_key_stays_the_same_while_it_is_being_set_up(newcomer: Visitor) -> None:
    first = key_on(newcomer.answer.text)
    assert key_on(newcomer.open("/sign-in/set-up").answer.text) == first


def test_a_wrong_first_code_is_told_and_the_same_key_can_be_tried_again(newcomer: Visitor, code: Code) -> None:
    key = key_on(newcomer.answer.text)
    newcomer.post("/sign-in/set-up", newcomer.fields("/sign-in/set-up") | {"code": "000000"})
    assert newcomer.answer.status_code == 422
    assert "Type the six digits that the app shows now" in newcomer.words
    assert key_on(newcomer.answer.text) == key
    set_up(newcomer, code)
    assert newcomer.open("/advisor/").answer.status_code == 200


@pytest.mark.parametrize("path", ["/advisor/", "/advisor/engagements", "/advisor/settings", "/advisor/again"])
def test_half_way_opens_no_page_of_the_council(newcomer: Visitor, path: str) -> None:
    assert newcomer.open(path).answer.status_code == 303
    assert newcomer.answer.location.startswith("/sign-in?")


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/set-up"])
def test_nobody_gives_a_second_factor_before_the_first(strict: Flask, path: str) -> None:
    assert Visitor(strict).open(path).answer.location == "/sign-in"


def test_the_code_is_asked_for_next_time_and_leads_back_to_the_page_that_was_asked_for(
    newcomer: Visitor, strict: Flask, clock: Clock, code: Code, case: str
) -> None:
    key, _ = set_up(newcomer, code)
    clock.now += timedelta(minutes=1)
    again = Visitor(strict).sign_in(EMAIL, back=case)
    assert again.answer.location == f"/sign-in/code?next={case}"
    assert answer(again.follow(), code(key)).answer.location == case
    assert again.follow().answer.status_code == 200


def test_an_app_is_not_set_up_over_one_that_is_there(newcomer: Visitor, strict: Flask, code: Code) -> None:
    """Or whoever has the password alone would bring a factor of their own."""
    set_up(newcomer, code)
    thief = Visitor(strict).sign_in(EMAIL)
    assert thief.open("/sign-in/set-up").answer.location == "/sign-in/code"
    fields = thief.open("/sign-in/code").fields('action="/sign-in/code"')
    assert thief.post("/sign-in/set-up", fields | {"code": "000000"}).answer.location == "/sign-in/code"


def test_a_code_is_taken_once(newcomer: Visitor, strict: Flask, clock: Clock, code: Code) -> None:
    key, _ = set_up(newcomer, code)
    replayed = Visitor(strict).sign_in(EMAIL).follow()
    assert answer(replayed, code(key)).answer.status_code == 422
    assert "The code is not right" in replayed.words
    clock.now += timedelta(seconds=30)
    assert answer(replayed, code(key)).answer.location == "/advisor/"


def test_a_recovery_code_stands_in_once_however_it_is_typed(newcomer: Visitor, strict: Flask, code: Code) -> None:
    _, codes = set_up(newcomer, code)
    typed = codes[0].upper().replace("-", " ")
    assert answer(Visitor(strict).sign_in(EMAIL).follow(), typed).answer.location == "/advisor/"
    assert answer(Visitor(strict).sign_in(EMAIL).follow(), typed).answer.status_code == 422
    assert answer(Visitor(strict).sign_in(EMAIL).follow(), codes[1]).answer.location == "/advisor/"


def test_a_device_that_is_remembered_is_asked_for_the_password_alone(
    newcomer: Visitor, clock: Clock, code: Code
) -> None:
    key, _ = set_up(newcomer, code)
    newcomer.post("/sign-out", newcomer.open("/advisor/").fields("/sign-out"))
    clock.now += timedelta(minutes=1)
    answer(newcomer.sign_in(EMAIL).follow(), code(key), remember="yes")
    newcomer.post("/sign-out", newcomer.open("/advisor/").fields("/sign-out"))
    assert newcomer.sign_in(EMAIL).answer.location == "/advisor/"
    clock.now += timedelta(days=30)
    assert newcomer.sign_in(EMAIL).answer.location == "/sign-in/code"


def test_what_was_typed_before_the_session_ended_comes_through_both_steps(
    newcomer: Visitor, clock: Clock, code: Code, case: str
) -> None:
    key, _ = set_up(newcomer, code)
    fields = newcomer.open(case).fields('value="hold"') | {"note": "The head has left us"}
    clock.now += timedelta(hours=2)
    newcomer.ask(case, fields)
    typed = {"email": EMAIL, "password": PASSWORD}
    newcomer.ask("/sign-in", newcomer.fields('action="/sign-in"') | typed)
    assert "What you typed is kept" in newcomer.words
    answer(newcomer, code(key))
    assert newcomer.texts("h1")[-1] == "You are signed in again"
    assert "The head has left us" in newcomer.words


def test_no_code_stands_in_an_address_or_in_the_record(newcomer: Visitor, code: Code) -> None:
    key, codes = set_up(newcomer, code)
    url = newcomer.client.application.extensions["recognition"].store.engine.url
    kept = b"".join(part.read_bytes() for part in _files(str(url.database)))
    assert len(kept) > 100_000
    for secret in (key.replace(" ", ""), *codes, *(one.replace("-", "") for one in codes)):
        assert secret.encode() not in kept


def _files(database: str) -> list[Path]:
    path = Path(database)
    return sorted(path.parent.glob(f"{path.name}*"))
