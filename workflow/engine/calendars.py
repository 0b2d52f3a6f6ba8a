"""The calendar an engagement counts on: its offer's, with what its school keeps differently.

A school's `dates_version` rises with every change of its dates, so what was made before is not used after. Most schools
keep the offer's calendar as it is (version nought), and no query is made for them. What was made in one session serves
the next; only a session that changes dates keeps what it makes to itself, as its change may be rolled back.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.offer.definition import Offer
from workflow.store.lookups import own_dates
from workflow.store.session import KEPT

_OWN = "calendars"
_Key = tuple[tuple[str, str], str]
#: Of so many schools with dates of their own a program keeps the calendar in mind. One takes some tens of kilobytes.
_AT_MOST = 2000


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
    version, calendar = _kept(session).get((offer.key, case.urn), (0, offer.calendar))
    return calendar if version == case.dates_version else _make(session, {(offer.key, case.urn): (offer, case)})


def make_calendars(session: Session, wanted: Iterable[tuple[Offer, OfSchool]]) -> None:
    """Makes the calendars of many schools in one query, so that `calendar_of` need not ask for each of them."""
    kept = _kept(session)
    missing = {
        (offer.key, one.urn): (offer, one)
        for offer, one in wanted
        if one.dates_version and kept.get((offer.key, one.urn), (0,))[0] != one.dates_version
    }
    if missing:
        _make(session, missing)


def _make(session: Session, missing: Mapping[_Key, tuple[Offer, OfSchool]]) -> Calendar:
    """Returns the last of them."""
    own, kept = own_dates(session, {urn for _, urn in missing}), _kept(session)
    if len(kept) + len(missing) > _AT_MOST:
        kept.clear()
    for key, (offer, one) in missing.items():
        calendar = offer.calendar.for_school(own[one.urn])
        kept[key] = one.dates_version, calendar
    return calendar


def change_dates(session: Session) -> None:
    """Says that this session changes a school's dates: what it makes from now on, no other session sees."""
    session.info[_OWN] = dict(_kept(session))


def _kept(session: Session) -> dict[_Key, tuple[int, Calendar]]:
    own: dict[_Key, tuple[int, Calendar]] | None = session.info.get(_OWN)
    if own is not None:
        return own
    kept: dict[_Key, tuple[int, Calendar]] = session.info[KEPT].setdefault(_OWN, {})
    return kept
