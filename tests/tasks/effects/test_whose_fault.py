"""What is nobody's letter's fault costs no letter: the way out is closed for a while, and asked again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.moody_server import Moods
from tests.servers import silent_port
from tests.suite_size import LONG
from tests.tasks.effects.letters_owed import IMPATIENT, READER, deliver, many, owed, setbacks, write_to
from tests.worlds import world_with
from workflow.store.session import Store

#: When the last of those arrives that make it plain, others may be on their way already.
ON_THEIR_WAY = 16


@pytest.mark.usefixtures("schools")
def test_a_server_that_takes_no_letters_from_us_costs_none_and_is_asked_again_later(world: World, moods: Moods) -> None:
    moods.senders = {world.sender}
    deliver(world)
    assert {(one.status, one.attempts) for one in owed(world.store)} == {("owed", 0)}
    (one,) = setbacks(world.store)
    assert (one.kind, one.name, one.tries) == ("sender", world.sender, 1)
    assert one.trouble == (
        "The mail server answered 550: 5.7.1 not from you. That was about our own address, recognition@example.org."
    )
    deliver(world, NOW + timedelta(seconds=5))
    assert setbacks(world.store)[0].tries == 1
    deliver(world, NOW + timedelta(seconds=11))
    assert setbacks(world.store)[0].tries == 2
    moods.senders = set()
    deliver(world, NOW + timedelta(minutes=2))
    assert {(one.status, one.attempts) for one in owed(world.store)} == {("done", 1)}
    assert setbacks(world.store) == []


@pytest.mark.usefixtures("schools")
@LONG
def test_a_server_that_is_down_for_a_week_costs_no_letter(store: Store) -> None:
    with silent_port() as port:
        world = world_with(store, mail_server(f"smtp://127.0.0.1:{port}"))
        for hour in range(24 * 7):
            deliver(world, NOW + timedelta(hours=hour))
    assert {(one.status, one.attempts) for one in owed(store)} == {("owed", 0)}
    (one,) = setbacks(store)
    assert (one.kind, one.tries) == ("mail", 24 * 7)
    assert one.next_try - (NOW + timedelta(hours=24 * 7 - 1)) == timedelta(minutes=15)
    assert "cannot be reached" in one.trouble


def test_a_server_in_trouble_is_left_alone_and_one_letter_asks_after_it(
    store: Store, world: World, moods: Moods
) -> None:
    """It answers, and takes nothing from anybody: after some letters it is plain that it is not them."""
    furnish(store, NOW)
    for number in range(40):
        Journey(store, NOW).begin(order=f"SFS-{number}")
    moods.ill = True
    deliver(world)
    tried = [one for one in owed(store) if one.attempts]
    assert 50 <= len(tried) < 50 + ON_THEIR_WAY
    assert [one.kind for one in setbacks(store)] == ["mail"]
    deliver(world, NOW + timedelta(minutes=1))
    assert sum(one.attempts for one in owed(store)) == len(tried)
    moods.ill = False
    deliver(world, NOW + timedelta(hours=1))
    assert {one.status for one in owed(store)} == {"done"}
    assert setbacks(store) == []


@pytest.mark.usefixtures("schools")
def test_a_folder_that_cannot_be_written_to_costs_no_letter(store: Store) -> None:
    world = world_with(store, mail_server("maildir:/proc/nowhere"))
    deliver(world)
    assert {(one.status, one.attempts) for one in owed(store)} == {("owed", 0)}
    assert setbacks(store)[0].trouble.startswith("The mail folder /proc/nowhere cannot be written to (")


def test_receivers_who_want_to_be_asked_twice_close_nothing(store: Store, world: World, moods: Moods) -> None:
    """Greylisting, as many mail servers do: it is each receiver's own affair, however many there are."""
    many(store, 60)
    moods.readers = {f"s{number}@example.org": "later" for number in range(60)} | {"advisor@example.org": "later"}
    deliver(world)
    assert setbacks(store) == []
    moods.readers = {}
    deliver(world, NOW + timedelta(minutes=5))
    assert {(one.status, one.attempts) for one in owed(store)} == {("done", 2)}


@LONG
@IMPATIENT
def test_a_server_that_hangs_for_everybody_for_days_kills_no_letter(store: Store, world: World, moods: Moods) -> None:
    """It is polite up to the letter itself, so only its silence shows that it is not well."""
    many(store, 3)
    moods.readers = {f"s{number}@example.org": "drips" for number in range(3)} | {"advisor@example.org": "drips"}
    moods.drip = 0.5
    for hour in range(5):
        deliver(world, NOW + timedelta(hours=hour))
    assert [one.kind for one in setbacks(store)] == ["mail"]
    assert max(one.attempts for one in owed(store)) == 1
    moods.readers = {}
    deliver(world, NOW + timedelta(hours=12))
    assert {one.status for one in owed(store)} == {"done"}
    assert setbacks(store) == []


@pytest.mark.parametrize("mood", ["relay", "sign in"])
def test_a_refusal_of_us_at_the_readers_name_costs_no_letter(
    schools: list[Journey], world: World, moods: Moods, mood: str
) -> None:
    """Many servers judge who we are only when they hear who the letter is for."""
    assert schools
    moods.readers = {READER: mood, "advisor@example.org": mood}
    deliver(world)
    assert {(one.status, one.attempts) for one in owed(world.store)} == {("owed", 0)}
    (one,) = setbacks(world.store)
    assert (one.kind, "check the setting RECOGNITION_MAIL_URL" in one.trouble) == ("mail", True)


def test_a_letter_that_is_too_big_for_the_server_costs_itself(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    """Whatever the code: what it says of its reason counts."""
    assert schools
    moods.too_big = {3}
    deliver(world)
    assert [one.status for one in owed(world.store)].count("done") == 5
    assert [one.trouble for one in owed(world.store) if one.status == "dead"] == [
        "The mail server answered 554: 5.3.4 message too big."
    ]


def test_what_no_database_can_keep_of_an_answer_costs_one_letter(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    bad = write_to(schools[1], "bad@example.org")
    moods.readers[bad] = "nul"
    deliver(world)
    assert [one.status for one in owed(world.store)].count("done") == 5
    (dead,) = (one for one in owed(world.store) if one.status != "done")
    assert (dead.status, dead.trouble) == ("dead", "The mail server answered 550: 5.1.1 no such person.")


def test_a_way_that_opens_again_during_a_pass_is_used_again(store: Store, world: World, moods: Moods) -> None:
    """Time goes on while letters are sent: the pass ends, and asks of nothing again and again."""
    many(store, 30)
    moods.senders = {world.sender}
    ticks = iter(range(100_000))
    deliver_due(world, lambda: NOW + timedelta(seconds=next(ticks)))
    assert {(one.status, one.attempts) for one in owed(store)} == {("owed", 0)}
    assert next(ticks) < 20_000


def test_a_setback_of_an_address_that_nothing_comes_from_any_more_is_forgotten(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    assert schools
    moods.senders = {world.sender}
    deliver(world)
    deliver(replace(world, sender="new@example.org"), NOW + timedelta(seconds=1))
    assert setbacks(world.store) == []
    assert {one.status for one in owed(world.store)} == {"done"}
