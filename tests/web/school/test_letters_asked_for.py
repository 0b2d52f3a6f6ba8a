"""Letters with a link are asked for by anybody: one at a time, and not without end."""

from datetime import timedelta

from flask import Flask

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.post_box import PostBox
from tests.web.school.conftest import ask, press
from tests.web.school.test_door import JENNA, ask_by_address
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links


def test_whoever_asks_twice_within_a_minute_is_sent_one_letter(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox, clock: Clock
) -> None:
    page = links.status(journey.reference)
    ask(anybody, page)
    ask(anybody, page)
    ask_by_address(anybody, JENNA)
    assert len(post.links()) == 1
    clock.now += timedelta(minutes=2)
    ask(anybody, page)
    first, second = post.links()
    assert anybody.open(first).answer.status_code == 404
    assert anybody.open(second).answer.status_code == 200


def test_strangers_who_ask_for_a_letter_again_and_again_neither_flood_its_reader_nor_shut_them_out(
    app: Flask, journey: Journey, links: Links, post: PostBox, clock: Clock
) -> None:
    """From ever other networks. Five letters at first; then one every five minutes, each of which lets somebody in."""
    page = links.status(journey.reference)
    for number in range(60):
        stranger = Visitor(app)
        stranger.client.environ_base["REMOTE_ADDR"] = f"10.{number}.0.1"
        ask(stranger, page)
        post.collect()
        clock.now += timedelta(minutes=1)
    assert len(post.links()) == 16
    assert press(Visitor(app), post.links()[-1]).answer.status_code == 303


def test_one_network_does_not_ask_for_letters_without_end(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox
) -> None:
    for number in range(31):
        ask_by_address(anybody, f"nobody{number}@example.org")
    assert "Look in your email" in ask(anybody, links.status(journey.reference)).texts("h1")
    assert post.collect() == []


def test_many_schools_on_one_network_are_all_sent_their_letters_the_whole_day(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox, clock: Clock
) -> None:
    """Twenty an hour, whom nobody knows; and each hour somebody who is known."""
    for _ in range(4):
        for number in range(20):
            clock.now += timedelta(minutes=2, seconds=50)
            ask_by_address(anybody, f"nobody{number}@example.org")
        ask(anybody, links.status(journey.reference))
        post.collect()
    assert len(post.links()) == 4
