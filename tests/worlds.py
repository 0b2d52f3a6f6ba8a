"""The world that tasks reach from a record: a mail server, a printer, signed links; and whole installations of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from tasks.app import open_world
from tasks.mail.server import MailServer
from tasks.world import World
from tests.journeys import furnish
from tests.keys import settle
from workflow.domain.look import USUAL
from workflow.mail.signed_links import Links
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.usecases.printing.printer import Printer

SECRET = "a secret that only these tests know, long enough"


def world_with(store: Store, server: MailServer) -> World:
    return World(
        store=store,
        mail_server=server,
        printer=Printer(),
        links=Links("http://127.0.0.1:8000", SECRET),
        sender="recognition@example.org",
        look=USUAL,
        secret=SECRET,
        lease=timedelta(seconds=60),
        patience=timedelta(seconds=10),
        batch=50,
    )


@contextmanager
def installation(home: Path, offers: Path, sender: str, now: datetime) -> Iterator[World]:
    """One that has the offers of a folder and no others, with people and schools; its emails lie in `home`/mail."""
    settings = Settings(
        home=home,
        database_url=f"sqlite:///{home / 'recognition.db'}",
        mail_url=f"maildir:{home / 'mail'}",
        base_url="http://127.0.0.1:8000",
        secret_key=SECRET,
        offers=offers,
        sender=sender,
    )
    world = open_world(settings)
    upgrade(world.store.engine)
    settle(settings.keys)
    furnish(world.store, now)
    yield world
    world.store.close()
