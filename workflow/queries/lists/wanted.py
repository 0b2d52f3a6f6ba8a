"""What a list of engagements is of, and how that is asked of the database.

Whoever reads the list joins engagement, school and open promise; see `engagement_list`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, bindparam, func, or_, select, union
from sqlalchemy.orm import Session

from workflow.offer.installed.editions import Edition
from workflow.store.access.readable import readable_schools
from workflow.store.dialect import beside_the_index
from workflow.store.record import UtcDateTime, holds
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School

Order = Literal["due", "school", "newest"]
#: The orders that a list has, by what people call them.
ORDERS: Mapping[Order, str] = MappingProxyType(
    {"due": "What is due first", "school": "School, A to Z", "newest": "Newest first"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is of. `advisor` is the number of an account, or nought for those that nobody looks after, and
    `besides` one whose own are left out; `owes` is whose move it is, due after one moment and by another; `phase` is
    the school's, `trust` the code of its trust; `offer` is one as a whole or in one version; a meeting is or was
    from one moment on and before another. `reader` is the number of an invitation, for its schools alone, of those
    that it holds for `now`; `named` are words of a school's name, place or number. `few` says whether there are
    so few of the offer that they are gathered and put in order; until it is `looked_up` nobody knows."""

    stage: str | None = None
    standing: str | None = None
    advisor: int | None = None
    besides: int | None = None
    owes: str | None = None
    due_after: datetime | None = None
    due_by: datetime | None = None
    stuck: bool = False
    phase: str | None = None
    trust: str | None = None
    offer: Edition | None = None
    meets_from: datetime | None = None
    meets_before: datetime | None = None
    reader: int | None = None
    now: datetime | None = None
    named: str | None = None
    order: Order = "due"
    few: bool | None = None

    @property
    def kind(self) -> "Wanted":
        """One for all that are asked of the database in the same words: about whom and about which moments is
        `given` beside them."""
        return replace(
            self,
            advisor=self.advisor and _SOMEBODY,
            besides=self.besides and _SOMEBODY,
            due_after=self.due_after and _SOME_TIME,
            due_by=self.due_by and _SOME_TIME,
            meets_from=self.meets_from and _SOME_TIME,
            meets_before=self.meets_before and _SOME_TIME,
            reader=self.reader and _SOMEBODY,
            now=self.now and _SOME_TIME,
            named=self.named and _SOMETHING,
        )

    @property
    def given(self) -> Mapping[str, Any]:
        """What takes the place of that of another of its kind."""
        return {name: value for name in _GIVEN if (value := getattr(self, name)) is not None}

    @property
    def is_of_what_is_due(self) -> bool:
        """Whether only what somebody owes can be in it."""
        return bool(self.owes or self.due_after or self.due_by)


#: As many are put in order in less time than an order is gone through for them.
_FEW = 1000
_GIVEN = ("advisor", "besides", "due_after", "due_by", "meets_from", "meets_before", "reader", "now", "named")
_SOMEBODY, _SOME_TIME, _SOMETHING = 1, datetime(2000, 1, 1, tzinfo=UTC), "%"
_STUCK: CompoundSelect[int] = union(
    select(OwedEffect.engagement_id).where(holds(OwedEffect.status, "dead")),
    select(Setback.engagement_id).where(Setback.kind == "engagement"),
)
#: What a school is called by, and where it is.
_SAID = func.lower(
    School.name + " " + School.town + " " + School.postcode + " " + School.urn + " " + Engagement.reference
)
#: What has been agreed, and what has taken place.
_AGREED = holds(Appointment.status, "booked", "held", "registered")


def conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.stage:
        yield Engagement.stage == wanted.stage
    if wanted.standing:
        yield Engagement.standing == wanted.standing
    yield from (gathered if wanted.few else under)(wanted.offer)
    yield from _looked_after(wanted)
    if wanted.stuck:
        yield Engagement.id.in_(_STUCK)
    yield from _due(wanted)
    yield from _met(wanted)
    if wanted.phase:
        yield School.phase == wanted.phase
    if wanted.trust:
        yield School.trust_code == wanted.trust
    if wanted.reader is not None and wanted.now is not None:
        theirs = readable_schools(bindparam("reader", wanted.reader), _moment("now", wanted.now))
        yield Engagement.school_urn.in_(theirs)
    if wanted.named:
        yield _SAID.like(bindparam("named", wanted.named), escape="\\")


def under(edition: Edition | None) -> Iterator[ColumnElement[bool]]:
    """That an engagement is under an offer, wherever some engagements are read in an order of theirs."""
    if edition:
        yield beside_the_index(Engagement.offer_code) == edition.code
        if edition.version is not None:
            yield beside_the_index(Engagement.offer_version) == edition.version


def gathered(edition: Edition | None) -> Iterator[ColumnElement[bool]]:
    """The same, where an index finds them all and they are few enough to be put in order."""
    if edition:
        yield Engagement.offer_code == edition.code
        if edition.version is not None:
            yield Engagement.offer_version == edition.version


def looked_up(session: Session, wanted: Wanted) -> Wanted:
    """With what is known of how many there are. In a large record a rare offer is not found by going through what is
    due, or through all schools: SQLite would, as it counts nothing beforehand."""
    if wanted.offer is None or wanted.few is not None:
        return wanted
    some = select(Engagement.id).where(*gathered(wanted.offer)).limit(_FEW + 1).subquery()
    return replace(wanted, few=session.scalars(select(func.count()).select_from(some)).one() <= _FEW)


def _looked_after(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.advisor:
        yield Engagement.advisor_id == bindparam("advisor", wanted.advisor)
    elif wanted.advisor is not None:
        yield Engagement.advisor_id.is_(None)
    if wanted.besides is not None:
        yield or_(Engagement.advisor_id.is_(None), Engagement.advisor_id != bindparam("besides", wanted.besides))


def _due(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.stage and wanted.is_of_what_is_due:
        yield PromiseRow.stage == wanted.stage  # An open promise is always of the stage in progress; an index knows it.
    if wanted.owes:
        yield PromiseRow.owner == wanted.owes
    if wanted.due_after:
        yield PromiseRow.due_at > _moment("due_after", wanted.due_after)
    if wanted.due_by:
        yield PromiseRow.due_at <= _moment("due_by", wanted.due_by)


def _moment(name: str, value: datetime) -> BindParameter[datetime]:
    return bindparam(name, value, type_=UtcDateTime())


def _met(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.meets_from is None and wanted.meets_before is None:
        return
    meetings = select(Appointment.engagement_id).where(_AGREED)
    if wanted.meets_from:
        meetings = meetings.where(Appointment.starts_at >= _moment("meets_from", wanted.meets_from))
    if wanted.meets_before:
        meetings = meetings.where(Appointment.starts_at < _moment("meets_before", wanted.meets_before))
    yield Engagement.id.in_(meetings)


def named(typed: str) -> str | None:
    """Words in this order, for `Wanted.named`; None where nothing was typed."""
    words = typed.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").split()
    return f"%{'%'.join(words)}%" if words else None
