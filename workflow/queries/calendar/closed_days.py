"""Days on which schools, the council or everybody is away, in words: as the offers' own calendars have them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from workflow.calendar.school_year import school_year_of, year_in_words
from workflow.calendar.working_days import Calendar
from workflow.engine.catalogue import Catalogue
from workflow.offer.installed.editions import Edition

_SATURDAY = 5
_DAY = timedelta(days=1)
#: A school year begins in August, so the calendar has two names for what are one to everybody else.
_SAME = {"the holidays after the summer term": "the summer holidays"}


def closed_days(calendars: Iterable[Calendar], first: date, last: date) -> Mapping[date, tuple[str, ...]]:
    """What is to be said of each of these days, both ends included. An ordinary day, or weekend, is not among them."""
    kept = tuple(calendars)
    days = (first + _DAY * number for number in range((last - first).days + 1))
    found = {day: tuple(dict.fromkeys(words for one in kept for words in _words(one, day))) for day in days}
    return {day: words for day, words in found.items() if words}


def estimated_years(calendars: Iterable[Calendar], first: date, last: date) -> list[str]:
    """The school years between these days, such as `2027/28`, whose terms nobody has published yet."""
    years = range(school_year_of(first), school_year_of(last) + 1)
    kept = tuple(calendars)
    return [year_in_words(year) for year in years if any(one.is_estimated(year) for one in kept)]


def calendars_of(known: Catalogue, asked: Edition | None = None) -> list[Calendar]:
    """The calendar of the newest version of each offer, or of the one that is asked for: what those who plan ahead go
    by."""
    if asked and asked.version:
        return [known.machine(asked.code, asked.version).offer.calendar]
    codes = {offer.offer.code for offer in known if asked is None or offer.offer.code == asked.code}
    return [known.latest(code).calendar for code in sorted(codes)]


def _words(calendar: Calendar, day: date) -> Iterator[str]:
    """A bank holiday first, by its name. At a weekend nobody needs to hear that schools are closed."""
    holiday = calendar.holidays.get(day)
    if holiday:
        yield holiday
    if day.weekday() >= _SATURDAY:
        return
    school, council = calendar.why_closed(day, "school days"), calendar.why_closed(day, "council days")
    if school and school != holiday:
        own = any(school == closure.name and day in closure for closure in calendar.own_closures)
        yield f"School closed: {school}" if own else _begun(school)
    if council and council != holiday:
        yield f"Council closed: {council}"


def _begun(words: str) -> str:
    """`the summer holidays` as `Summer holidays`, where it stands by itself."""
    bare = _SAME.get(words, words).removeprefix("the ")
    return bare[:1].upper() + bare[1:]
