"""On PostgreSQL the application can sign in as somebody who may not change or delete what happened."""

import uuid

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from workflow.queries.audit import verify
from workflow.store.session import Store

pytestmark = pytest.mark.parametrize("place", ["postgresql"], indirect=True)


@pytest.fixture
def application(store: Store) -> Store:
    """The record, as somebody sees it who has the role and nothing else."""
    name = f"app_{uuid.uuid4().hex[:8]}"
    with store.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'made up' IN ROLE recognition_application"))
    url = make_url(store.engine.url).set(username=name, password="made up")
    with store.reading() as session:
        return Store(url.render_as_string(hide_password=False), session.info)


def test_a_whole_journey_can_be_gone_in_this_role_and_taken_back(application: Store) -> None:
    furnish(application, NOW)
    Journey(application, NOW).begin().to("recognised")
    with application.reading() as session:
        assert verify(session).faults == ()
    application.close()


REFUSED = (
    "UPDATE event SET actor = 'advisor:9'",
    "DELETE FROM event",
    "TRUNCATE event",
    "UPDATE history_opening SET seq = 9",
    "DELETE FROM history_opening",
    "DROP TABLE event",
    "ALTER TABLE event DROP COLUMN note_digest",
)


def test_what_happened_cannot_be_changed_in_this_role(application: Store) -> None:
    for statement in REFUSED:
        with (
            application.engine.connect() as connection,
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        ):
            connection.execute(text(statement))
    application.close()
