"""One receiver's fault is one letter's trouble: the others go out, once, and in their order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy

import psycopg
import pytest
from sqlalchemy import select, update

from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.moody_server import MOODS, Moods, moody_server
from tests.records import Databases, Originals
from tests.servers import silent_port
from tests.worlds import world_with
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import offers_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import purchases

READER = "jenna@polwhevral.example.org"
DEADLINE = 1.0


@pytest.fixture
def moods() -> Moods:
    return Moods()


@pytest.fixture
def world(store: Store, moods: Moods) -> Iterator[World]:
    with moody_server(moods) as url:
        yield replace(world_with(store, mail_server(url, DEADLINE)), patience=timedelta(seconds=DEADLINE))


@pytest.fixture
def schools(store: Store) -> list[Journey]:
    """Three engagements, each of which owes a letter to the school and one to its advisor."""
    furnish(store, NOW)
    return [Journey(store, NOW).begin(order=f"SFS-{number}") for number in range(3)]


def write_to(school: Journey, address: str) -> str:
    with school.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == school.id).values(lead_email=address))
    return address


def deliver(world: World, now: datetime = NOW) -> int:
    return deliver_due(world, lambda: now)


def owed(store: Store) -> list[OwedEffect]:
    with store.reading() as session:
        return list(session.scalars(select(OwedEffect).order_by(OwedEffect.id)))


def setbacks(store: Store) -> list[Setback]:
    with store.reading() as session:
        return list(session.scalars(select(Setback)))


def to_others(moods: Moods, bad: str) -> list[str]:
    """To whom letters went, but for the one reader."""
    return [address for one in moods.received for address in one.rcpt_tos if address != bad]


@pytest.mark.parametrize("mood", MOODS)
def test_whatever_one_receiver_does_the_others_get_their_letters_once(
    schools: list[Journey], world: World, moods: Moods, mood: str
) -> None:
    bad = write_to(schools[1], "bad@example.org")
    moods.readers[bad] = mood
    deliver(world)
    assert to_others(moods, bad) == [
        READER,
        "advisor@example.org",
        "advisor@example.org",
        READER,
        "advisor@example.org",
    ]
    (one,) = (one for one in owed(world.store) if one.status != "done")
    assert (one.engagement_id, one.name, one.attempts) == (schools[1].id, "welcome", 1)
    assert one.status == ("dead" if mood.startswith("never") else "owed")
    assert "The mail server" in one.trouble
    assert setbacks(world.store) == []


def test_a_letter_that_was_not_taken_is_tried_again_and_then_goes(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    bad = write_to(schools[0], "bad@example.org")
    moods.readers[bad] = "later, gone"
    deliver(world)
    moods.readers.clear()
    deliver(world, NOW + timedelta(minutes=1))
    assert {(one.status, one.trouble) for one in owed(world.store)} == {("done", "")}
    assert [bad for one in moods.received if bad in one.rcpt_tos] == [bad]


def test_a_server_that_answers_a_byte_at_a_time_holds_up_its_own_letter_and_gives_it_up_in_time(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    """Its answers never pause for long, and would go on for ever."""
    bad = write_to(schools[0], "bad@example.org")
    moods.readers[bad], moods.drip = "drips", 0.3
    deliver(world)
    assert len(to_others(moods, bad)) == 5
    (one,) = (one for one in owed(world.store) if one.status != "done")
    assert (one.status, one.attempts) == ("owed", 1)
    assert one.trouble == "The mail server took longer than 1 seconds over it."


def test_a_server_that_is_slow_to_take_a_letter_gets_it_once(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    bad = write_to(schools[0], "slow@example.org")
    moods.readers[bad], moods.drip = "drips", 0.01
    deliver(world)
    assert {one.status for one in owed(world.store)} == {"done"}
    assert len(moods.received) == 6


def test_an_address_that_the_server_cannot_take_is_told_at_once(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    write_to(schools[1], "jenna-café@example.org")
    deliver(world)
    (one,) = (one for one in owed(world.store) if one.status != "done")
    assert one.status == "dead"
    assert one.trouble == (
        "The mail server cannot write to jenna-café@example.org: it knows no letters beyond a to z in addresses. "
        "Ask for another address and correct it."
    )
    assert len(moods.received) == 5


def test_an_address_beyond_a_to_z_goes_to_a_server_that_knows_such(schools: list[Journey], store: Store) -> None:
    write_to(schools[1], "jenna-café@example.org")
    moods = Moods()
    with moody_server(moods, utf8=True) as url:
        deliver(world_with(store, mail_server(url)))
    (one,) = (one for one in moods.received if "jenna-café@example.org" in one.rcpt_tos)
    message = message_from_bytes(one.original_content or b"", policy=policy.SMTPUTF8)
    assert message["To"] == "Jenna Rowe <jenna-café@example.org>"


def test_a_domain_beyond_a_to_z_is_written_as_servers_write_it(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    write_to(schools[1], "jenna@schüle.example.org")
    deliver(world)
    assert "jenna@xn--schle-mva.example.org" in {address for one in moods.received for address in one.rcpt_tos}


@pytest.mark.usefixtures("schools")
def test_a_server_that_wants_few_letters_a_call_is_called_again(world: World, moods: Moods) -> None:
    moods.at_most = 2
    deliver(world)
    assert {(one.status, one.attempts) for one in owed(world.store)} == {("done", 1)}
    assert (len(moods.received), moods.connections) == (6, 3)


# --- what is nobody's letter's fault ---


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
    assert len(tried) == 50
    assert [one.kind for one in setbacks(store)] == ["mail"]
    deliver(world, NOW + timedelta(minutes=1))
    assert sum(one.attempts for one in owed(store)) == 50
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


def many(store: Store, number: int) -> None:
    furnish(store, NOW)
    with store.writing() as session:
        known = offers_of(session).latest()
        for one in range(number):
            order = purchases.Order(f"B-{one}", "900001", Decimal(265), NOW, "Jenna", f"s{one}@example.org")
            purchases.accept(session, known, order, actor=SYSTEM, now=NOW)


def test_receivers_who_want_to_be_asked_twice_close_nothing(store: Store, world: World, moods: Moods) -> None:
    """Greylisting, as many mail servers do: it is each receiver's own affair, however many there are."""
    many(store, 60)
    moods.readers = {f"s{number}@example.org": "later" for number in range(60)} | {"advisor@example.org": "later"}
    deliver(world)
    assert setbacks(store) == []
    moods.readers = {}
    deliver(world, NOW + timedelta(minutes=5))
    assert {(one.status, one.attempts) for one in owed(store)} == {("done", 2)}


