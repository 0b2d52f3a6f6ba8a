"""The calendar an engagement counts on: its offer's, with what its school keeps differently.

A school's `dates_version` rises with every change of its dates, so what was made before is not used after. Most schools
keep the offer's calendar as it is (version nought), and no query is made for them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar import Calendar
from workflow.definition import Offer
from workflow.school_year import Closure, OwnDates, Term, school_year_of, year_in_words
from workflow.store.school_date import SchoolDate

_KEPT = "calendars"
_Key = tuple[tuple[str, str], str, int]


class OfSchool(Protocol):
    """What is read of one school: a case, or a line of a list."""

    @property
    def urn(self) -> str: ...

    @property
    def dates_version(self) -> int: ...


def calendar_of(session: Session, offer: Offer, case: OfSchool) -> Calendar:
    """Made once for each school and version of its dates."""
    if not case.dates_version:
        return offer.calendar
    make_calendars(session, [(offer, case)])
    return _kept(session)[_key(offer, case)]


def make_calendars(session: Session, wanted: Iterable[tuple[Offer, OfSchool]]) -> None:
    """Makes the calendars of many schools in one query, so that `calendar_of` need not ask for each of them."""
    kept = _kept(session)
    missing = {key: offer for offer, one in wanted if one.dates_version and (key := _key(offer, one)) not in kept}
    own = own_dates(session, {urn for _, urn, _ in missing}) if missing else {}
    kept.update({key: offer.calendar.for_school(own[key[1]]) for key, offer in missing.items()})


def _key(offer: Offer, case: OfSchool) -> _Key:
    return offer.key, case.urn, case.dates_version


def _kept(session: Session) -> dict[_Key, Calendar]:
    kept: dict[_Key, Calendar] = session.info.setdefault(_KEPT, {})
    return kept


def own_dates(session: Session, urns: Collection[str]) -> dict[str, OwnDates]:
    """What each of these schools keeps differently."""
    columns = (SchoolDate.urn, SchoolDate.kind, SchoolDate.title, SchoolDate.first, SchoolDate.last)
    rows = session.execute(select(*columns).where(SchoolDate.urn.in_(urns)).order_by(SchoolDate.first))
    days: dict[str, dict[str, list[tuple[str, date, date]]]] = {urn: {} for urn in urns}
    for urn, kind, name, first, last in rows:
        days[urn].setdefault(kind, []).append((name, first, last))
    return {urn: as_own(kinds) for urn, kinds in days.items()}


def as_own(days: Mapping[str, Iterable[tuple[str, date, date]]]) -> OwnDates:
    """Names with their first and last days, by kind. Raises ValueError for a term without its half term."""
    breaks = list(days.get("half_term", ()))
    terms = [_term(name, first, last, breaks) for name, first, last in days.get("term", ())]
    closures = [Closure(name=name, start=first, end=last) for name, first, last in days.get("closed", ())]
    return OwnDates(tuple(terms), tuple(closures))


def _term(name: str, first: date, last: date, breaks: Iterable[tuple[str, date, date]]) -> Term:
    inside = [(start, end) for _, start, end in breaks if first < start <= end < last]
    if len(inside) != 1:
        raise ValueError(
            f"the {name} term from {first:%d/%m/%Y} has {len(inside) or 'no'} half terms inside it; give it one."
        )
    return Term(year=year_in_words(school_year_of(first)), name=name, start=first, end=last, half_term=inside[0])
