"""What every test may ask for: an empty migrated record on SQLite and on PostgreSQL, and people to act."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.servers import new_database, postgresql
from workflow.engine.catalogue import Offers
from workflow.offer.loader import load_offers
from workflow.store.migrate import upgrade
from workflow.store.session import Store

NOW = datetime(2025, 10, 6, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def offers() -> Offers:
    return Offers(load_offers((OFFERS,)))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """One real PostgreSQL for the whole run."""
    with postgresql() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'recognition.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, offers: Offers) -> Iterator[Store]:
    """An empty record, once on each database: one suite for both."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_url")
    else:
        url = new_database(request.getfixturevalue("postgresql_url"), f"test_{uuid.uuid4().hex}")
    store = Store(url, {"offers": offers})
    upgrade(store.engine)
    yield store
    store.close()
