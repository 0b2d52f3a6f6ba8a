"""The journey as a board: of each stage of an offer how many are there, and those that need somebody first.

A few of each stage are read, and counting ends where nobody tells the numbers apart any more, so that the board
costs the same however many engagements there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import Wanted, conditions
from workflow.queries.outlines import editions_of
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.user import User

#: How many of a stage are shown, and how far is counted.
SHOWN, COUNTED = 5, 100
_OWED = (PromiseRow.engagement_id == Engagement.id) & holds(PromiseRow.status, "open")


class BoardLine(NamedTuple):
    """One engagement, and what it waits for."""

    reference: str
    school: str
    advisor: str
    owner: str
    to: str
    due_at: datetime
    late: bool


class BoardStage(NamedTuple):
    """`number` is its place in the journey, and none where that is given up. Counting goes up to `COUNTED`,
    which means that many or more."""

    name: str
    title: str
    number: int | None
    under_way: int
    late: int
    on_hold: int
    completed: int
    lines: Sequence[BoardLine]

    @property
    def is_longer(self) -> bool:
        return self.under_way > len(self.lines)

    @property
    def is_empty(self) -> bool:
        return not (self.under_way or self.on_hold or self.completed)


def stage_board(session: Session, offer: Edition, advisor: int | None, now: datetime) -> Sequence[BoardStage]:
    """The stages of an offer in their order; of one advisor's schools, of those without one for nought, or of all.

    `offer` is one that is in use. Of several versions those that stand at a stage of the same name are counted
    together, and what only an older one has comes behind. One at which a journey is given up is there once
    somebody is.
    """
    editions = editions_of(session)
    stages, way = editions.stages(offer), editions.on_the_way(offer)
    numbers = {name: number for number, name in enumerate((one for one in stages if one in way), 1)}
    wanted = {name: Wanted(stage=name, offer=offer, advisor=advisor) for name in stages}
    counts = _counts(session, wanted, now)
    lines = _lines(session, wanted, now)
    board = [
        BoardStage(
            name,
            title,
            numbers.get(name),
            under_way=counts.get((name, "active"), 0),
            late=counts.get((name, "late"), 0),
            on_hold=counts.get((name, "on_hold"), 0),
            completed=counts.get((name, "completed"), 0),
            lines=lines.get(name, ()),
        )
        for name, title in stages.items()
    ]
    return [one for one in board if one.number or not one.is_empty]


def _counts(session: Session, wanted: Mapping[str, Wanted], now: datetime) -> Mapping[tuple[str, str], int]:
    """By stage, and what is counted there."""
    each = (part for name, one in wanted.items() for part in _counted(name, one, now))
    return {(row.stage, row.what): row.number for row in session.execute(union_all(*each))}


def _counted(name: str, wanted: Wanted, now: datetime) -> Iterator[Select[str, str, int]]:
    own = select(Engagement.id).where(*conditions(wanted)).limit(COUNTED)
    for standing in ("active", "on_hold", "completed"):
        yield _number(name, standing, own.where(holds(Engagement.standing, standing)))
    late = own.join(PromiseRow, _OWED).where(PromiseRow.stage == name, PromiseRow.due_at < now)
    yield _number(name, "late", late.order_by(PromiseRow.due_at))  # in this order an index gives the first hundred


def _number(name: str, what: str, query: Select[int]) -> Select[str, str, int]:
    return select(literal(name).label("stage"), literal(what).label("what"), func.count().label("number")).select_from(
        query.subquery()
    )


def _lines(session: Session, wanted: Mapping[str, Wanted], now: datetime) -> Mapping[str, Sequence[BoardLine]]:
    """What is due first, by stage."""
    found: dict[str, list[BoardLine]] = {}
    each = (select(_first(name, one).subquery()) for name, one in wanted.items())
    for row in session.execute(union_all(*each)):
        line = BoardLine(
            row.reference, row.name, row.advisor or "", row.owner, row.what, row.due_at, late=now > row.due_at
        )
        found.setdefault(row.at, []).append(line)
    return {name: sorted(lines, key=lambda one: one.due_at) for name, lines in found.items()}


def _first(name: str, wanted: Wanted) -> Select[str, str, str, str, str, str, datetime]:
    return (
        select(
            literal(name).label("at"),
            Engagement.reference,
            School.name,
            User.name.label("advisor"),
            PromiseRow.owner,
            PromiseRow.what,
            PromiseRow.due_at,
        )
        .select_from(PromiseRow)
        .join(Engagement, _OWED)
        .join(School, School.urn == Engagement.school_urn)
        .outerjoin(User, User.id == Engagement.advisor_id)
        .where(PromiseRow.stage == name, *conditions(wanted))
        .order_by(PromiseRow.due_at, PromiseRow.engagement_id)
        .limit(SHOWN)
    )
