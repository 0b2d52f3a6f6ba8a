"""What helps to choose the date of a meeting: a month with what both sides have in it, and dates that suit both. Pure.

A day of the month is pressed, or three dates are asked for, and the fields of the form are filled in; everything else
that was typed stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from web.advisor.calendar.period import Period, period_of
from web.forms import date_fields
from workflow.calendar.proposals import HORIZON, Busy, MeetingPlan, Proposal, on_day, propose, speaks_for
from workflow.calendar.school_year import school_year_of
from workflow.calendar.typed_date import Mistyped, read_date
from workflow.queries.calendar.closed_days import closed_days
from workflow.queries.calendar.meetings import Meeting

#: How long a meeting takes of a kind that its offer has no more.
_SOME_TIME = timedelta(hours=1)
#: A month, and the day before and after it.
_AROUND = timedelta(days=33)
_LONGEST, _YEARS = 40, range(2000, 2100)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """`words` say who is away, and `may` whether a date can be agreed on it at all."""

    day: date
    words: Sequence[str]
    meetings: Sequence[Meeting]
    may: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month with what there is to say of each."""

    period: Period
    days: Mapping[date, MonthDay]


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything about one form. `slots` tell its dates apart; `entered` is what stands in its fields, by name."""

    plan: MeetingPlan
    slots: tuple[str, ...]
    meetings: Sequence[Meeting]
    entered: Mapping[str, str]

    @property
    def shown(self) -> date:
        """The first of the month that is shown: the one asked for, or that of the first date that can be told."""
        days = [day for which in self.slots if (day := _day(self.entered, which))]
        return _month(self.entered) or (days[0] if days else self.plan.soonest).replace(day=1)

    @property
    def into(self) -> str:
        """The date that a day of the month is for: the one chosen, or else the first that is empty."""
        empty = (which for which in self.slots if date_fields.is_empty(self.entered, which))
        asked = self.entered.get("into")
        return asked if asked in self.slots else next(empty, self.slots[0])

    @property
    def chosen(self) -> list[date | None]:
        """The days that stand in the form."""
        return [_day(self.entered, which) for which in self.slots]

    def reasons(self, which: str) -> tuple[str, ...]:
        """Why the date that stands there suits both sides; nothing where it does not."""
        wrong: date_fields.Wrong = {}
        starts_at = date_fields.moment(self.entered, self.plan.now, wrong, which)
        return () if wrong else speaks_for(self.plan, starts_at)

    @property
    def proposals(self) -> list[Proposal]:
        """From the month that is shown on."""
        return propose(self.plan, self.shown if _month(self.entered) else None)

    @property
    def month(self) -> Month:
        period, calendar = period_of("month", self.shown), self.plan.calendar
        words = closed_days([calendar], period.first, period.last)
        return Month(period, {day: self._of(day, words.get(day, ())) for day in period.days})

    def _of(self, day: date, words: Sequence[str]) -> MonthDay:
        calendar, told = self.plan.calendar, list(words)
        told += [
            f"Last day of the {term.name} term" for term in calendar.terms_of(school_year_of(day)) if day == term.end
        ]
        may = day >= calendar.local_day(self.plan.now) and day not in calendar.holidays
        return MonthDay(day, told, [one for one in self.meetings if one.day == day], may)

    def filled(self) -> "Choice":
        """With the dates that suit both, as far as there are any."""
        fields = {
            name: text
            for which, one in zip(self.slots, self.proposals, strict=False)
            for name, text in date_fields.as_typed(one.starts_at, which).items()
        }
        return replace(self, entered={**self.entered, **fields})

    def pressed(self) -> "Choice":
        """With what was pressed done: a day or a proposal taken, three dates proposed, or another month shown."""
        if "propose" in self.entered:
            return self.filled()
        taken, picked = _moment(self.entered.get("take", "")), _date(self.entered.get("pick", ""))
        if taken is not None:
            return self._with(date_fields.as_typed(taken, self.into))
        return self._with(self._on(picked)) if picked is not None else self

    def _on(self, day: date) -> dict[str, str]:
        """A time that was typed stays; otherwise one is found on that day."""
        has_time = bool(self.entered.get(f"time{self.into}", "").strip())
        at = None if has_time else on_day(self.plan, day)
        return date_fields.as_typed(at, self.into) if at else date_fields.day_as_typed(day, self.into)

    def _with(self, fields: Mapping[str, str]) -> "Choice":
        kept = {name: text for name, text in self.entered.items() if name != "into"}
        return replace(self, entered={**kept, **fields})


def is_pressed(form: Mapping[str, str]) -> bool:
    """Whether the form was sent to go on choosing, and nothing is to be agreed yet."""
    return any(name in form for name in ("pick", "take", "propose", "month"))


def range_of(now: datetime, entered: Mapping[str, str]) -> tuple[datetime, datetime]:
    """The time for which diaries are read: what dates are looked for in, and the month that is shown."""
    month = _month(entered)
    shown = datetime.combine(month, datetime.min.time(), UTC) if month else now
    return min(now, shown) - _AROUND, max(now + HORIZON, shown) + _AROUND


def busy(meetings: Iterable[Meeting], besides: int | None) -> tuple[Busy, ...]:
    """`besides` is the number of the date that would be moved, and is in nobody's way."""
    return tuple((one.starts_at, one.starts_at + (one.length or _SOME_TIME)) for one in meetings if one.id != besides)


def _day(entered: Mapping[str, str], which: str) -> date | None:
    try:
        return read_date(date_fields.given(entered, f"date{which}"))
    except Mistyped:
        return None


def _month(entered: Mapping[str, str]) -> date | None:
    """The first of the month that was asked for, or of the one that was seen last."""
    asked = _date(entered.get("month") or entered.get("shown", ""))
    return asked.replace(day=1) if asked else None


def _date(text: str) -> date | None:
    """The day that a button stands for; None for what no button of ours says."""
    try:
        found = date.fromisoformat(text[:_LONGEST])
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _moment(text: str) -> datetime | None:
    """The same of a day and a time, in UTC."""
    try:
        found = datetime.fromisoformat(text[:_LONGEST])
    except ValueError:
        return None
    return found if found.year in _YEARS and found.tzinfo is not None else None
