"""The schools of offers that no story tells of: they act as in a rehearsal, on the real record, up to now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.cli.demo.story import Others
from web.installation import HABITS
from workflow.domain.actor import SYSTEM
from workflow.offer.definition import Offer
from workflow.simulation.agents.caseload import Caseload
from workflow.simulation.habits import read_habits
from workflow.simulation.metrics import WEEK
from workflow.simulation.new_orders import Wanted, deal
from workflow.simulation.scenario import NewOrder, Scenario
from workflow.store.session import Store
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import purchases
from workflow.usecases.purchases import Order

MINUTE = timedelta(minutes=1)
_MONTH = timedelta(days=30)


def next_due(session: Session) -> datetime | None:
    """When the next timer or effect falls due."""
    timer = session.scalar(select(func.min(ArmedTimer.due_at)).where(ArmedTimer.status == "armed"))
    effect = session.scalar(select(func.min(OwedEffect.due_at)).where(OwedEffect.status == "owed"))
    return min((due for due in (timer, effect) if due is not None), default=None)


class Passing:
    """Timers fire and effects are delivered a minute after they are due."""

    def __init__(self, pass_once: Callable[[datetime], object]) -> None:
        self._pass_once, self._passed = pass_once, datetime.min.replace(tzinfo=UTC)

    def asks(self, session: Session) -> datetime | None:
        due = next_due(session)
        return None if due is None else max(due, self._passed) + MINUTE

    def passes(self, _store: Store, now: datetime) -> None:
        self._pass_once(now)
        self._passed = now


@dataclass(frozen=True, slots=True)
class _Intake:
    """Orders of schools in the register, for each of the offers in turn."""

    offers: Sequence[Offer]
    names: Sequence[str]

    def accept(self, session: Session, order: NewOrder, _code: str | None) -> int:
        offer, name = self.offers[order.number % len(self.offers)], self.names[order.number % len(self.names)]
        known = session.scalars(select(School.urn).where(School.is_open).order_by(School.urn)).all()
        address = f"{name.lower().replace(' ', '.')}.{order.number}@example.org"
        asked = Order(f"R-{order.number}", known[order.number % len(known)], offer.offer.price, order.at, name, address)
        begun = purchases.accept(session, offer, asked, actor=SYSTEM, now=order.at, advisor_id=order.advisor_id)
        return begun.engagement_id


def begins(others: Others, now: datetime) -> datetime:
    """When the first of them orders."""
    return now - _MONTH * others.months


@dataclass(frozen=True, slots=True)
class Telling:
    """`began` is when the story begins, where one is told besides. Until when, of whom, and whose schools they are."""

    began: datetime
    now: datetime
    others: Others
    advisor_id: int | None

    @property
    def start(self) -> datetime:
        return min(self.began, begins(self.others, self.now))

    @property
    def weeks(self) -> Iterator[datetime]:
        return (self.now - WEEK * number for number in range((self.now - self.start) // WEEK))


def rehearsed(store: Store, offers: Sequence[Offer], when: Telling, passing: Passing) -> Caseload:
    """Everybody's caseload, from the first order on. It is worked by whoever tells the story."""
    others = when.others
    wanted = Wanted(others.orders * len(offers), begins(others, when.now), when.now - WEEK)
    orders = deal([wanted], [], offers[0].calendar, {when.advisor_id: 0}, after=0)
    scenario = Scenario(
        start=when.start, end=when.now, seed=1, habits=read_habits(HABITS), offers=(), names=others.names
    )
    return Caseload(store, scenario, passing, orders, _Intake(offers, others.names).accept)
