"""What a calendar at a secret address reads, through everything that can become of a meeting."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from icalendar import Calendar
from sqlalchemy import event, update

from tasks.world import World
from tests.conftest import NOW
from tests.journeys import LEAD, PEOPLE, Journey
from tests.workflow.engine.calendar_post import post
from workflow.errors import OutOfUse
from workflow.mail.calendar_feed import as_ical
from workflow.mail.signed_links import Links
from workflow.queries.calendar import feed as feeds
from workflow.queries.calendar.feed import read_feed
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import CalendarFeed
from workflow.usecases import advisors, appointments, participants
from workflow.usecases.undo import undo

LINKS = Links("https://recognition.example.org", "s" * 40)
TENTH = datetime(2025, 11, 10, 13, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def text(journey: Journey, now: datetime | None = None, *, user_id: int = 1, whose: str = "mine") -> bytes:
    feed = CalendarFeed(user_id=user_id, whose=whose)
    with journey.store.reading() as session:
        return as_ical(read_feed(session, feed, now or journey.now, LINKS))


def read(journey: Journey, now: datetime | None = None, *, user_id: int = 1, whose: str = "mine") -> list[Event]:
    """As an independent parser reads it."""
    return list(IcsCalendarStream.calendar_from_ics(text(journey, now, user_id=user_id, whose=whose).decode()).events)


def only(journey: Journey, now: datetime | None = None) -> Event:
    (found,) = read(journey, now)
    return found


def agree(journey: Journey, starts_at: datetime = TENTH) -> None:
    journey._do(appointments.book, "training_1", starts_at, place="County Hall, Truro")


def test_a_meeting_is_read_alike_by_two_libraries(named: Journey) -> None:
    agree(named)
    told, written = only(named), text(named)
    (same,) = Calendar.from_ical(written).walk("VEVENT")
    assert (told.uid, told.sequence, told.summary) == (
        f"{named.reference}-1@example.org",
        0,
        "Training session 1, Polwhevral School",
    )
    assert (str(same["uid"]), int(str(same["sequence"])), str(same["summary"])) == (
        told.uid,
        told.sequence,
        told.summary,
    )
    assert (told.start, told.end) == (TENTH, TENTH + timedelta(hours=3))
    assert (same.decoded("dtstart"), same.decoded("dtend")) == (told.start, told.end)
    assert (told.location, told.status, str(same["status"])) == ("County Hall, Truro", "CONFIRMED", "CONFIRMED")
    assert str(told.url) == f"https://recognition.example.org/advisor/engagement/{named.reference}"
    assert b"DTSTART;TZID=Europe/London:20251110T133000" in written
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/London" in written


def test_the_calendar_says_what_it_is_and_how_often_to_look(named: Journey) -> None:
    lines = text(named).decode().splitlines()
    for line in (
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Recognition: my meetings",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/London",
    ):
        assert line in lines
    assert b"X-WR-CALNAME:Recognition: all meetings" in text(named, whose="all")


def test_it_names_nobody_who_takes_part_and_tells_nobodys_address(named: Journey) -> None:
    agree(named)
    written = text(named).decode().replace("\r\n ", "")
    for secret in ("Jenna", "polwhevral.example.org", "advisor@example.org", *(one.name for one in PEOPLE)):
        assert secret not in written
    assert [line for line in written.splitlines() if "mailto:" in line] == [
        'ORGANIZER;CN="Cornwall Council":mailto:recognition@example.org'
    ]


def test_it_has_the_numbers_of_the_invitations_and_the_moment_at_which_they_were_owed(
    named: Journey, world: World, maildir: Path
) -> None:
    agree(named)
    agree(named, TENTH + DAY)
    sent, told = post(named, world, maildir), only(named)
    assert set(sent.uids) == {told.uid}
    assert max(number for _, _, number in sent.sent) == told.sequence == 1
    assert (told.dtstamp, told.last_modified) == (named.now, named.now)


def test_a_date_that_is_moved_is_the_same_meeting_under_the_next_number(named: Journey) -> None:
    agree(named)
    before = only(named)
    agree(named, TENTH + DAY)
    after = only(named)
    assert (after.uid, after.sequence, after.start) == (before.uid, 1, TENTH + DAY)


def test_guests_who_change_change_its_number_and_no_more(named: Journey) -> None:
    agree(named)
    before = only(named)
    named._do(participants.move, PEOPLE[0].email, "withdraw", reason="left")
    after = only(named)
    assert (after.sequence, after.start, after.dtstamp) == (1, before.start, named.now)


def test_a_meeting_called_off_is_told_as_cancelled_for_a_while(named: Journey) -> None:
    agree(named)
    named._do(appointments.cancel, "training_1", reason="council")
    off = only(named)
    assert (off.status, off.sequence, off.transparency) == ("CANCELLED", 1, "TRANSPARENT")
    assert off.summary == "Cancelled: Training session 1, Polwhevral School"
    assert only(named, named.now + 90 * DAY).status == "CANCELLED"
    assert read(named, named.now + 92 * DAY) == []


def test_a_date_that_was_only_offered_is_never_told_not_even_as_cancelled(named: Journey) -> None:
    named._do(appointments.offer, "training_1", [TENTH])
    assert read(named) == []
    named._do(appointments.cancel, "training_1", reason="council")
    assert read(named) == []


def test_a_move_that_is_taken_back_brings_the_first_date_back_under_a_higher_number(named: Journey) -> None:
    agree(named)
    agree(named, TENTH + DAY)
    named._do(undo.undo, reason="The wrong school.", actor=LEAD)
    back = only(named)
    assert (back.status, back.start) == ("CONFIRMED", TENTH)
    assert back.sequence is not None
    assert back.sequence > 1


def test_a_journey_that_ends_calls_its_meetings_off(named: Journey) -> None:
    agree(named)
    named.fire("cancel", LEAD, note="The school has other plans.")
    assert only(named).status == "CANCELLED"


def test_it_goes_ninety_days_back_and_all_the_way_ahead(named: Journey) -> None:
    agree(named, NOW + 700 * DAY)
    assert only(named).start == NOW + 700 * DAY
    agree(named, TENTH)
    assert only(named, TENTH + 90 * DAY + timedelta(hours=9)).status == "CONFIRMED"
    assert read(named, TENTH + 91 * DAY) == []


def test_it_is_the_same_text_until_something_changes(named: Journey) -> None:
    agree(named)
    first = text(named)
    assert text(named, named.now + timedelta(hours=12)) == first
    assert text(named, named.now + 20 * DAY) == first
    agree(named, TENTH + timedelta(minutes=5))
    assert text(named) != first


def test_each_advisor_reads_of_their_own_schools_and_whoever_asked_for_all_of_all(named: Journey) -> None:
    agree(named)
    assert [len(read(named, user_id=number)) for number in (1, 2)] == [1, 0]
    named._do(advisors.hand_over, "lead_advisor@example.org", note="She knows the school.", actor=LEAD)
    assert [len(read(named, user_id=number)) for number in (1, 2)] == [0, 1]
    assert len(read(named, user_id=3, whose="all")) == 1


def test_calendars_keep_what_they_have_while_an_offer_is_out_of_use(named: Journey) -> None:
    """They would drop what was left out."""
    agree(named)
    with named.store.writing() as session:
        session.execute(update(Engagement).values(offer_version="2019-09"))
    with pytest.raises(OutOfUse):
        text(named)


def test_it_is_read_in_two_queries_and_is_bounded(named: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, starts_at in enumerate((TENTH, TENTH + DAY, TENTH + 2 * DAY), 2):
        other = Journey(named.store, named.now).begin(order=f"SFS-{number}").nominate()
        agree(other, starts_at)
    asked: list[str] = []
    event.listen(named.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert len(read(named)) == 3
    assert len([one for one in asked if "SELECT" in one]) == 2
    monkeypatch.setattr(feeds, "FEED_LIMIT", 2)
    assert [one.start for one in read(named)] == [TENTH, TENTH + DAY]
    assert b"those ahead up to Tuesday 11 November 2025" in text(named).replace(b"\r\n ", b"")
