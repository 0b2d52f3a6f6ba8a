"""One receiver's fault is one letter's trouble: the others go out, once, and in their order."""

import socket
import time
from datetime import timedelta
from email import message_from_bytes, policy

import psycopg
import pytest
from sqlalchemy import update

from tasks.mail.server import mail_server
from tasks.mail.smtp import Smtp
from tasks.mail.troubles import Unreachable
from tasks.world import World
from tests.conftest import NOW
from tests.databases import Databases
from tests.journeys import Journey, furnish
from tests.moody_server import MOODS, Moods, moody_server
from tests.records import Originals
from tests.tasks.effects.letters_owed import IMPATIENT, READER, deliver, owed, setbacks, to_others, write_to
from tests.worlds import world_with
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event


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


@IMPATIENT
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


def test_a_database_that_is_away_for_a_moment_costs_no_second_letter(
    databases: Databases, originals: Originals, moods: Moods
) -> None:
    """It goes when a letter has just been taken, and what came of that is not written yet."""
    with originals.copy(databases) as store, moody_server(moods) as url:
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


def test_a_server_that_does_not_stop_talking_is_hung_up_on(schools: list[Journey], world: World, moods: Moods) -> None:
    bad = write_to(schools[1], "bad@example.org")
    moods.readers[bad] = "endless"
    deliver(world)
    assert len(moods.received) == 5
    (one,) = (one for one in owed(world.store) if one.status != "done")
    assert (one.status, one.trouble) == (
        "owed",
        "The mail server broke off: Connection unexpectedly closed: it does not stop talking.",
    )


def test_a_name_that_was_pasted_with_another_kind_of_space_is_written_to(
    schools: list[Journey], world: World, moods: Moods
) -> None:
    with world.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == schools[0].id).values(lead_name="Jenna\u00a0Rowe"))
    deliver(world)
    assert {one.status for one in owed(world.store)} == {"done"}
    message = message_from_bytes(moods.received[0].original_content or b"", policy=policy.default)
    assert message["To"] == "Jenna Rowe <jenna@polwhevral.example.org>"


def test_all_addresses_of_a_mail_server_share_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six of them, at none of which anybody answers: nothing comes back from where these lead (RFC 5737)."""
    nowhere = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"192.0.2.{number}", 25)) for number in range(1, 7)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_about, **_more: nowhere)
    start = time.monotonic()
    with pytest.raises(Unreachable):
        Smtp("smtp://mail.example.org", 0.5).connect()
    assert time.monotonic() - start < 2
