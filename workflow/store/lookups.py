"""Rows found by what people call them: an engagement by its reference, a certificate by its serial, dates by URN."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.school_year import OwnDates, as_own
from workflow.domain import reference
from workflow.domain.standing import OPEN_STANDINGS
from workflow.english import listed
from workflow.errors import NotFound
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import SchoolDate

#: So many references are looked up in one query, and so many are named in a sentence.
_TOGETHER, _NAMED = 500, 5


def engagement_id(session: Session, text: str) -> int:
    """The engagement with this reference, however it was typed. Raises NotFound."""
    tidy = reference.parse(text)
    found = session.scalar(select(Engagement.id).where(Engagement.reference == tidy))
    if found is None:
        raise NotFound(f"There is no engagement {tidy}.")
    return found


def engagement_ids(session: Session, typed: Iterable[str]) -> list[int]:
    """The engagements with these references, however they were typed, each once and in order. Raises NotFound."""
    tidy = list(dict.fromkeys(reference.parse(one) for one in typed))
    found: dict[str, int] = {}
    for start in range(0, len(tidy), _TOGETHER):
        some = Engagement.reference.in_(tidy[start : start + _TOGETHER])
        found |= {
            row.reference: row.id for row in session.execute(select(Engagement.reference, Engagement.id).where(some))
        }
    unknown = [one for one in tidy if one not in found]
    if unknown:
        raise NotFound(f"There is no engagement {listed(unknown[:_NAMED], 'or')}.")
    return [found[one] for one in tidy]


def under_way(session: Session, version: str) -> list[str]:
    """The references of all that are under way of a version by its full name, such as `mentoring-2026-09`."""
    code, *year_and_month = version.rsplit("-", 2)
    own = (Engagement.offer_code == code) & (Engagement.offer_version == "-".join(year_and_month))
    query = select(Engagement.reference).where(own, Engagement.standing.in_(OPEN_STANDINGS))
    return list(session.scalars(query.order_by(Engagement.id)))


def by_serial(session: Session, serial: str) -> Certificate:
    """Raises NotFound."""
    found = session.scalar(select(Certificate).where(Certificate.serial == serial.strip().upper()))
    if found is None:
        raise NotFound("There is no certificate with this number. Check it against the certificate, letter by letter.")
    return found


def goes_on_elsewhere(session: Session, person: Participant) -> bool:
    """Whether somebody left for another engagement and takes part there."""
    follows = select(Participant.id).where(
        Participant.before_id == person.id, Participant.before_how == "transferred", Participant.status != "withdrawn"
    )
    return person.status == "withdrawn" and session.scalar(follows.limit(1)) is not None


def own_dates(session: Session, urns: Collection[str]) -> dict[str, OwnDates]:
    """What each of these schools keeps differently."""
    columns = (SchoolDate.urn, SchoolDate.kind, SchoolDate.title, SchoolDate.first, SchoolDate.last)
    rows = session.execute(select(*columns).where(SchoolDate.urn.in_(urns)).order_by(SchoolDate.first))
    days: dict[str, dict[str, list[tuple[str, date, date]]]] = {urn: {} for urn in urns}
    for urn, kind, name, first, last in rows:
        days[urn].setdefault(kind, []).append((name, first, last))
    return {urn: as_own(kinds) for urn, kinds in days.items()}
