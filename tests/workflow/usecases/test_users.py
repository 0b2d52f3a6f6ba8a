"""Accounts and passwords."""

from datetime import timedelta

import pytest
from argon2 import Type, extract_parameters, profiles

from tests.conftest import NOW
from workflow.errors import BadInput
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases import users

EMAIL = "advisor.web@example.org"
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def account(store: Store) -> None:
    """One person who may sign in."""
    with store.writing() as session:
        users.add_user(session, EMAIL, name="Tamsin Rowe", role="advisor", password=PASSWORD, now=NOW)


def _try(store: Store, password: str, minutes: float = 0, email: str = EMAIL) -> User | None:
    return users.sign_in(store, email, password, NOW + timedelta(minutes=minutes))


def test_passwords_are_kept_as_argon2id(store: Store) -> None:
    user = _try(store, PASSWORD)
    assert user is not None
    assert user.password_hash.startswith("$argon2id$")
    assert users.actor_of(user).token == f"advisor:{user.id}"


@pytest.mark.parametrize("info", [{}, {"hash_cost": "usual"}], ids=["nothing said", "the usual"])
def test_a_password_that_was_hashed_at_the_least_cost_is_hashed_at_the_librarys_own_when_next_it_is_typed(
    store: Store, info: dict[str, str]
) -> None:
    """So a record made for tests, should it ever be opened in earnest, mends itself."""
    url = store.engine.url.render_as_string(hide_password=False)
    earnest = Store(url, info)
    kept = [extract_parameters(user.password_hash) for user in (_try(store, PASSWORD), _try(earnest, PASSWORD)) if user]
    earnest.close()
    assert kept == [profiles.CHEAPEST, profiles.get_default_parameters()]
    assert kept[1].type is Type.ID


def test_every_mistake_in_a_new_account_is_told_at_once(store: Store) -> None:
    with store.writing() as session, pytest.raises(BadInput) as refused:
        users.add_user(session, "no address", name=" ", role="king", password="short", now=NOW)
    assert [problem.where for problem in refused.value.problems] == ["email", "name", "role", "password"]


def test_an_address_has_one_account_however_it_is_written(store: Store) -> None:
    with store.writing() as session, pytest.raises(BadInput, match="has an account already"):
        users.add_user(session, EMAIL.upper(), name="Tamsin", role="advisor", password=PASSWORD, now=NOW)


def test_each_further_failure_doubles_the_lock_up_to_an_hour(store: Store) -> None:
    minutes, locks = 0.0, []
    for _ in range(13):
        _try(store, "wrong password", minutes)
        with store.reading() as session:
            until = session.query(User).filter_by(email=EMAIL).one().locked_until
        if until is not None:
            locks.append(int((until - NOW).total_seconds() / 60 - minutes))
            minutes += locks[-1]
    assert locks == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_tries_during_a_lock_do_not_make_it_longer(store: Store) -> None:
    for _ in range(20):
        _try(store, "wrong password")
    assert _try(store, PASSWORD, minutes=1) is not None


def test_signing_in_forgets_the_failures(store: Store) -> None:
    for _ in range(4):
        _try(store, "wrong password")
    _try(store, PASSWORD)
    for _ in range(4):
        _try(store, "wrong password")
    assert _try(store, PASSWORD) is not None


def test_unknown_addresses_and_nonsense_are_nobody(store: Store) -> None:
    assert _try(store, PASSWORD, email="nobody@example.org") is None
    assert _try(store, PASSWORD, email="\x00") is None
    assert _try(store, "x" * 100_000) is None


def test_an_account_without_a_usable_hash_is_nobody(store: Store) -> None:
    assert _try(store, "-", email="advisor@example.org") is None
