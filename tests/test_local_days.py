"""Which day is it there: just before and after midnight, on both sides of both changes of the clocks.

In summer the day at Greenwich begins an hour after the day at the schools; whatever speaks of a day speaks of theirs.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys import ADVISOR, Journey
from workflow.calendar.local_time import day_told, in_figures, local_day, moment_told
from workflow.calendar.span import Span
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput, Conflict
from workflow.usecases import action_plans, appointments

_LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
#: The clocks went back on Sunday 26 October 2025 and forward on Sunday 29 March 2026.
MOMENTS = [
    datetime(*day, *clock, tzinfo=_LONDON).astimezone(UTC)
    for day in ((2025, 10, 25), (2025, 10, 26), (2025, 10, 27), (2026, 3, 28), (2026, 3, 29), (2026, 3, 30))
    for clock in ((0, 30), (23, 30))
]
at_each = pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now.astimezone(_LONDON):%d %b %H:%M}")


def there(moment: datetime) -> date:
    """The day, worked out without a time zone: an hour is added between the changes."""
    summer = datetime(2025, 3, 30, 1, tzinfo=UTC) <= moment < datetime(2025, 10, 26, 1, tzinfo=UTC)
    summer |= moment >= datetime(2026, 3, 29, 1, tzinfo=UTC)
    return (moment + timedelta(hours=summer)).date()


@at_each
def test_the_day_is_the_one_at_the_schools(now: datetime, offers: Catalogue) -> None:
    today, calendar = there(now), offers.latest().calendar
    assert local_day(now) == calendar.local_day(now) == today
    assert day_told(now) == f"{today:%A} {today.day} {today:%B %Y}"
    assert moment_told(now).endswith(("at 12:30am", "at 11:30pm"))
    assert in_figures(now)[:10] == f"{today:%d/%m/%Y}"


@at_each
def test_what_is_counted_in_days_falls_due_on_the_day_there(now: datetime, offers: Catalogue) -> None:
    calendar = offers.latest().calendar
    assert there(calendar.deadline(now, Span(0, "days"))) == there(now)
    assert there(calendar.due(now, Span(1, "days"))) == there(now) + _DAY
    assert now <= calendar.deadline(now, Span(0, "days")) < now + timedelta(hours=25)


@at_each
def test_a_promise_is_late_when_its_day_is_over_there(now: datetime, offers: Catalogue) -> None:
    calendar = offers.latest().calendar
    due = calendar.deadline(datetime.combine(there(now) - _DAY, time(12), _LONDON), Span(0, "days"))
    assert due < now, "it was due yesterday"
    assert calendar.count(calendar.local_day(due), calendar.local_day(now), "days") == 1


@pytest.fixture
def visited(journey: Journey) -> Journey:
    """A visit has taken place and waits for its judgement."""
    journey.to("qa_visit").meet("qa_visit")
    return journey


@at_each
def test_an_action_may_be_due_today_and_not_yesterday(visited: Journey, now: datetime) -> None:
    def plan(day: date) -> None:
        with visited.store.writing() as session:
            action_plans.plan(
                session,
                visited.id,
                "qa_visit",
                "Write it down.",
                owner="Jenna Rowe",
                due_on=day,
                actor=ADVISOR,
                now=now,
            )

    plan(there(now))
    with pytest.raises(BadInput, match="lies in the past"):
        plan(there(now) - _DAY)


@at_each
def test_a_visit_that_lies_ahead_is_told_with_its_day_there(named: Journey, now: datetime) -> None:
    named._do(appointments.book, "training_1", now)
    with named.store.writing() as session, pytest.raises(Conflict) as told:
        appointments.hold(session, named.id, "training_1", outputs=None, actor=ADVISOR, now=now - _DAY)
    assert moment_told(now) in str(told.value)
