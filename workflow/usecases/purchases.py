"""Purchases: orders from the portal, each of which begins one engagement, and whom they name at the school."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.email_address import email_address
from workflow.domain.person_name import person_name
from workflow.engine.outcome import Outcome
from workflow.errors import BadInput
from workflow.offer.definition import Offer
from workflow.store import reference_numbers
from workflow.store.cases import lock_case
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
            "advisor_id": _least_busy_advisor(session) if advisor_id is None else advisor_id,
        },
        actor=actor,
        now=now,
    )


def correct_contact(
    session: Session, engagement_id: int, *, name: str, email: str, actor: Actor, now: datetime
) -> Engagement:
    """Who leads it at the school, by the right name and address, in every standing, for good.

    Letters that are owed go to the new address. Raises BadInput or NotFound.
    """
    case = lock_case(session, engagement_id)
    try:
        right_name, right_email = person_name(name, "The school lead's name"), email_address(email)
    except ValueError as error:
        raise BadInput(str(error)) from None
    engagement = session.get_one(Engagement, engagement_id)
    engagement.lead_name, engagement.lead_email = right_name, right_email
    engine.record(session, case, "contact_corrected", actor=actor, now=now)
    return engagement


def _least_busy_advisor(session: Session) -> int | None:
    """The advisor with the fewest active engagements. To confirm with the council: who takes a new order."""
    active = (Engagement.advisor_id == User.id) & (Engagement.standing == "active")
    return session.scalar(
        select(User.id)
        .outerjoin(Engagement, active)
        .where(User.role == "advisor", User.disabled_at.is_(None))
        .group_by(User.id)
        .order_by(func.count(Engagement.id), User.id)
        .limit(1)
    )
