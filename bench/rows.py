"""Engagements for the benchmark, made through the use cases."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from config.settings import OFFERS
from tests.keys import keys
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.store.tables.user import User
from workflow.usecases import purchases

_BATCH = 200


def prepare(url: str, count: int, now: datetime) -> tuple[Store, list[int]]:
    """A migrated store with `count` engagements at the offer's first stage."""
    offers = Catalogue(load_offers((OFFERS,)))
    store = Store(url, {"keys": keys, "offers": offers})
    upgrade(store.engine)
    with store.writing() as session:
        session.add(
            User(
                id=1,
                email="lead@example.org",
                name="Lead",
                role="lead_advisor",
                password_hash="",
                created_at=now,
            )
        )
        session.add(
            School(
                urn="900001",
                name="Polwhevral School",
                status="Open",
                phase="Primary",
                authority="Cornwall",
                town="",
                postcode="",
                is_open=True,
                updated_at=now,
            )
        )
    for start in range(0, count, _BATCH):
        with store.writing() as session:
            for number in range(start, min(start + _BATCH, count)):
                order = purchases.Order(f"B-{number}", "900001", Decimal(265), now, "Ada Pascoe", "ada@example.org")
                purchases.accept(session, offers.latest(), order, actor=SYSTEM, now=now)
    with store.reading() as session:
        return store, list(session.scalars(select(Engagement.id).order_by(Engagement.id)))
