"""Another address: both hear of it, and the old one lets nobody in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.workflow.usecases.accounts.conftest import EMAIL, LINKS, Knock
from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import BadInput, NotAllowed
from workflow.store.outbox import access_letters as outbox
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters, account_history, members, sessions
from workflow.usecases.accounts.address_change import change_address

NEW = "tamsin.rowe@example.org"


def change(store: Store, account: User, email: str = NEW, by: Actor = SYSTEM) -> User:
    with store.writing() as session:
        return change_address(session, account.id, email, by=by, now=NOW, links=LINKS)


def test_both_addresses_hear_of_it_and_the_old_one_lets_nobody_in(store: Store, account: User, knock: Knock) -> None:
    knock()
    with store.writing() as session:
        letter = access_letters.owe(session, account, "new_password", LINKS, NOW)
        letter.status, letter.until = "sent", NOW.replace(year=NOW.year + 1)
        secret = LINKS.secret("new_password", letter.salt)
    change(store, account, NEW.upper())
    with store.reading() as session:
        told = select(AccessLetter.to_email).where(AccessLetter.purpose == "address_changed").order_by(AccessLetter.id)
        assert [*session.scalars(told)] == [EMAIL, NEW]
        assert sessions.of_user(session, account.id, NOW) == []
        assert access_letters.of_link(session, secret, NOW) is None
        assert members.by_address(session, NEW).id == account.id
        assert account_history.latest(session, account.id)[0].name == "address_changed"


def test_both_letters_go_out_also_when_the_account_is_closed_at_once(store: Store, account: User) -> None:
    """Whoever has lost an account to somebody else hears of it at the address that they still read."""
    change(store, account)
    with store.writing() as session:
        members.disable(session, account.id, by=SYSTEM, now=NOW)
    with store.writing() as session:
        assert [one.to_email for one in outbox.claim(session, NOW, timedelta(minutes=5))] == [EMAIL, NEW]


def test_the_same_address_changes_nothing(store: Store, account: User) -> None:
    change(store, account, f" {EMAIL.upper()} ")
    with store.reading() as session:
        assert session.scalars(select(AccessLetter)).all() == []


@pytest.mark.parametrize(
    ("email", "said"), [("nowhere", "is not an email address"), ("other@example.org", "has an account already")]
)
def test_an_address_that_is_none_or_anothers_is_refused(store: Store, account: User, email: str, said: str) -> None:
    with store.writing() as session:
        members.add(session, "other@example.org", name="Other", role="advisor", now=NOW)
    with pytest.raises(BadInput) as refused:
        change(store, account, email)
    assert said in refused.value.problems[0].sentence


def test_it_is_for_administrators(store: Store, account: User) -> None:
    with pytest.raises(NotAllowed):
        change(store, account, by=Actor("lead_advisor", account.id + 1))
