"""Purchases: orders from the portal, each of which begins one engagement, and whom they name at the school."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.engine.outcome import Outcome
from workflow.offer.definition import Offer
from workflow.store import reference_numbers
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User


@dataclass(frozen=True, slots=True)
class Order:
    """One row of the portal's export, read and checked. `ordered_at` is in UTC."""

    number: str
    urn: str
    price: Decimal
    ordered_at: datetime
    lead_name: str
    lead_email: str


def accept(
    session: Session, offer: Offer, order: Order, *, actor: Actor, now: datetime, advisor_id: int | None = None
) -> Outcome:
    """Begins the engagement an order asks for. A wrong price or a closed school is for the guards to say.

    `advisor_id` is who takes it, where that is settled; otherwise the advisor with the least to do.
    """
    return engine.begin(
        session,
        offer,
        {
            "reference": reference_numbers.take(
                session, offer.offer.reference, offer.calendar.local_day(order.ordered_at).year
            ),
            "school_urn": order.urn,
            "order_number": order.number,
            "price_paid": order.price,
            "ordered_at": order.ordered_at,
            "lead_name": order.lead_name,
            "lead_email": order.lead_email,
            "head_name": "",
            "head_email": "",
            "places": offer.policy.places,
            "advisor_id": _least_busy_advisor(session, offer.offer.code) if advisor_id is None else advisor_id,
        },
        actor=actor,
        now=now,
    )


def _least_busy_advisor(session: Session, code: str) -> int | None:
    """The advisor of that offer with the fewest active engagements of all. To confirm with the council: who takes a new
    order."""
    active = (Engagement.advisor_id == User.id) & (Engagement.standing == "active")
    return session.scalar(
        select(User.id)
        .outerjoin(Engagement, active)
        .where(role_in(code) == "advisor", User.disabled_at.is_(None))
        .group_by(User.id)
        .order_by(func.count(Engagement.id), User.id)
        .limit(1)
    )
