"""Guesses are slowed down, and nobody is shut out by others' guesses."""

from datetime import timedelta

from sqlalchemy import select

from tests.conftest import NOW
from tests.workflow.usecases.accounts.conftest import ELSEWHERE, EMAIL, HOME, Knock, visit
from workflow.store.session import Store
from workflow.store.tables.access.account_event import AccountEvent
from workflow.store.tables.user import User
from workflow.usecases.accounts.credentials import guesses
from workflow.usecases.accounts.doors.sign_in import ComeIn, TurnedAway
from workflow.usecases.accounts.sessions import Place


def _wait(knock: Knock, minutes: float) -> float | None:
    """After a wrong guess, for how many minutes no other is looked at."""
    turned = knock("wrong password", visit(minutes))
    assert isinstance(turned, TurnedAway)
    return (turned.until - NOW) / timedelta(minutes=1) - minutes if turned.until else None


def test_after_five_wrong_ones_the_next_waits_for_a_minute_then_twice_as_long_up_to_an_hour(knock: Knock) -> None:
    minutes, waits = 0.0, []
    for _ in range(13):
        waits.append(_wait(knock, minutes) or 0)
        minutes += waits[-1]
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_right_password_is_not_looked_at_while_guesses_are_slowed_down(knock: Knock) -> None:
    for _ in range(5):
        _wait(knock, 0)
    assert isinstance(knock(at=visit(0.9)), TurnedAway)
    assert isinstance(knock(at=visit(1)), ComeIn)


def test_guesses_that_are_not_looked_at_make_it_no_longer(knock: Knock) -> None:
    for _ in range(20):
        _wait(knock, 0)
    assert isinstance(knock(at=visit(1)), ComeIn)


def test_whoever_gets_in_begins_anew(knock: Knock) -> None:
    for _ in range(4):
        _wait(knock, 0)
    knock()
    assert [_wait(knock, 0) for _ in range(4)] == [None] * 4


def test_guesses_from_elsewhere_do_not_slow_down_the_owner(knock: Knock) -> None:
    for _ in range(10):
        knock("wrong password", visit(place=ELSEWHERE))
    assert isinstance(knock("wrong password", visit(place=ELSEWHERE)), TurnedAway)
    assert isinstance(knock(at=visit(place=HOME)), ComeIn)


def test_a_known_device_gets_in_however_many_guesses_are_made_even_from_its_own_network(knock: Knock) -> None:
    came = knock()
    assert isinstance(came, ComeIn)
    for _ in range(10):
        knock("wrong password")
    for number in range(120):
        knock("wrong password", visit(place=Place("A browser", f"203.0.{number}.0/24")))
    assert isinstance(knock(at=visit()), TurnedAway)
    assert isinstance(knock(at=visit(place=ELSEWHERE)), TurnedAway)
    assert isinstance(knock(at=visit(device=came.device_secret)), ComeIn)


def test_a_device_is_known_for_its_own_account_alone(knock: Knock) -> None:
    came = knock()
    assert isinstance(came, ComeIn)
    for _ in range(5):
        knock("wrong password", visit(device=came.device_secret), email="nobody@example.org")
    turned = knock(email="nobody@example.org", at=visit(device=came.device_secret))
    assert isinstance(turned, TurnedAway)
    assert turned.until is not None


def test_one_network_is_slowed_down_at_every_address(knock: Knock) -> None:
    for number in range(30):
        knock("wrong password", email=f"nobody{number}@example.org")
    turned = knock("wrong password", email="somebody.else@example.org")
    assert isinstance(turned, TurnedAway)
    assert turned.until == NOW + timedelta(minutes=1)


def test_what_the_people_of_one_network_mistype_over_a_day_slows_nobody_down(knock: Knock) -> None:
    turned = [knock("wrong password", visit(11 * number), email=f"nobody{number}@example.org") for number in range(60)]
    assert {one.until for one in turned if isinstance(one, TurnedAway)} == {None}
    assert isinstance(knock(at=visit(11 * 60)), ComeIn)


def test_unknown_addresses_are_slowed_down_like_known_ones(knock: Knock) -> None:
    known = [knock("wrong password") for _ in range(6)]
    unknown = [knock("wrong password", visit(place=ELSEWHERE), email="nobody@example.org") for _ in range(6)]
    assert known == unknown


def test_failures_of_the_day_before_are_forgotten(store: Store, knock: Knock) -> None:
    for _ in range(4):
        _wait(knock, 0)
    assert [_wait(knock, 24 * 60 + 1) for _ in range(4)] == [None] * 4
    with store.reading() as session:
        assert guesses.slowed_until(session, guesses.counts_of(EMAIL, HOME.network, None), NOW) is None


def test_the_owner_finds_in_the_history_that_guesses_were_slowed_down(
    store: Store, account: User, knock: Knock
) -> None:
    for _ in range(7):
        knock("wrong password", visit(place=ELSEWHERE))
    with store.reading() as session:
        told = session.scalars(select(AccountEvent).where(AccountEvent.user_id == account.id)).all()
    assert [(one.name, one.data) for one in told if one.name == "guessed_at"] == [
        ("guessed_at", {"network": ELSEWHERE.network})
    ]
