"""Who has an account, with which role, and until when."""

from collections.abc import Callable

import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.workflow.usecases.accounts.conftest import EMAIL, LINKS, PASSWORD, POLICY, SEALER, Knock
from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import BadInput, Conflict, NotAllowed
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases import advisors, users
from workflow.usecases.accounts import account_history, factors, members, sessions
from workflow.usecases.accounts.doors.sign_in import ComeIn


def _titles(store: Store, user: User) -> list[str]:
    with store.reading() as session:
        return [one.name for one in account_history.latest(session, user.id)]


def test_every_mistake_in_a_new_account_is_told_at_once(store: Store) -> None:
    with store.writing() as session, pytest.raises(BadInput) as refused:
        members.add(session, "no address", name=" ", role="king", password="short", now=NOW)
    assert [problem.where for problem in refused.value.problems] == ["email", "name", "role", "password"]


@pytest.mark.parametrize(
    "password", ["password1234", "aaaaaaaaaaaaaaa", "tamsin rowe 1", "qwertyuiop12", "Recognition1"]
)
def test_a_password_that_is_guessed_soon_is_refused(store: Store, password: str) -> None:
    with store.writing() as session, pytest.raises(BadInput) as refused:
        members.add(session, EMAIL, name="Tamsin Rowe", role="advisor", password=password, now=NOW)
    assert "guessed soon" in refused.value.problems[0].sentence


@pytest.mark.usefixtures("account")
def test_an_address_has_one_account_however_it_is_written(store: Store) -> None:
    with store.writing() as session, pytest.raises(BadInput) as refused:
        members.add(session, EMAIL.upper(), name="Tamsin", role="advisor", password=PASSWORD, now=NOW)
    assert refused.value.problems[0].sentence == f"{EMAIL} has an account already."


@pytest.mark.parametrize("role", ["advisor", "lead_advisor", "assessor", "finance", "auditor", "school_lead"])
def test_accounts_are_looked_after_by_administrators(store: Store, account: User, role: str) -> None:
    by = Actor(role, account.id + 1)
    with store.writing() as session:
        forbidden: list[Callable[[], User]] = [
            lambda: members.add(session, "new@example.org", name="Jory", role="admin", now=NOW, by=by),
            lambda: members.change(session, account.id, by=by, now=NOW, role="lead_advisor"),
            lambda: members.disable(session, account.id, by=by, now=NOW),
            lambda: members.enable(session, account.id, by=by, now=NOW),
            lambda: members.reset(session, account.id, by=by, now=NOW, links=LINKS),
        ]
        for one in forbidden:
            with pytest.raises(NotAllowed, match="looked after by an administrator"):
                one()


def test_a_new_role_signs_out_everywhere_and_stands_in_the_history(store: Store, account: User, knock: Knock) -> None:
    came = knock()
    assert isinstance(came, ComeIn)
    with store.writing() as session:
        members.change(session, account.id, by=SYSTEM, now=NOW, role="lead_advisor", name="Tamsin Rowe-Hocking")
    with store.reading() as session:
        assert sessions.read(session, came.secret, NOW, POLICY.idle) is None
        assert users.actor(session, EMAIL) == Actor("lead_advisor", account.id)
    assert _titles(store, account)[:2] == ["role_changed", "name_changed"]


def test_nobody_changes_their_own_role_or_closes_their_own_account(store: Store) -> None:
    with store.writing() as session:
        first = members.add(session, EMAIL, name="Tamsin", role="admin", now=NOW)
        by = users.actor_of(first)
        with pytest.raises(Conflict, match="ask another administrator"):
            members.change(session, first.id, by=by, now=NOW, role="advisor")
        with pytest.raises(Conflict, match="ask another administrator"):
            members.disable(session, first.id, by=by, now=NOW)


def test_the_last_administrator_stays(store: Store) -> None:
    with store.writing() as session:
        first = members.add(session, EMAIL, name="Tamsin", role="admin", now=NOW)
        lasts: list[Callable[[], User]] = [
            lambda: members.disable(session, first.id, by=SYSTEM, now=NOW),
            lambda: members.change(session, first.id, by=SYSTEM, now=NOW, role="auditor"),
        ]
        for last in lasts:
            with pytest.raises(Conflict, match="Tamsin is the only administrator"):
                last()
        second = members.add(session, "jory@example.org", name="Jory", role="admin", now=NOW)
        members.disable(session, first.id, by=users.actor_of(second), now=NOW)
        assert first.disabled_at == NOW


def test_whoever_looks_after_schools_hands_them_over_before_they_leave(store: Store) -> None:
    furnish(store, NOW)
    journey = Journey(store, NOW).begin()
    with store.writing() as session:
        leaving = members.of(session, journey.row.advisor_id or 0)
        with pytest.raises(Conflict, match=r"looks after 1 school\. Hand them over first"):
            members.disable(session, leaving.id, by=SYSTEM, now=NOW)
        with pytest.raises(Conflict, match="then they can become auditor"):
            members.change(session, leaving.id, by=SYSTEM, now=NOW, role="auditor")
        session.add(User(id=9, email=EMAIL, name="Tamsin", role="advisor", password_hash="", created_at=NOW))
        session.flush()
        advisors.hand_over(session, journey.row.id, EMAIL, note="All is well.", actor=SYSTEM, now=NOW)
        members.disable(session, leaving.id, by=SYSTEM, now=NOW)
        with pytest.raises(BadInput, match="is no advisor"):
            advisors.hand_over(session, journey.row.id, leaving.email, note="And back.", actor=SYSTEM, now=NOW)
        assert leaving.email not in {one.email for one in users.advisors(session)}
        with pytest.raises(NotAllowed, match="is closed"):
            users.actor(session, leaving.email)


def test_a_reset_takes_the_factors_and_the_sessions_with_it(store: Store, account: User, knock: Knock) -> None:
    came = knock()
    assert isinstance(came, ComeIn)
    with store.writing() as session:
        session.get_one(User, account.id).totp_sealed = SEALER.seal("secret")
        members.reset(session, account.id, by=SYSTEM, now=NOW, links=LINKS, password="quite another password")
        assert not factors.of_user(session, session.get_one(User, account.id)).any
        assert sessions.read(session, came.secret, NOW, POLICY.idle) is None
    assert isinstance(knock("quite another password"), ComeIn)
