"""Whether the council and schools did by the day what they had promised, month by month."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import LOCAL, local_day
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import OWNERS, PromiseRow

_MONTHS_A_YEAR = 12


class MonthKept(NamedTuple):
    """Of the promises that fell due in a month: how many there were, and how many of them were kept by their day, by
    owner. One that is still open is not kept. `month` is its first day."""

    month: date
    due: dict[str, int]
    kept: dict[str, int]

    def share(self, owner: str) -> float | None:
        """None where nothing fell due."""
        return self.kept[owner] / self.due[owner] if self.due[owner] else None


def months_back(now: datetime, count: int) -> list[date]:
    """The first days of so many months, of which this one is the last."""
    today = local_day(now)
    last = today.year * _MONTHS_A_YEAR + today.month - 1
    return [date(one // _MONTHS_A_YEAR, one % _MONTHS_A_YEAR + 1, 1) for one in range(last - count + 1, last + 1)]


def begins(month: date) -> datetime:
    """The moment at which it begins there."""
    return datetime.combine(month, time(), LOCAL)


def count_kept(session: Session, code: str, months: Sequence[date], now: datetime) -> list[MonthKept]:
    """In these months, which follow one another up to this one. One query.

    A turn that passed to somebody else before the promise was kept (`waiting`) is no promise kept or broken.
    """
    place = case(
        *((PromiseRow.due_at < begins(month), number) for number, month in enumerate(months)), else_=len(months)
    )
    in_time = func.sum(case((and_(PromiseRow.status == "kept", PromiseRow.closed_at <= PromiseRow.due_at), 1), else_=0))
    asked = (
        select(PromiseRow.owner, place.label("place"), func.count(), in_time)
        .join(Engagement, Engagement.id == PromiseRow.engagement_id)
        .where(
            Engagement.offer_code == code,
            PromiseRow.due_at >= begins(months[0]),
            PromiseRow.due_at < now,
            or_(PromiseRow.status == "kept", and_(PromiseRow.status == "open", Engagement.standing == "active")),
        )
        .group_by(PromiseRow.owner, "place")
    )
    due, kept = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for owner, number, many, good in session.execute(asked):
        due[owner, number], kept[owner, number] = many, good
    return [
        MonthKept(month, {one: due[one, number] for one in OWNERS}, {one: kept[one, number] for one in OWNERS})
        for number, month in enumerate(months, 1)
    ]
