"""Letters about getting in: sent once, over whatever goes wrong, and with a link that the record does not hold."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select, update

from tasks.letters.access import deliver
from tasks.mail.server import mail_server
from tasks.world import World
from tests.conftest import NOW
from tests.servers import Mailbox
from workflow.domain.actor import SYSTEM
from workflow.errors import Conflict, NotFound
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.usecases.accounts import access_letters, members
from workflow.usecases.accounts.credentials.secrets import LinkMaker

LATER = NOW + timedelta(minutes=1)

EMAIL = "tamsin@example.org"


@pytest.fixture
def post(world: World, smtp: tuple[str, Mailbox]) -> tuple[World, Mailbox]:
    url, mailbox = smtp
    return replace(world, mail_server=mail_server(url)), mailbox


@pytest.fixture
def invited(store: Store, world: World) -> int:
    with store.writing() as session:
        links = LinkMaker(world.secret)
        return members.invite(session, EMAIL, name="Tamsin Rowe", role="advisor", by=SYSTEM, now=NOW, links=links).id


def text_of(content: bytes) -> str:
    message = message_from_bytes(content, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mailbox: Mailbox, number: int = -1) -> str:
    found = re.search(r"/sign-in/new-password/(\S+)", text_of(mailbox.received[number].original_content or b""))
    assert found is not None
    return found[1]


def letter_of(store: Store) -> AccessLetter:
    with store.reading() as session:
        return session.scalars(select(AccessLetter).order_by(AccessLetter.id.desc()).limit(1)).one()


@pytest.mark.usefixtures("invited")
def test_an_invitation_says_who_writes_what_to_do_and_until_when(post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    assert deliver(world, lambda: NOW) == 1
    message = message_from_bytes(mailbox.received[0].original_content or b"", policy=default)
    assert message["To"] == "Tamsin Rowe <tamsin@example.org>"
    assert message["Subject"] == "Your account for Recognition"
    text = " ".join(text_of(mailbox.received[0].original_content or b"").split())
    for said in (
        "Dear Tamsin Rowe,",
        "role is advisor",
        "http://127.0.0.1:8000/sign-in/new-password/",
        "within 3 days",
    ):
        assert said in text
    assert deliver(world, lambda: NOW) == 0


@pytest.mark.usefixtures("invited")
def test_a_link_holds_from_when_its_letter_was_sent(store: Store, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    sent_at = NOW + timedelta(hours=5)
    deliver(world, lambda: sent_at)
    secret = link_in(mailbox)
    with store.reading() as session:
        assert access_letters.holder(session, secret, sent_at)[1].email == EMAIL
    assert letter_of(store).until == sent_at + timedelta(days=3)


@pytest.mark.usefixtures("invited")
def test_the_record_holds_no_link_that_could_be_used(store: Store, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    deliver(world, lambda: NOW)
    kept = letter_of(store)
    assert link_in(mailbox) not in {str(getattr(kept, one.name)) for one in AccessLetter.__table__.columns}


@pytest.mark.usefixtures("invited")
def test_a_worker_that_dies_sends_the_same_letter_with_the_same_link_again(
    store: Store, post: tuple[World, Mailbox]
) -> None:
    world, mailbox = post
    deliver(world, lambda: NOW)
    with store.writing() as session:
        as_a_killed_worker_leaves_it = {"status": "claimed", "lease_until": NOW + world.lease}
        session.execute(update(AccessLetter).values(as_a_killed_worker_leaves_it))
    assert deliver(world, lambda: NOW) == 0
    later = NOW + world.lease
    assert deliver(world, lambda: later) == 1
    assert len(mailbox.received) == 2
    assert link_in(mailbox, 0) == link_in(mailbox, 1)
    numbers = {message_from_bytes(one.original_content or b"")["Message-ID"] for one in mailbox.received}
    assert len(numbers) == 1
    assert letter_of(store).status == "sent"


@pytest.mark.usefixtures("invited")
def test_a_letter_that_is_refused_for_good_is_dead_and_says_why(store: Store, post: tuple[World, Mailbox]) -> None:
    world, mailbox = post
    mailbox.refused.add(EMAIL)
    assert deliver(world, lambda: NOW) == 1
    assert (letter_of(store).status, "550" in letter_of(store).trouble) == ("dead", True)


@pytest.mark.usefixtures("invited")
def test_a_server_that_is_away_is_tried_again(store: Store, world: World, post: tuple[World, Mailbox]) -> None:
    away = replace(world, mail_server=mail_server("smtp://127.0.0.1:1", 1))
    assert deliver(away, lambda: NOW) == 0
    assert letter_of(store).status == "owed"
    assert letter_of(store).due_at > NOW
    assert deliver(post[0], lambda: NOW + timedelta(minutes=1)) == 1


def test_a_button_that_is_pressed_twice_takes_no_link_away(
    store: Store, post: tuple[World, Mailbox], invited: int
) -> None:
    with store.writing() as session, pytest.raises(Conflict, match="is on its way"):
        members.invite_again(session, invited, by=SYSTEM, now=NOW, links=LinkMaker(post[0].secret))


def test_a_second_invitation_takes_the_first_ones_place(
    store: Store, post: tuple[World, Mailbox], invited: int
) -> None:
    world, mailbox = post
    deliver(world, lambda: NOW)
    with store.writing() as session:
        members.invite_again(session, invited, by=SYSTEM, now=LATER, links=LinkMaker(world.secret))
    deliver(world, lambda: LATER)
    with store.reading() as session:
        with pytest.raises(NotFound, match="replaced by a newer one"):
            access_letters.holder(session, link_in(mailbox, 0), NOW)
        assert access_letters.holder(session, link_in(mailbox, 1), NOW)[1].id == invited


def test_a_letter_that_was_replaced_before_it_went_out_is_not_sent(
    store: Store, post: tuple[World, Mailbox], invited: int
) -> None:
    world, mailbox = post
    with store.writing() as session:
        members.invite_again(session, invited, by=SYSTEM, now=LATER, links=LinkMaker(world.secret))
    deliver(world, lambda: LATER)
    assert len(mailbox.received) == 1
