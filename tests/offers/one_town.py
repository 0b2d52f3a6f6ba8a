"""One council with three offers: a school that has bought all of them, and another that has bought the first alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from config.settings import OFFERS, Settings
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.offers.together import HERE
from tests.offers.walk import PRICES
from tests.records import Files, Originals
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases import appointments
from workflow.usecases.accounts import members

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LEAD, ADVISOR = "lead@example.org", "advisor.web@example.org"


@dataclass
class Town:
    """`mentoring`, `library` and `pledge` are one school's; `other` is another school's, under the first offer."""

    store: Store
    app: Flask
    clock: Clock
    mentoring: Journey
    library: Journey
    pledge: Journey
    other: Journey

    def visitor(self, email: str = LEAD) -> Visitor:
        return Visitor(self.app).sign_in(email)

    @property
    def references(self) -> dict[str, str]:
        own = {name: getattr(self, name) for name in ("mentoring", "library", "pledge", "other")}
        return {name: journey.reference for name, journey in own.items()}

    def told(self, text: str) -> set[str]:
        """Which of them a text names."""
        return {name for name, reference in self.references.items() if reference in text}


def bought(store: Store, code: str, urn: str = "900001", order: str = "") -> Journey:
    return Journey(store, NOW).begin(price=PRICES[code], order=order or f"T-{code}", urn=urn, offer=code)


@contextmanager
def installed(files: Files, *folders: Path) -> Iterator[Store]:
    """With the offers that lie in these folders, and people who may sign in."""
    known = {"keys": keys, "offers": Catalogue(load_offers(folders)), "hash_cost": "least"}
    with Originals(known).copy(files) as store:
        furnish(store, NOW)
        with store.writing() as session:
            for email, role in ((LEAD, "lead_advisor"), (ADVISOR, "advisor")):
                members.add(session, email, name=role, role=role, password=PASSWORD, now=NOW)
        yield store


def served(store: Store, home: Path, clock: Clock) -> Flask:
    settings = Settings(home=home, database_url="sqlite://", secret_key="s" * 40, second_factor=())
    return create_app(settings, clock, store)


def lead_of(store: Store, home: Path) -> Visitor:
    return Visitor(served(store, home, Clock(NOW))).sign_in(LEAD)


@contextmanager
def town(files: Files, home: Path) -> Iterator[Town]:
    with installed(files, HERE, OFFERS) as store:
        clock = Clock(NOW)
        mentoring, library, pledge = (bought(store, code) for code in ("mentoring", "library", "pledge"))
        other = bought(store, "mentoring", "900004", "T-other")
        yield Town(store, served(store, home, clock), clock, mentoring, library, pledge, other)


def meet(journey: Journey, kind: str, day: int) -> None:
    """A meeting agreed for that day of the month."""
    journey._do(appointments.book, kind, NOW.replace(day=day, hour=10))
