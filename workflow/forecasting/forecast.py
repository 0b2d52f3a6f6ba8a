"""When the certificates will come, going by how long other engagements of the offer took. Reads only.

What is left of the stage in progress, given the days already spent at it, and every stage after it are added up as
chances; the journey is the order of the offer's stages. It is counted in school days, by which schools live, so that
holidays do not distort it. A forecast promises nothing: who owes what by when is in the promises.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from sqlalchemy.orm import Session

from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.engine.calendars import calendar_of
from workflow.english import count_of
from workflow.forecasting.past_courses import course_of, past_stays
from workflow.forecasting.stage_durations import Course
from workflow.forecasting.survival import Distribution, Stay, followed_by, given, lengths, quantile
from workflow.offer.definition import Offer, Stage
from workflow.store.cases import Case

#: How many ended stays every stage needs. With fewer, the range would say more about chance than about the offer.
NEEDED = 5
_SHARES = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Forecast:
    """Local days. One engagement in two is done by `likely`; four in five end from `early` to `late`.

    `basis` is the smallest number of ended stays that any stage ahead rests on.
    """

    early: date
    likely: date
    late: date
    basis: int

    def not_before(self, day: date) -> "Forecast":
        """What lies before the first day that can be reached at all comes on that day."""
        early, likely, late = (max(one, day) for one in (self.early, self.likely, self.late))
        return replace(self, early=early, likely=likely, late=late)

    @property
    def sentence(self) -> str:
        between = "" if self.early == self.late else f", and four times out of five {_between(self.early, self.late)}"
        others = count_of(self.basis, "other engagement")
        return f"Certificates are likely by {_day(self.likely)}{between}, going by {others}."


@dataclass(frozen=True, slots=True)
class TooLittle:
    """Why there is no forecast: too few others have left a stage."""

    stage_title: str
    ended: int
    needed: int

    @property
    def sentence(self) -> str:
        return (
            f"Too few engagements have left “{self.stage_title}” to say when certificates will come: {self.ended}, "
            f"and {self.needed} are needed."
        )


@dataclass(frozen=True, slots=True)
class Outlasted:
    """Why there is no forecast: nobody who left the stage in progress was at it for so long."""

    stage_title: str

    @property
    def sentence(self) -> str:
        return (
            f"No engagement that has left “{self.stage_title}” was at it as long as this one, "
            "so nothing says when certificates will come."
        )


Foretold = Forecast | TooLittle | Outlasted


def forecast(session: Session, case: Case, offer: Offer, now: datetime, *, earliest: date | None) -> Foretold | None:
    """None when the engagement is not active, has come to its end, or its offer gives no certificates.

    `earliest` is the first local day that the nearest route reaches, where one is known: others, who never had this
    one's meetings and actions ahead, may have been quicker than is possible here.
    Others' stays are counted on the offer's calendar, this engagement's on its school's own.
    """
    ahead = list(_ahead(offer, case.stage))
    if case.standing != "active" or offer.certificate is None or not ahead:
        return None
    calendar, here = calendar_of(session, offer, case), ahead[0]
    known: dict[str, list[Stay]] = defaultdict(list)
    for stage, stay in past_stays(session, offer, case.id, offer.calendar.local_day(now)):
        known[stage].append(stay)
    scarcest = min(ahead, key=lambda stage: _ended(known[stage.name]))
    basis = _ended(known[scarcest.name])
    if basis < NEEDED:
        return TooLittle(scarcest.title, basis, NEEDED)
    today = calendar.local_day(now)
    lasted = _lasted(course_of(session, offer, case), calendar, today)
    if not any(stay.ended and stay.length >= lasted for stay in known[here.name]):
        return Outlasted(here.title)
    whole = _together([known[stage.name] for stage in ahead], lasted)
    left = (Span(quantile(whole, share) - lasted, "school days") for share in _SHARES)
    early, likely, late = (calendar.add(today, span) for span in left)
    found = Forecast(early, likely, late, basis)
    return found.not_before(earliest) if earliest else found


def _ahead(offer: Offer, stage: str) -> Iterator[Stage]:
    """The stage in progress and those after it, up to the goal; none once that is reached."""
    for one in offer.stages[offer.stage_number[stage] :]:
        if one.final or one.name in offer.goals:
            return
        yield one


def _lasted(own: Course, calendar: Calendar, today: date) -> int:
    """The school days that it has been at its stage so far."""
    more = calendar.count(own.since, today, "school days") if own.since else 0
    return own.lasted + max(more, 0)


def _ended(stays: Sequence[Stay]) -> int:
    return sum(stay.ended for stay in stays)


def _together(stays: Sequence[Sequence[Stay]], lasted: int) -> Distribution:
    """How long the stages last together, the first of which has lasted so many days already."""
    first, *later = (lengths(those) for those in stays)
    return reduce(followed_by, later, given(lasted, first))


def _between(early: date, late: date) -> str:
    """`between 3 March and 9 June 2027`."""
    return f"between {early.day} {early:%B}{f' {early.year}' if early.year != late.year else ''} and {_day(late)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
