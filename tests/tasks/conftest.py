from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.mail_transport import PostOffice, post_office
from tasks.printer import Printer
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.servers import Mailbox, smtp_server
from workflow.mail.signed_links import Links
from workflow.store.session import Store

SECRET = "a secret that only these tests know, long enough"


def world_with(store: Store, office: PostOffice) -> World:
    return World(store=store, post_office=office, printer=Printer(), links=Links("http://127.0.0.1:8000", SECRET),
                 sender="recognition@example.org", secret=SECRET, lease=timedelta(seconds=60), batch=20)  # fmt: skip


@pytest.fixture
def journey(store: Store) -> Journey:
    furnish(store, NOW)
    return Journey(store, NOW).begin()


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def world(store: Store, maildir: Path) -> World:
    return world_with(store, post_office(f"maildir:{maildir}"))


@pytest.fixture
def smtp() -> Iterator[tuple[str, Mailbox]]:
    with smtp_server() as server:
        yield server
