"""Who may do what in one offer, where it is something else than everywhere."""

from sqlalchemy import ColumnElement, ForeignKey, String, func, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from workflow.domain.actor import OFFER_ROLES
from workflow.store.record import Record, one_of
from workflow.store.tables.user import User


class OfferRole(Record):
    """The role that somebody has in the engagements of one offer. Whoever has none there acts with their account's."""

    __tablename__ = "offer_role"
    __table_args__ = (one_of("role", OFFER_ROLES),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    offer_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))


def role_in(code: ColumnElement[str] | InstrumentedAttribute[str] | str) -> ColumnElement[str]:
    """The role of a user, of whom a query asks, in the offer of this code."""
    there = (OfferRole.user_id == User.id) & (OfferRole.offer_code == code)
    return func.coalesce(select(OfferRole.role).where(there).scalar_subquery(), User.role)
