"""When reminders go out: in working hours, not too often, together, and never too late to be of use."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from tasks.deliver import deliver_due
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import Journey
from tests.suite_size import LONG
from workflow.scheduling import due_timers, quiet_hours
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import appointments

_LONDON = ZoneInfo("Europe/London")
#: The engagement of these tests begins on Monday 6 October 2025; its list is due on the 20th.
FIRST_REMINDER = datetime(2025, 10, 13, 9, tzinfo=_LONDON)


def sent(journey: Journey, since: datetime | None = None) -> list[tuple[datetime, str, str]]:
    """When what went to whom, but for what people set off."""
    with journey.store.reading() as session:
        rows = session.execute(
            select(SentEmail.sent_at, OwedEffect.name, OwedEffect.recipient)
            .join(OwedEffect, OwedEffect.id == SentEmail.outbox_id)
            .where(OwedEffect.hours != "", SentEmail.sent_at >= (since or journey.now))
            .order_by(SentEmail.outbox_id)
        )
        return [(at, name, recipient) for at, name, recipient in rows]


def tick(world: World, *moments: datetime) -> None:
    for moment in moments:
        pass_once(world, moment)


def every_hour(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += timedelta(hours=1)


@pytest.mark.parametrize(
    ("late", "goes"),
    [
        pytest.param(datetime(2025, 10, 13, 16, 29, tzinfo=_LONDON), None, id="just in time"),
        pytest.param(
            datetime(2025, 10, 13, 16, 30, tzinfo=_LONDON), datetime(2025, 10, 14, 8, 30, tzinfo=_LONDON), id="too late"
        ),
        pytest.param(
            datetime(2025, 10, 17, 22, 0, tzinfo=_LONDON), datetime(2025, 10, 20, 8, 30, tzinfo=_LONDON), id="a weekend"
        ),
        pytest.param(
            datetime(2025, 10, 25, 10, 0, tzinfo=_LONDON), datetime(2025, 11, 3, 8, 30, tzinfo=_LONDON), id="half term"
        ),
    ],
)
def test_a_reminder_that_is_late_waits_for_its_readers_working_hours(
    journey: Journey, world: World, late: datetime, goes: datetime | None
) -> None:
    tick(world, journey.now, late)
    assert [at for at, _, _ in sent(journey)[:1]] == ([] if goes else [late])
    if goes:
        tick(world, goes - timedelta(minutes=1))
        assert sent(journey) == []
        tick(world, goes)
        assert {at for at, _, _ in sent(journey)} == {goes}


def test_a_worker_that_wakes_at_night_sends_no_reminder(journey: Journey, world: World) -> None:
    """The timer fired in time and the mail server was away until the night."""
    due_timers.sweep(journey.store, FIRST_REMINDER)
    deliver_due(world, lambda: FIRST_REMINDER + timedelta(hours=12))
    assert sent(journey) == []
    deliver_due(world, lambda: FIRST_REMINDER + timedelta(hours=24))
    assert [name for _, name, _ in sent(journey)] == ["due-soon"]


def test_several_reminders_to_one_person_become_one_email(journey: Journey, world: World) -> None:
    """Two orders of one lead, at two schools."""
    second = Journey(journey.store, journey.now).begin(order="SFS-2", urn="900004")
    tick(world, journey.now, FIRST_REMINDER)
    assert [(name, reader) for _, name, reader in sent(journey)] == [("due-soon", "school_lead")] * 2
    with journey.store.reading() as session:
        letters = session.scalars(select(SentEmail).where(SentEmail.sent_at == FIRST_REMINDER)).all()
    assert {one.engagement_id for one in letters} == {journey.id, second.id}, "each case keeps what was written"
    assert len({one.message_id for one in letters}) == 2
    (text,) = {one.text for one in letters}
    assert {one.subject for one in letters} == {"Your reminders from Cornwall Council"}
    words = " ".join(text.split())
    assert words.count("please name at least three staff by Monday 20 October 2025.") == 2
    assert words.count("•") == 2
    assert "we have put 2 reminders into one:" in words


@LONG
def test_nobody_gets_two_reminders_within_three_days(journey: Journey, world: World) -> None:
    """A second order that began a day later would remind a day after the first."""
    other = Journey(journey.store, journey.now + timedelta(days=1)).begin(order="SFS-2")
    tick(world, *every_hour(journey.now, datetime(2025, 11, 21, 18, tzinfo=_LONDON)))
    days = sorted({at for at, name, reader in sent(journey) if name in ("due-soon", "overdue")})
    assert len(days) > 3
    assert all(later - earlier >= timedelta(days=3) for earlier, later in pairwise(days))
    assert all(time(8, 30) <= at.astimezone(_LONDON).time() < time(16, 30) for at in days)
    with journey.store.reading() as session:
        waiting = session.scalars(
            select(OwedEffect.id).where(OwedEffect.reader != "", OwedEffect.status == "owed")
        ).all()
    assert waiting == [], "what waited went out with the next"
    assert other.id != journey.id


@LONG
def test_a_meetings_reminder_does_not_wait_until_its_last_day(journey: Journey, world: World) -> None:
    """The lead was reminded of another order the day before."""
    Journey(journey.store, journey.now - timedelta(days=3)).begin(order="SFS-2")
    journey.to("training_1")
    meeting = datetime(2025, 10, 23, 13, tzinfo=_LONDON)
    journey._do(appointments.book, "training_1", meeting)
    tick(world, *every_hour(datetime(2025, 10, 6, 12, tzinfo=_LONDON), meeting))
    told = [(at.astimezone(_LONDON).day, name) for at, name, reader in sent(journey) if reader == "school_lead"]
    assert told[-2:] == [(20, "overdue"), (21, "meeting-soon")]


def test_a_reminder_of_a_meeting_that_is_over_is_dropped(journey: Journey, world: World) -> None:
    journey.to("training_1")
    meeting = datetime(2025, 10, 23, 13, tzinfo=_LONDON)
    journey._do(appointments.book, "training_1", meeting)
    deliver_due(world, lambda: journey.now)
    due_timers.sweep(journey.store, meeting - timedelta(days=2))
    deliver_due(world, lambda: meeting + timedelta(hours=1))
    assert "meeting-soon" not in {name for _, name, _ in sent(journey)}
    with journey.store.reading() as session:
        dropped = session.scalars(select(OwedEffect).where(OwedEffect.name == "meeting-soon")).all()
    assert {one.status for one in dropped} == {"dropped"}


def test_what_people_set_off_goes_out_at_night_too(journey: Journey, world: World) -> None:
    journey.now = datetime(2025, 12, 25, 23, tzinfo=_LONDON)
    journey.fire("hold", note="Closed for Christmas.", values={"review_on": "2026-01-05"})
    tick(world, journey.now)
    with journey.store.reading() as session:
        told = session.scalars(select(OwedEffect).where(OwedEffect.name == "on-hold")).all()
    assert {one.status for one in told} == {"done"}


def test_two_heads_are_better_than_one_digest(journey: Journey, world: World) -> None:
    """Reminders to different people stay different emails, whatever they are about."""
    second = Journey(journey.store, journey.now).begin(order="SFS-2")
    with journey.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == second.id).values(lead_email="other@example.org"))
    tick(world, journey.now, FIRST_REMINDER)
    with journey.store.reading() as session:
        letters = session.scalars(select(SentEmail).where(SentEmail.sent_at == FIRST_REMINDER)).all()
    assert {one.subject for one in letters} == {"Due by Monday 20 October 2025: Polwhevral School"}
    assert len(letters) == 2


def test_two_reminders_that_say_the_same_are_one(journey: Journey, world: World) -> None:
    """Two orders of one school, begun on the same day: the lead reads the sentence once, and each case keeps it."""
    Journey(journey.store, journey.now).begin(order="SFS-2")
    tick(world, journey.now, FIRST_REMINDER)
    with journey.store.reading() as session:
        letters = session.scalars(select(SentEmail).where(SentEmail.sent_at == FIRST_REMINDER)).all()
    assert len(letters) == 2
    assert {one.subject for one in letters} == {"Due by Monday 20 October 2025: Polwhevral School"}


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_what_another_worker_has_in_hand_is_not_put_off(journey: Journey) -> None:
    """It is claimed between the reading of what is due and the writing of what waits."""
    due_timers.sweep(journey.store, FIRST_REMINDER)
    night = FIRST_REMINDER + timedelta(hours=12)
    claim = update(OwedEffect).where(OwedEffect.hours != "").values(status="claimed", due_at=FIRST_REMINDER)
    with journey.store.writing() as other:
        other.execute(claim)
        assert quiet_hours.put_off(journey.store, night) == 0
    with journey.store.reading() as session:
        kept = session.execute(select(OwedEffect.status, OwedEffect.due_at).where(OwedEffect.hours != "").distinct())
        assert kept.all() == [("claimed", FIRST_REMINDER)]
