"""What is said differently to each database is understood by it."""

import time

import psycopg
from sqlalchemy import text

from tests.servers import wait_until
from workflow.store.session import Store


def test_a_connection_that_was_closed_while_it_rested_is_replaced(postgresql_url: str) -> None:
    """As when the server was started again: nobody sees an error for it."""
    store = Store(postgresql_url, {})
    with store.reading() as session:
        first = session.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    rested = time.monotonic() + 1.1
    wait_until(lambda: time.monotonic() > rested, "the connection having rested")
    with store.reading() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != first
    store.close()
