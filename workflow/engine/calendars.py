"""The calendar an engagement counts on: its offer's, with what its school keeps differently.

A school's `dates_version` rises with every change of its dates, so what was made before is not used after. Most schools
keep the offer's calendar as it is (version nought), and no query is made for them.
"""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.offer.definition import Offer
from workflow.store.lookups import own_dates

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
