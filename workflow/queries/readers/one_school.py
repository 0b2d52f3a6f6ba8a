"""One engagement of one of a reader's schools: where it is, who owes what, and how far its people have come.

What staff send in, what the council notes, and addresses of people are never read here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.queries.engagement_view import offer_in_use
from workflow.queries.lists.wanted import Wanted, conditions
from workflow.queries.open_promise import OpenPromise, anew, owing
from workflow.store.cases import read_case
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.promise import OWNERS, PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.user import User

_NOT_YOURS = "There is no such school among those that you may read about. Your list shows them all."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part, as a school lead's page shows them; `serial` is that of a certificate in force."""

    name: str
    phase: int
    status: str
    serial: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the promises that one side has kept so far, how many were late."""

    kept: int
    late: int


@dataclass(frozen=True)
class OneSchool:
    """`ahead` are meetings with a date, the next one first; `points` counts people by where they are."""

    offer: Offer
    engagement: Engagement
    school: School
    advisor: str
    promise: OpenPromise | None
    kept: Mapping[str, Kept]
    ahead: Sequence[Appointment]
    people: Sequence[Person]
    points: Mapping[str, int]

    @property
    def certificates(self) -> int:
        return sum(bool(one.serial) for one in self.people)


def one_school(session: Session, reader_id: int, reference: str, now: datetime) -> OneSchool:
    """Raises NotFound for an engagement that is not of their schools as for one that is not there; OutOfUse where its
    offer cannot be used."""
    wanted = (
        select(Engagement, School, User.name.label("advisor"))
        .join(School, School.urn == Engagement.school_urn)
        .outerjoin(User, User.id == Engagement.advisor_id)
        .where(Engagement.reference == reference, *conditions(Wanted(reader=reader_id, now=now)))
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(_NOT_YOURS)
    engagement, school, advisor = row
    offer = offer_in_use(session, engagement)
    known, zone = read_case(session, engagement.id), offer.calendar.zone
    people = _people(session, engagement.id)
    return OneSchool(
        offer=offer,
        engagement=engagement,
        school=school,
        advisor=advisor or "",
        promise=owing(known.promise, zone, now=now, anew=anew(known.promise, known.promises, zone)),
        kept=_kept(session, engagement.id),
        ahead=_ahead(session, engagement.id, now),
        people=people,
        points=Counter(one.status for one in people),
    )


def _people(session: Session, engagement_id: int) -> Sequence[Person]:
    held = (Certificate.participant_id == Participant.id) & (Certificate.status == "issued")
    newest = select(func.max(Certificate.id)).where(held).correlate(Participant).scalar_subquery()
    wanted = (
        select(Participant.name, Participant.phase, Participant.status, Certificate.serial)
        .outerjoin(Certificate, Certificate.id == newest)
        .where(Participant.engagement_id == engagement_id)
        .order_by(Participant.id)
    )
    return [Person(row.name, row.phase, row.status, row.serial or "") for row in session.execute(wanted)]


def _kept(session: Session, engagement_id: int) -> Mapping[str, Kept]:
    late = func.sum(case((PromiseRow.closed_at > PromiseRow.due_at, 1), else_=0))
    mine = (PromiseRow.engagement_id == engagement_id) & (PromiseRow.status == "kept")
    rows = session.execute(select(PromiseRow.owner, func.count(), late).where(mine).group_by(PromiseRow.owner))
    found = {owner: Kept(number, behind) for owner, number, behind in rows}
    return {owner: found.get(owner, Kept(0, 0)) for owner in OWNERS}


def _ahead(session: Session, engagement_id: int, now: datetime) -> Sequence[Appointment]:
    mine = (Appointment.engagement_id == engagement_id) & (Appointment.status == "booked")
    wanted = select(Appointment).where(mine, Appointment.starts_at > now)
    return session.scalars(wanted.order_by(Appointment.starts_at, Appointment.id)).all()
