"""What every test may ask for: an empty migrated record on SQLite and on PostgreSQL, people to act, and a world."""

import gc
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from config.settings import OFFERS
from tasks.mail.server import mail_server
from tasks.world import World
from tests.databases import Databases
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.records import Files, Originals, Place, empty
from tests.servers import Mailbox, postgresql, smtp_server, trust_the_power
from tests.web.read_once import read_once
from tests.worlds import world_with
from workflow import containment
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store

#: Machines are shared: an example that once took long says nothing.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
LONGEST_BYTES, LONGEST_TEXT = 60, 200
NOW = datetime(2025, 10, 6, 10, 0, tzinfo=UTC)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """No test is called by a whole file: some hold the time they were made, and every process must know every test."""
    if not isinstance(val, bytes | str):
        return None
    longest = LONGEST_BYTES if isinstance(val, bytes) else LONGEST_TEXT
    return argname if len(val) > longest else None


def pytest_collection_finish() -> None:
    """What is there before the first test stays for all of them: each full collection of garbage would look through it,
    and to make one application brings about several."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def foreseen(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What is contained in the product is told in the tests: an error of ours would pass for one letter's bad luck."""
    yield
    if request.node.get_closest_marker("unforeseen") is None:
        told = [
            one.exc_text or one.getMessage() for one in caplog.get_records("call") if one.name == containment.__name__
        ]
        assert told == []


@pytest.fixture(scope="session", autouse=True)
def pages_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The run's own folder is above that of each of its processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    with read_once(folder):
        yield


@pytest.fixture(scope="session")
def offers() -> Catalogue:
    return Catalogue(load_offers((OFFERS,)))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """One real PostgreSQL for the whole run, or for each process of it."""
    with postgresql() as url:
        trust_the_power(url)
        yield url


@pytest.fixture(scope="session")
def databases(postgresql_url: str) -> Databases:
    return Databases(postgresql_url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'recognition.db'}"


@pytest.fixture(scope="session")
def originals(offers: Catalogue) -> Originals:
    """Records to copy from."""
    return Originals({"keys": keys, "offers": offers, "hash_cost": "least"})


@pytest.fixture(scope="session")
def files() -> Iterator[Files]:
    """In memory where the system has a folder there: what is lost with the machine is lost with its test."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    with tempfile.TemporaryDirectory(prefix="recognition-", dir=memory if memory.is_dir() else None) as folder:
        yield Files(Path(folder))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, files: Files) -> Place:
    """Where this test's record is kept: one suite for both databases."""
    return files if request.param == "sqlite" else request.getfixturevalue("databases")


def begun(store: Store) -> None:
    furnish(store, NOW)
    Journey(store, NOW).begin()


def people_named(store: Store) -> None:
    begun(store)
    Journey.resume(store).nominate()


#: What is made once and copied for every test that asks for it, by the fixture that asks.
_MADE = {"with_people": people_named, "with_journey": begun}


@pytest.fixture
def with_journey() -> None:
    """The record has an engagement in it that has just begun."""


@pytest.fixture
def with_people() -> None:
    """And its school has named its people."""


@pytest.fixture
def store(request: pytest.FixtureRequest, place: Place, originals: Originals) -> Iterator[Store]:
    """A record, once on each database: empty, but for what the test asks that it has."""
    asked = (make for name, make in _MADE.items() if name in request.fixturenames)
    with originals.copy(place, next(asked, empty)) as store:
        yield store


@pytest.fixture
def journey(with_journey: None, store: Store) -> Journey:  # noqa: ARG001 (asked of the record)
    """An engagement that has just begun."""
    return Journey.resume(store)


@pytest.fixture
def named(with_people: None, journey: Journey) -> Journey:  # noqa: ARG001 (asked of the record)
    return journey


@pytest.fixture
def other(named: Journey) -> Journey:
    """A second engagement of the same offer, with nobody in it."""
    return Journey(named.store, named.now).begin(order="SFS-2")


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def world(store: Store, maildir: Path) -> World:
    return world_with(store, mail_server(f"maildir:{maildir}"))


@pytest.fixture
def smtp() -> Iterator[tuple[str, Mailbox]]:
    with smtp_server() as server:
        yield server
