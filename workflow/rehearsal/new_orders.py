"""Orders that are made up for a rehearsal, from schools that are made up too."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow import purchases
from workflow.actor import SYSTEM
from workflow.offers import offers_of
from workflow.purchases import Order
from workflow.rehearsal.plan import NewOrder
from workflow.store.engagement import ReferenceCounter
from workflow.store.school import School

#: Numbers of schools that the register does not give out.
_URNS = 990000


def accept(session: Session, order: NewOrder, code: str | None) -> int:
    """Begins its engagement under the newest offer. Its number was dealt out before, so that no two desks use one."""
    offer = offers_of(session).latest(code)
    counter = ReferenceCounter(prefix=offer.offer.reference, year=order.at.year, last=order.number - 1)
    session.merge(counter)
    session.add(_school(order.number, order.at))
    session.flush()
    asked = Order(f"R-{order.number}", _urn(order.number), offer.offer.price, order.at, f"Lead {order.number}",
                  f"lead{order.number}@example.org")  # fmt: skip
    return purchases.accept(
        session, offer, asked, actor=SYSTEM, now=order.at, advisor_id=order.advisor_id
    ).engagement_id


def _urn(number: int) -> str:
    return str(_URNS + number)


def _school(number: int, now: datetime) -> School:
    return School(urn=_urn(number), name=f"Rehearsed school {number}", status="Open", phase="Primary", authority="",
                  town="", postcode="", is_open=True, updated_at=now)  # fmt: skip
