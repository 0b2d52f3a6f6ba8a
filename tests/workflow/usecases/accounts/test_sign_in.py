"""Signing in with a password, and then with a second factor."""

import pytest
from argon2 import Type, extract_parameters, profiles
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.workflow.usecases.accounts.conftest import ELSEWHERE, PASSWORD, POLICY, SEALER, Knock, visit
from workflow.domain.actor import SYSTEM
from workflow.store.session import Store
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.user import User
from workflow.usecases.accounts import factors, members, sessions
from workflow.usecases.accounts.credentials import totp
from workflow.usecases.accounts.doors import sign_in
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, TurnedAway

SECRET = totp.new_secret()


def _hash_of(store: Store) -> str:
    with store.reading() as session:
        return session.scalars(select(User.password_hash).where(User.email == "tamsin@example.org")).one()


@pytest.mark.parametrize("info", [{}, {"hash_cost": "usual"}], ids=["nothing said", "the usual"])
def test_a_password_that_was_hashed_at_the_least_cost_is_hashed_at_the_librarys_own_when_next_it_is_typed(
    store: Store, account: User, info: dict[str, str]
) -> None:
    """So a record made for tests, should it ever be opened in earnest, mends itself."""
    assert extract_parameters(account.password_hash) == profiles.CHEAPEST
    earnest = Store(store.engine.url.render_as_string(hide_password=False), info)
    assert isinstance(sign_in.with_password(earnest, account.email, PASSWORD, visit(), POLICY), HalfWay)
    earnest.close()
    assert extract_parameters(_hash_of(store)) == profiles.get_default_parameters()
    assert extract_parameters(_hash_of(store)).type is Type.ID


def test_wrong_passwords_unknown_addresses_and_nonsense_are_turned_away(knock: Knock) -> None:
    assert knock("wrong password") == TurnedAway()
    assert knock(email="nobody@example.org") == TurnedAway()
    assert knock(email="\x00") == TurnedAway()
    assert knock("x" * 100_000) == TurnedAway()


def test_an_account_without_a_password_is_turned_away_whatever_is_typed(store: Store, knock: Knock) -> None:
    with store.writing() as session:
        members.add(session, "new@example.org", name="Jory Penrose", role="advisor", now=NOW)
    assert [knock(typed, email="new@example.org") for typed in ("", "no such person works here")] == [TurnedAway()] * 2


def test_a_closed_account_is_turned_away_with_the_right_password(store: Store, account: User, knock: Knock) -> None:
    with store.writing() as session:
        members.disable(session, account.id, by=SYSTEM, now=NOW)
    assert knock() == TurnedAway()
    with store.writing() as session:
        members.enable(session, account.id, by=SYSTEM, now=NOW)
    assert isinstance(knock(), ComeIn)


def test_whose_role_needs_a_second_factor_comes_half_way_with_the_password(store: Store, knock: Knock) -> None:
    came = knock(policy=POLICY)
    assert isinstance(came, HalfWay)
    with store.reading() as session:
        assert sessions.read(session, came.secret, NOW, POLICY.idle) is None
        assert sessions.read(session, came.secret, NOW, POLICY.idle, "password") is not None


def test_whoever_has_a_second_factor_is_asked_for_it_though_their_role_needs_none(store: Store, knock: Knock) -> None:
    _set_up(store)
    assert isinstance(knock(), HalfWay)


def _set_up(store: Store) -> None:
    with store.writing() as session:
        session.scalars(select(User).where(User.email == "tamsin@example.org")).one().totp_sealed = SEALER.seal(SECRET)


def _give(store: Store, user: User, typed: str, minutes: float = 0, **where: object) -> TurnedAway | ComeIn:
    at = visit(minutes, **where)  # type: ignore[arg-type] # a place or a device
    with store.writing() as session:
        held = session.get_one(User, user.id, with_for_update=True)
        return sign_in.second_factor(session, held, factors.code(typed, SEALER), at, POLICY, remember=True)


def _code(minutes: float = 0, steps: int = 0) -> str:
    return totp.code_at(SECRET, int(visit(minutes).now.timestamp()) // 30 + steps)


def test_a_code_lets_in_once(store: Store, account: User) -> None:
    _set_up(store)
    assert isinstance(_give(store, account, _code()), ComeIn)
    assert isinstance(_give(store, account, _code()), TurnedAway)


@pytest.mark.parametrize(("steps", "is_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_one_step(store: Store, account: User, steps: int, *, is_in: bool) -> None:
    _set_up(store)
    assert isinstance(_give(store, account, _code(steps=steps)), ComeIn) is is_in


def test_a_code_of_a_step_before_one_that_was_taken_is_not_taken(store: Store, account: User) -> None:
    _set_up(store)
    _give(store, account, _code(steps=1))
    assert isinstance(_give(store, account, _code()), TurnedAway)


def test_a_remembered_device_is_not_asked_for_thirty_days(store: Store, account: User, knock: Knock) -> None:
    _set_up(store)
    came = _give(store, account, _code())
    assert isinstance(came, ComeIn)
    device = came.device_secret
    month = 30 * 24 * 60
    assert isinstance(knock(at=visit(month - 1, device=device), policy=POLICY), ComeIn)
    assert isinstance(knock(at=visit(month, device=device), policy=POLICY), HalfWay)
    assert isinstance(knock(at=visit(device="another"), policy=POLICY), HalfWay)


def test_wrong_codes_are_slowed_down_and_a_known_device_is_not_shut_out_by_them(store: Store, account: User) -> None:
    _set_up(store)
    home = _give(store, account, _code())
    assert isinstance(home, ComeIn)
    tries = [_give(store, account, "000000", place=ELSEWHERE) for _ in range(6)]
    assert [one for one in tries if isinstance(one, TurnedAway) and one.until] == tries[4:]
    assert isinstance(_give(store, account, _code(1), 1, device=home.device_secret), ComeIn)


def test_sessions_that_ran_out_are_removed_when_another_begins(store: Store, knock: Knock) -> None:
    knock()
    knock(at=visit(24 * 60))
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(WebSession)) == 1
