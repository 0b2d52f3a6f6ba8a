"""One person with an account, and a door at which they stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import NOW
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.accounts import members
from workflow.usecases.accounts.credentials.secrets import LinkMaker, Sealer
from workflow.usecases.accounts.doors import sign_in
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, TurnedAway, Visit
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.accounts.sessions import Place

EMAIL, PASSWORD = "tamsin@example.org", "a long enough password"
HOME = Place("Firefox on Windows", "192.0.2.0/24")
ELSEWHERE = Place("A browser on Linux", "198.51.100.0/24")
POLICY, WORD_ALONE = AccessPolicy(), AccessPolicy(second_factor=())
SEALER, LINKS = Sealer("s" * 40), LinkMaker("s" * 40)
Knock = Callable[..., "TurnedAway | HalfWay | ComeIn"]


def visit(minutes: float = 0, place: Place = HOME, device: str | None = None) -> Visit:
    return Visit(place, device, NOW + timedelta(minutes=minutes))


@pytest.fixture
def account(store: Store) -> User:
    with store.writing() as session:
        return members.add(session, EMAIL, name="Tamsin Rowe", role="advisor", password=PASSWORD, now=NOW)


@pytest.fixture
def knock(store: Store, account: User) -> Knock:
    """Tries a password. One that is right is enough, unless the policy says otherwise."""

    def try_it(
        password: str = PASSWORD,
        at: Visit | None = None,
        email: str = account.email,
        policy: AccessPolicy = WORD_ALONE,
    ) -> TurnedAway | HalfWay | ComeIn:
        return sign_in.with_password(store, email, password, at or visit(), policy)

    return try_it
