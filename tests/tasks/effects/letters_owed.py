"""Letters that are owed, and what has become of them."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tasks.deliver import deliver_due
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.moody_server import Moods
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import offers_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import purchases

READER = "jenna@polwhevral.example.org"
#: Of the world that a test with a slow server writes from.
IMPATIENT = pytest.mark.parametrize("deadline", [1.0])


def write_to(school: Journey, address: str) -> str:
    with school.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == school.id).values(lead_email=address))
    return address


def deliver(world: World, now: datetime = NOW) -> int:
    return deliver_due(world, lambda: now)


def owed(store: Store) -> list[OwedEffect]:
    with store.reading() as session:
        return list(session.scalars(select(OwedEffect).order_by(OwedEffect.id)))


def setbacks(store: Store) -> list[Setback]:
    with store.reading() as session:
        return list(session.scalars(select(Setback)))


def to_others(moods: Moods, bad: str) -> list[str]:
    """To whom letters went, but for the one reader."""
    return [address for one in moods.received for address in one.rcpt_tos if address != bad]


def many(store: Store, number: int) -> None:
    furnish(store, NOW)
    with store.writing() as session:
        known = offers_of(session).latest()
        for one in range(number):
            order = purchases.Order(f"B-{one}", "900001", Decimal(265), NOW, "Jenna", f"s{one}@example.org")
            purchases.accept(session, known, order, actor=SYSTEM, now=NOW)
