"""What if: what is asked to be different from usual, and how much may be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.errors import BadInput
from workflow.simulation.scenario import Absence, DateRange
from workflow.store.tables.engagement import Engagement

#: A rehearsal of more engagements than these under way takes a worker too long; the console has no such bound.
MOST_UNDER_WAY = 3000
MOST_ORDERS = 500
_JULY, _LAST = 7, 31
_AT_LEAST = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Question:
    """`orders` more orders for the offer `code` come in, spread over `orders_in`; the rest is as in a scenario."""

    absences: tuple[Absence, ...] = ()
    no_visits: tuple[DateRange, ...] = ()
    orders: int = 0
    orders_in: DateRange | None = None
    code: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.absences or self.no_visits or self.orders)

    def as_json(self) -> dict[str, Any]:
        return {
            "absences": [{"user": one.user_id, **_days(one.days)} for one in self.absences],
            "no_visits": [_days(one) for one in self.no_visits],
            "orders": {"count": self.orders, "code": self.code, **_days(self.orders_in)} if self.orders_in else {},
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Question":
        """What `as_json` gave."""
        orders = told["orders"]
        return cls(
            tuple(Absence(one["user"], _range(one)) for one in told["absences"]),
            tuple(_range(one) for one in told["no_visits"]),
            orders["count"] if orders else 0,
            _range(orders) if orders else None,
            orders["code"] if orders else None,
        )


def _days(days: DateRange) -> dict[str, str]:
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}


def _range(told: Mapping[str, str]) -> DateRange:
    return DateRange(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))


def last_day(today: date) -> date:
    """The end of the school year, or of the next one where this one is nearly over."""
    this = date(today.year, _JULY, _LAST)
    return this if today + _AT_LEAST < this else date(today.year + 1, _JULY, _LAST)


def agree_size(session: Session) -> None:
    """Raises BadInput where there is more to rehearse than a page should ask a worker for."""
    active = session.scalar(select(func.count()).select_from(Engagement).where(Engagement.standing == "active")) or 0
    if active > MOST_UNDER_WAY:
        raise BadInput(
            f"There are {active:,} engagements under way, and a page rehearses {MOST_UNDER_WAY:,} at most. Ask whoever "
            "looks after this service to run “recognition simulate”, which has no such bound."
        )
