"""What every page about one engagement begins with, in one query: which it is, whose school, and what is on its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session

from workflow.domain import reference
from workflow.domain.standing import OPEN_STANDINGS
from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.queries.engagement_view import offer_in_use
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School
from workflow.store.tables.user import User


def _owed(*statuses: str) -> ScalarSelect[int]:
    own = (OwedEffect.engagement_id == Engagement.id) & holds(OwedEffect.status, *statuses)
    return select(func.count()).select_from(OwedEffect).where(own).correlate(Engagement).scalar_subquery()


_FRAME: Select[*tuple[Any, ...]] = (
    select(
        Engagement,
        School,
        User.name,
        User.email,
        Setback.since,
        Setback.trouble,
        Setback.next_try,
        _owed("owed", "claimed"),
        _owed("dead"),
    )
    .join(School, School.urn == Engagement.school_urn)
    .outerjoin(User, User.id == Engagement.advisor_id)
    .outerjoin(Setback, Setback.engagement_id == Engagement.id)
    .where(Engagement.reference == bindparam("reference"))
)


class LooksAfter(NamedTuple):
    """The advisor of an engagement."""

    name: str
    email: str


class SetAside(NamedTuple):
    """Why an engagement does not move by itself for now."""

    since: datetime
    trouble: str
    next_try: datetime


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """`waiting` counts the letters and certificates that are still on their way, `stuck` those that were given up."""

    offer: Offer
    engagement: Engagement
    school: School
    advisor: LooksAfter | None
    setback: SetAside | None
    waiting: int
    stuck: int

    @property
    def stage_title(self) -> str:
        return self.offer.stage[self.engagement.stage].title

    @property
    def is_open(self) -> bool:
        """Whether anything may still be recorded."""
        return self.engagement.standing in OPEN_STANDINGS


def read_frame(session: Session, typed: str) -> CaseFrame:
    """By its reference. Raises NotFound, or OutOfUse where its offer cannot be used or has no such stage."""
    tidy = reference.parse(typed)
    row = session.execute(_FRAME, {"reference": tidy}).first()
    if row is None:
        raise NotFound(f"There is no engagement {tidy}.")
    engagement, school, name, email, since, trouble, next_try, waiting, stuck = row
    return CaseFrame(
        offer_in_use(session, engagement),
        engagement,
        school,
        advisor=None if name is None else LooksAfter(name, email),
        setback=None if since is None else SetAside(since, trouble, next_try),
        waiting=waiting,
        stuck=stuck,
    )
