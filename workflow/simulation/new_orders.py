"""Made-up orders dealt out beforehand: when each comes in, which number it gets, and whose caseload it goes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import offers_of
from workflow.offer.installed.newest import newest
from workflow.simulation.scenario import NewOrder
from workflow.store.session import Store
from workflow.store.tables.engagement import ReferenceCounter
from workflow.store.tables.school import School
from workflow.usecases import purchases
from workflow.usecases.purchases import Order

#: References have four digits.
MOST = 9999


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many orders, spread evenly from one moment to another."""

    count: int
    first: datetime
    last: datetime


def deal(
    usual: Iterable[Wanted], different: Iterable[Wanted], calendar: Calendar, load: Mapping[int | None, int], after: int
) -> tuple[NewOrder, ...]:
    """Each order comes in when the council works, and goes to the advisor with the least to do; `load` is what each has
    now. Numbers begin after `after`, and those asked for besides come last, so that the others keep theirs."""
    taken, orders = dict(load), []
    moments = [(moment, False) for moment in _moments(usual, calendar)]
    moments += [(moment, True) for moment in _moments(different, calendar)]
    for number, (moment, besides) in enumerate(moments, after + 1):
        advisor = min((one for one in taken if one is not None), key=lambda one: (taken[one], one), default=None)
        taken[advisor] = taken.get(advisor, 0) + 1
        orders.append(NewOrder(number, moment, advisor, besides))
    return tuple(orders)


def _moments(wanted: Iterable[Wanted], calendar: Calendar) -> list[datetime]:
    return sorted(moment for one in wanted for moment in _spread(one, calendar))


def _spread(one: Wanted, calendar: Calendar) -> Iterable[datetime]:
    apart = (one.last - one.first) / one.count
    return (calendar.may_write(one.first + apart * number, "council days") for number in range(one.count))


def highest_number(store: Store) -> int:
    """The highest number that any reference has."""
    with store.reading() as session:
        return session.scalar(select(func.max(ReferenceCounter.last))) or 0


#: Numbers of schools that the register does not give out.
_URNS = 990000


def accept(session: Session, order: NewOrder, code: str | None) -> int:
    """Begins its engagement under the newest version of the offer, or of each in turn where none is named. Its number
    was dealt out before, so no two caseloads use one."""
    offers = (offers_of(session).latest(code),) if code else newest(offers_of(session))
    offer = offers[order.number % len(offers)]
    counter = ReferenceCounter(prefix=offer.offer.reference, year=order.at.year, last=order.number - 1)
    session.merge(counter)
    session.add(_school(order.number, order.at))
    session.flush()
    asked = Order(
        f"R-{order.number}",
        _urn(order.number),
        offer.offer.price,
        order.at,
        f"Lead {order.number}",
        f"lead{order.number}@example.org",
    )
    return purchases.accept(
        session, offer, asked, actor=SYSTEM, now=order.at, advisor_id=order.advisor_id
    ).engagement_id


def _urn(number: int) -> str:
    return str(_URNS + number)


def _school(number: int, now: datetime) -> School:
    return School(
        urn=_urn(number),
        name=f"Rehearsed school {number}",
        status="Open",
        phase="Primary",
        authority="",
        town="",
        postcode="",
        is_open=True,
        updated_at=now,
    )
