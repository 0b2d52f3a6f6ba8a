"""What is sensitive asks again unless the issuer has asked lately, and said so."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.workflow.usecases.accounts.conftest import EMAIL, POLICY, visit
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.accounts import sessions
from workflow.usecases.accounts.doors.single_sign_on import Somebody, enter


@pytest.mark.parametrize(
    ("proved_at", "is_fresh"),
    [(NOW, True), (NOW - timedelta(hours=3), False), (None, False), (NOW + timedelta(days=1), True)],
)
@pytest.mark.usefixtures("account")
def test_a_session_is_as_fresh_as_the_issuer_says(store: Store, proved_at: datetime | None, *, is_fresh: bool) -> None:
    who = Somebody("issuer 1", EMAIL, "Tamsin Rowe", (), proved_at)
    with store.writing() as session:
        came = enter(session, who, {}, visit(), POLICY)
    with store.reading() as session:
        found = sessions.read(session, came.secret, NOW, POLICY.idle)
        assert found is not None
        assert isinstance(found.user, User)
        assert sessions.is_fresh(found.session, POLICY, NOW) == is_fresh
        assert found.session.proved_at <= NOW
