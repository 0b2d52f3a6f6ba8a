"""An installation that has one of the offers and no other, with a lead advisor and an admin who may sign in."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from config.settings import Settings
from tests.journeys import furnish
from tests.keys import keys
from tests.offers.test_library import ORDERED
from tests.offers.together import installed
from tests.records import Files, Originals
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases.accounts import members


@dataclass
class Alone:
    """The pages of an installation, and the clock they go by."""

    store: Store
    app: Flask
    clock: Clock


def alone(files: Files, home: Path, code: str) -> AbstractContextManager[Alone]:
    return alone_in(files, home, installed(home, code))


@contextmanager
def alone_in(files: Files, home: Path, offers: Path) -> Iterator[Alone]:
    """With what lies in that folder."""
    known = {"keys": keys, "offers": Catalogue(load_offers((offers,))), "hash_cost": "least"}
    with Originals(known).copy(files) as store:
        furnish(store, ORDERED)
        with store.writing() as session:
            for email, role in (("lead@example.org", "lead_advisor"), ("admin@example.org", "admin")):
                members.add(session, email, name=role, role=role, password=PASSWORD, now=ORDERED)
        clock = Clock(ORDERED)
        settings = Settings(home=home, database_url="sqlite://", secret_key="s" * 40, second_factor=())
        yield Alone(store, create_app(settings, clock, store), clock)


def read(visitor: Visitor) -> str:
    """What stands on the page itself, without what stands on every page."""
    return " ".join(visitor.texts("main"))
