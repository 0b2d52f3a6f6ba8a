"""The world that tasks reach from a record: a mail server, a printer, signed links."""

from datetime import timedelta

from tasks.mail.server import MailServer
from tasks.world import World
from workflow.domain.look import USUAL
from workflow.mail.signed_links import Links
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