def test_a_server_that_hangs_for_everybody_for_days_kills_no_letter(store: Store, world: World, moods: Moods) -> None:
    """It is polite up to the letter itself, so only its silence shows that it is not well."""
    many(store, 3)
    moods.readers = {f"s{number}@example.org": "drips" for number in range(3)} | {"advisor@example.org": "drips"}
    moods.drip = 0.5
    for hour in range(8):
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


# --- what is ours ---


def test_a_database_that_is_away_for_a_moment_costs_no_second_letter(
    postgresql_url: str, originals: Originals, moods: Moods
) -> None:
    """It goes when a letter has just been taken, and what came of that is not written yet."""
    with originals.copy(Databases(postgresql_url)) as store, moody_server(moods) as url:
        furnish(store, NOW)
        for number in range(10):
            Journey(store, NOW).begin(order=f"SFS-{number}")
        here = store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        moods.after = {5: lambda: end_all_connections(here), 12: lambda: end_all_connections(here)}
        deliver(world_with(store, mail_server(url)))
        assert len(moods.received) == 20
        assert {(one.status, one.attempts) for one in owed(store)} == {("done", 1)}


def end_all_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        own = "datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {own}")


@pytest.mark.unforeseen
def test_a_letter_that_cannot_be_built_costs_itself(schools: list[Journey], world: World, moods: Moods) -> None:
    """Its event says nonsense, so that not even what a batch is made of can be read at once."""
    with world.store.writing() as session:
        session.execute(
            update(Event).where(Event.engagement_id == schools[1].id).values(data={"participant": {"no": "number"}})
        )
    deliver(world)
    assert [one.status for one in owed(world.store)] == ["done", "done", "owed", "owed", "done", "done"]
    assert {one.attempts for one in owed(world.store)} == {1}
    assert all("nobody foresaw" in one.trouble for one in owed(world.store) if one.status == "owed")
    assert len(moods.received) == 4
