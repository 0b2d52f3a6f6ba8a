"""The calendar: meetings by month, week or list, of one advisor's schools or of all, and the days when people are away.

Everything that is shown is in the address, so a view can be kept, sent to a colleague and printed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from web import access
from web.advisor.calendar import period
from web.advisor.calendar.period import Period, View
from web.app_state import here
from web.lists.offer_choice import OfferChoice, offer_choice
from workflow.calendar.local_time import local_day
from workflow.domain.actor import ADVISING_ROLES, CASE_READERS
from workflow.engine.catalogue import offers_of
from workflow.offer.installed.editions import Edition
from workflow.queries.calendar.closed_days import calendars_of, closed_days, estimated_years
from workflow.queries.calendar.meetings import Meeting, first_of_each_day, list_meetings
from workflow.store.tables.user import CalendarFeed, User
from workflow.usecases import calendar_feeds, users

bp = Blueprint("calendar", __name__, url_prefix="/advisor/calendar")
#: A page shows so many meetings; the list goes on with the next ones. In a month they take less room.
_SHOWN: dict[View, int] = {"month": 300, "week": 100, "list": 100}
#: Of everybody's meetings each day tells of so many, or a month would end with its first morning.
_A_DAY: dict[View, int] = {"month": 6, "week": 8}
_DIGITS, _SATURDAY = 9, 5


@dataclass(frozen=True, slots=True)
class Whose:
    """`value` is what stands in the address; `advisor_id` is None for everybody's meetings. A page that is printed says
    whose it is by `heading`."""

    value: str
    words: str
    heading: str
    advisor_id: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """`words` say why people are away that day; `more` that there are other meetings besides these."""

    day: date
    words: Sequence[str]
    meetings: Sequence[Meeting]
    more: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """One day, or several on end without a meeting that people are away on for the same reason."""

    days: Sequence[Day]

    @property
    def title(self) -> str:
        """`Mon 2 Nov 2026`, `Mon 26 to Fri 30 Oct 2026`."""
        first, last = self.days[0].day, self.days[-1].day
        if first == last:
            return f"{last:%a} {last.day} {last:%b %Y}"
        month = f" {first:%b}" if first.month != last.month else ""
        return f"{first:%a} {first.day}{month} to {last:%a} {last.day} {last:%b %Y}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The calendar's own addresses for one person's meetings, of the offer that is chosen."""

    whose: str
    offers: OfferChoice

    def at(self, view: View, day: date, after: int | None = None) -> str:
        asked = {"view": view, "from": day.isoformat(), "whose": self.whose, **self.offers.kept}
        return f"/advisor/calendar?{urlencode(asked | ({'after': str(after)} if after else {}))}"

    def today(self, view: View) -> str:
        return f"/advisor/calendar?{urlencode({'view': view, 'whose': self.whose, **self.offers.kept})}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is read for one page. `left_off` is the last meeting shown when there are more than a page has room for."""

    chosen: Whose
    choices: Sequence[Whose]
    offers: OfferChoice
    days: Sequence[Day]
    left_off: Meeting | None
    estimated: Sequence[str]
    feeds: Sequence[CalendarFeed]

    @property
    def words(self) -> dict[str, str]:
        """What can be chosen, by what stands in the address."""
        return {one.value: one.words for one in self.choices}

    @property
    def heading(self) -> str:
        """Whose meetings they are, for a page that is printed."""
        return f"{self.chosen.heading}, {self.offers.title}" if self.offers.title else self.chosen.heading

    @property
    def by_day(self) -> dict[date, Day]:
        return {one.day: one for one in self.days}

    @property
    def telling(self) -> list[date]:
        """The days with something to say."""
        return [one.day for one in self.days if one.words or one.meetings]

    @property
    def each(self) -> Sequence["Stretch"]:
        """Every day by itself."""
        return [Stretch((one,)) for one in self.days]

    @property
    def stretches(self) -> Sequence["Stretch"]:
        """Days with something to say. Those on end that say the same stand together, over weekends too."""
        told = (one for one in self.days if one.words or one.meetings or one.day.weekday() < _SATURDAY)
        runs = groupby(told, key=lambda one: one.day if one.meetings else one.words)
        stretches = (Stretch(tuple(run)) for _, run in runs)
        return [one for one in stretches if one.days[0].words or one.days[0].meetings]


@bp.get("")
@access.council(*CASE_READERS)
def show() -> str:
    now, user = here().clock(), access.current_user()
    today = local_day(now)
    asked = period.read(request.args, today)
    with here().store.reading() as db:
        shown = _read(db, asked, user)
    return render_template(
        "advisor/calendar.html",
        shown=shown,
        period=asked,
        views=period.VIEWS,
        near=today if today in asked else asked.first,
        addresses=Addresses(shown.chosen.value, shown.offers),
        resumed=_after() is not None,
        today=today,
        now=now,
        user=user,
    )


def _read(db: Session, asked: Period, user: User) -> Shown:
    choices = _choices(users.advisors(db), user)
    chosen = next((one for one in choices if one.value == request.args.get("whose")), choices[0])
    offers = offer_choice(db)
    meetings, left_off = _meetings(db, asked, chosen, offers.edition)
    calendars, each = calendars_of(offers_of(db), offers.edition), _each(asked, chosen)
    words, by_day = closed_days(calendars, asked.first, asked.last), _by_day(meetings)
    return Shown(
        chosen=chosen,
        choices=choices,
        offers=offers,
        days=[_day(day, words.get(day, ()), by_day.get(day, ()), each) for day in asked.days],
        left_off=left_off,
        estimated=estimated_years(calendars, asked.first, asked.last),
        feeds=calendar_feeds.in_force(db, user.id),
    )


def _each(asked: Period, chosen: Whose) -> int | None:
    """How many meetings a day tells of; None where it tells of all that the page has room for."""
    return _A_DAY.get(asked.view) if chosen.advisor_id is None else None


def _meetings(
    db: Session, asked: Period, chosen: Whose, offer: Edition | None
) -> tuple[Sequence[Meeting], Meeting | None]:
    """And the last one shown where there are more than the page has room for."""
    if each := _each(asked, chosen):
        return first_of_each_day(db, asked.moments, each + 1, offer), None
    after, most = _after() if asked.view == "list" else None, _SHOWN[asked.view]
    first, *_, before = asked.moments
    found = list_meetings(db, first, before, advisor_id=chosen.advisor_id, limit=most + 1, after=after, offer=offer)
    return found[:most], found[most - 1] if len(found) > most else None


def _day(day: date, words: Sequence[str], meetings: Sequence[Meeting], each: int | None) -> Day:
    return Day(day, words, meetings[:each], more=each is not None and len(meetings) > each)


def _choices(advisors: Iterable[User], user: User) -> list[Whose]:
    """First what is shown unless somebody chooses: one's own schools, or all for those who look after none."""
    everybody = Whose("all", "All meetings", "all meetings", None)
    others = [Whose(str(one.id), _of(one), _of(one), one.id) for one in advisors if one.id != user.id]
    own = [Whose("mine", "My schools", _of(user), user.id)] if user.role in ADVISING_ROLES else []
    return [*own, everybody, *others]


def _of(user: User) -> str:
    return f"{user.name}’s schools"


def _by_day(meetings: Iterable[Meeting]) -> dict[date, Sequence[Meeting]]:
    """In their order. To ask each for its day takes a while, so each is asked once."""
    return {day: list(those) for day, those in groupby(meetings, key=lambda one: one.day)}


def _after() -> int | None:
    """The number of the last meeting of the page before."""
    typed = request.args.get("after", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS else None
