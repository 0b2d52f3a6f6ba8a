"""A step among thousands of engagements finds its rows by index: what it costs does not grow with the record."""

from collections import Counter
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.sweep import Town
from tests.conftest import NOW
from tests.servers import new_database
from workflow import engine
from workflow.domain.actor import Actor

_GROWING = ("engagement", "event", "timer", "promise", "outbox")


def whole_readings(session: Session) -> Counter[str]:
    """How often this connection has read each growing table from end to end."""
    rows = session.execute(text("SELECT relname, seq_scan FROM pg_stat_xact_user_tables"))
    return Counter({row.relname: row.seq_scan for row in rows if row.relname in _GROWING})


def test_no_table_of_the_record_is_read_whole(postgresql_url: str) -> None:
    """The first steps are planned for what they hold; PostgreSQL may then settle on one plan for all."""
    town = Town(new_database(postgresql_url, f"test_{uuid4().hex}"), 2_000, "school-due-in-five")
    for engagement_id in range(2, 20):
        with town.store.writing() as session:
            lead = Actor("lead_advisor", 1)
            before = whole_readings(session)
            engine.advance(session, engagement_id, "start_training", actor=lead, now=NOW, override="Agreed.")
            assert not whole_readings(session) - before
    town.store.close()
