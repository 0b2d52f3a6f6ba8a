"""Homes in which the demonstration has been told, each on another day; it takes seconds, so once a session."""

from datetime import UTC, datetime
from time import process_time

from tests.keys import settle
from tests.web.cli.conftest import Typist
from web.cli.demo import load
from web.installation import load_settings
from web.store import open_store
from workflow.store.migrate import upgrade

NOVEMBER, AUGUST, MARCH = (datetime(*day, 12, tzinfo=UTC) for day in ((2026, 11, 23), (2027, 8, 2), (2025, 3, 14)))


def in_november(typist: Typist) -> float:
    return _tell(typist, NOVEMBER)


def in_august(typist: Typist) -> float:
    return _tell(typist, AUGUST)


def in_march(typist: Typist) -> float:
    return _tell(typist, MARCH)


def _tell(_typist: Typist, now: datetime) -> float:
    """Returns the seconds of the processor that it took: what else the machine does is no fault of the telling."""
    settings, started = load_settings(), process_time()
    store = open_store(settings)
    upgrade(store.engine)
    settle(settings.keys)
    assert load.load(store, settings, now)
    store.close()
    return process_time() - started
