"""A worker whose pool loses a child goes on: the child is replaced, and what it had in hand is delivered once."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests import programs
from tests.journeys import Journey, furnish
from tests.records import Files, Originals
from tests.servers import redis_server, wait_until
from workflow.store.session import Store
from workflow.store.tables.sent_email import SentEmail

pytestmark = pytest.mark.xdist_group("programs")


def sent(store: Store, number: int) -> bool:
    with store.reading() as session:
        return session.query(SentEmail).count() == number


def test_each_child_of_a_pool_that_is_killed_is_replaced_and_nothing_waits(
    originals: Originals, files: Files, tmp_path: Path
) -> None:
    with originals.copy(files) as store, redis_server(tmp_path) as redis:
        furnish(store, datetime.now(UTC))
        url = store.engine.url.render_as_string(hide_password=False)
        settings = programs.environment(tmp_path, database_url=url, broker_url=redis.url, secret_key="k" * 40)
        worker = programs.worker(settings, tmp_path / "worker.log")
        beat = programs.beat(settings, tmp_path / "beat.log", tmp_path / "schedule")
        with programs.running(worker, beat):
            Journey(store, datetime.now(UTC)).begin()
            wait_until(partial(sent, store, 2), "the first letters")
            for number in (1, 2):
                pool = children(worker)
                assert len(pool) == 2
                pool[0].kill()
                Journey(store, datetime.now(UTC)).begin(order=f"SFS-{number + 1}")
                wait_until(partial(sent, store, 2 * (number + 1)), "letters after a child was killed", 20)
                wait_until(lambda: len(children(worker)) == 2, "the child being replaced", 20)


def children(worker: programs.Program) -> list[psutil.Process]:
    """Those that live, oldest first."""
    found = []
    for child in psutil.Process(worker.pid).children():
        with suppress(psutil.NoSuchProcess):  # it has just died
            if child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return sorted(found, key=lambda one: one.create_time())
