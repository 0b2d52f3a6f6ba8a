"""A password chosen by way of a link that was sent: once, by pressing, and without a word to strangers."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Clock
from tests.web.post_box import PostBox
from tests.web.visitor import Visitor
from workflow.domain.actor import SYSTEM
from workflow.store.session import Store
from workflow.usecases.accounts import members
from workflow.usecases.accounts.credentials.secrets import LinkMaker

EMAIL, NEW = "advisor.web@example.org", "seven lanterns upstream"
Post = Callable[[], list[str]]


@pytest.fixture
def post(store: Store, clock: Clock, tmp_path: Path) -> Post:
    """Sends what waits, and gives the addresses that stand in the letters so far, in their order."""
    return PostBox(store, clock, tmp_path / "mail", "s" * 40).links


def ask(visitor: Visitor, email: str = EMAIL) -> Visitor:
    return visitor.post("/sign-in/forgotten", visitor.open("/sign-in/forgotten").fields("forgotten") | {"email": email})


def choose(visitor: Visitor, path: str, password: str = NEW) -> Visitor:
    return visitor.post(path, visitor.open(path).fields(path) | {"password": password})


def test_a_forgotten_password_is_chosen_anew_by_way_of_a_link(
    anybody: Visitor, advisor: Visitor, app: Flask, post: Post
) -> None:
    assert "Look in your email" in ask(anybody).words
    (path,) = post()
    assert choose(anybody, path).answer.location == "/advisor/"
    assert anybody.follow().answer.status_code == 200
    assert advisor.open("/advisor/").answer.status_code == 303
    assert Visitor(app).sign_in(EMAIL, NEW).answer.location == "/advisor/"


def test_known_and_unknown_addresses_are_answered_alike(anybody: Visitor, post: Post) -> None:
    known = ask(anybody).words.replace(EMAIL, "X")
    unknown = ask(anybody, "nobody@example.org").words.replace("nobody@example.org", "X")
    assert known == unknown
    assert len(post()) == 1


def test_a_link_is_not_used_up_by_opening_it_and_is_by_pressing(anybody: Visitor, app: Flask, post: Post) -> None:
    ask(anybody)
    (path,) = post()
    for _ in range(50):
        assert Visitor(app).open(path).answer.status_code == 200
    assert choose(anybody, path, "short").answer.status_code == 422
    assert choose(anybody, path).answer.status_code == 303
    assert Visitor(app).open(path).answer.status_code == 404
    assert "has been used" in Visitor(app).open(path).words


@pytest.mark.parametrize("minutes", [10, 60])
def test_a_link_holds_for_ten_minutes(anybody: Visitor, clock: Clock, post: Post, minutes: int) -> None:
    ask(anybody)
    (path,) = post()
    clock.now += timedelta(minutes=minutes)
    assert anybody.open(path).answer.status_code == 404


def test_a_newer_link_takes_the_place_of_the_one_before(anybody: Visitor, clock: Clock, post: Post) -> None:
    ask(anybody)
    post()
    clock.now += timedelta(minutes=2)
    ask(anybody)
    first, second = post()
    assert anybody.open(first).answer.status_code == 404
    assert anybody.open(second).answer.status_code == 200


def test_whoever_asks_twice_within_a_minute_is_sent_one_letter(anybody: Visitor, post: Post) -> None:
    ask(anybody)
    ask(anybody)
    assert len(post()) == 1


def test_a_link_that_was_changed_in_one_place_is_none(anybody: Visitor, post: Post) -> None:
    ask(anybody)
    (path,) = post()
    for place in (-1, -20, -40):
        other = "B" if path[place] == "A" else "A"
        changed = f"{path[:place]}{other}{path[place + 1 :] if place + 1 else ''}"
        assert anybody.open(changed).answer.status_code == 404


def test_a_closed_account_is_sent_nothing_and_its_links_hold_no_longer(
    anybody: Visitor, store: Store, post: Post, clock: Clock
) -> None:
    ask(anybody)
    (path,) = post()
    with store.writing() as session:
        members.disable(session, members.by_address(session, EMAIL).id, by=SYSTEM, now=clock())
    assert anybody.open(path).answer.status_code == 404
    clock.now += timedelta(minutes=5)
    ask(anybody)
    assert len(post()) == 1


def test_the_second_factor_is_still_asked_for(strict: Flask, post: Post) -> None:
    visitor = Visitor(strict)
    ask(visitor)
    (path,) = post()
    assert choose(visitor, path).answer.location == "/sign-in/set-up"
    assert visitor.open("/advisor/").answer.location.startswith("/sign-in?")


def test_an_invitation_leads_from_the_letter_to_the_pages(
    strict: Flask, store: Store, clock: Clock, post: Post
) -> None:
    with store.writing() as session:
        links = LinkMaker("s" * 40)
        members.invite(
            session, "new@example.org", name="Jory Penrose", role="advisor", by=SYSTEM, now=clock(), links=links
        )
    (path,) = post()
    clock.now += timedelta(days=2)
    visitor = Visitor(strict)
    assert "Welcome, Jory Penrose" in visitor.open(path).words
    assert choose(visitor, path).answer.location == "/sign-in/set-up"


def test_one_network_does_not_ask_for_letters_without_end(anybody: Visitor, clock: Clock, post: Post) -> None:
    for number in range(40):
        ask(anybody, f"nobody{number}@example.org")
    ask(anybody)
    assert post() == []
    clock.now += timedelta(hours=1)
    ask(anybody)
    assert len(post()) == 1
