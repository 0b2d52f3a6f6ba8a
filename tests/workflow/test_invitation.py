"""An invitation says the same to a calendar that somebody else wrote: an independent parser reads every one back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from tasks.envelope import address_up
from workflow.invitation import Invitation, as_ical
from workflow.length import parse_length
from workflow.letters import Letter
from workflow.message import Rendered

SUMMER, WINTER = datetime(2026, 7, 1, 12, 30, tzinfo=UTC), datetime(2026, 11, 4, 13, 30, tzinfo=UTC)
TRAINING = Invitation(
    method="REQUEST",
    uid="CMC-26-0042-K-3@example.org",
    sequence=0,
    title="Training session 1",
    starts_at=SUMMER,
    length=timedelta(hours=3),
    place="County Hall, Truro; room 2",
    about="Mentoring, coaching and leadership recognition framework",
    organiser=("Cornwall Council", "recognition@example.org"),
    attendee=("Ada Pascoe", "ada@example.org"),
    stamped_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
)


def calendar(invitation: Invitation) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(as_ical(invitation).decode())


def event(invitation: Invitation) -> Event:
    (found,) = calendar(invitation).events
    return found


def test_a_calendar_reads_what_was_agreed() -> None:
    read = event(TRAINING)
    assert (read.uid, read.sequence, read.summary) == ("CMC-26-0042-K-3@example.org", 0, "Training session 1")
    assert (read.location, read.description) == (TRAINING.place, TRAINING.about)
    assert (read.status, calendar(TRAINING).method) == ("CONFIRMED", "REQUEST")
    assert read.organizer is not None
    assert (read.organizer.common_name, str(read.organizer.uri)) == (
        "Cornwall Council",
        "mailto:recognition@example.org",
    )
    (guest,) = read.attendees
    assert (guest.common_name, str(guest.uri), guest.rsvp) == ("Ada Pascoe", "mailto:ada@example.org", True)


@pytest.mark.parametrize(("starts_at", "on_the_wall"), [(SUMMER, "13:30 BST"), (WINTER, "13:30 GMT")])
def test_the_clock_on_the_wall_is_the_same_in_summer_and_in_winter(starts_at: datetime, on_the_wall: str) -> None:
    read = event(replace(TRAINING, starts_at=starts_at))
    assert (read.start, f"{read.start:%H:%M %Z}") == (starts_at, on_the_wall)
    assert read.end == starts_at + timedelta(hours=3)


@pytest.mark.parametrize("night", [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)])
def test_a_meeting_across_a_change_of_the_clocks_lasts_as_long_as_it_should(night: datetime) -> None:
    read = event(replace(TRAINING, starts_at=night))
    assert isinstance(read.start, datetime)
    assert isinstance(read.end, datetime)
    assert (read.start.astimezone(UTC), read.end.astimezone(UTC)) == (night, night + timedelta(hours=3))


def test_a_moved_date_is_the_same_entry_with_the_next_number() -> None:
    moved = event(replace(TRAINING, starts_at=WINTER, sequence=1))
    assert (moved.uid, moved.sequence) == (event(TRAINING).uid, 1)


def test_a_cancelled_date_takes_the_same_entry_away() -> None:
    off = replace(TRAINING, method="CANCEL", sequence=2)
    assert (calendar(off).method, event(off).status, event(off).uid) == ("CANCEL", "CANCELLED", TRAINING.uid)


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    text = as_ical(replace(TRAINING, about="Zoë " * 60))
    lines = text.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


@given(st.text(max_size=60))
def test_whatever_somebody_typed_stays_one_value(typed: str) -> None:
    """A title, a place or a name can add no line, no property and no event."""
    hostile = f"{typed}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    text = as_ical(replace(TRAINING, title=hostile, place=hostile, attendee=(hostile, "ada@example.org"))).decode()
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 1
    assert len([line for line in unfolded if line.startswith("SUMMARY")]) == 1


def test_the_email_that_carries_it_offers_it_as_a_way_to_read_the_message() -> None:
    letter = Letter("Ada Pascoe", "ada@example.org", "recognition@example.org", "Cornwall Council",
                    Rendered("Date agreed", "Dear Ada", "<p>Dear Ada</p>"), invitation=as_ical(TRAINING),
                    method="REQUEST")  # fmt: skip
    built = bytes(address_up(letter, "CMC-26-0042-K:3:email", "recognition@example.org", SUMMER))
    message = message_from_bytes(built, policy=policy.SMTP)
    parts = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert parts == ["text/plain", "text/html", "text/calendar"]
    carried = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert carried.get_param("method") == "REQUEST"
    (read,) = IcsCalendarStream.calendar_from_ics(carried.get_content()).events
    assert read.uid == TRAINING.uid


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 hours", timedelta(hours=3)),
        ("1 hour", timedelta(hours=1)),
        ("90 minutes", timedelta(minutes=90)),
        ("2 hours 30 minutes", timedelta(hours=2, minutes=30)),
    ],
)
def test_how_long_a_meeting_lasts_is_read_as_people_write_it(written: str, meant: timedelta) -> None:
    assert parse_length(written) == meant


@pytest.mark.parametrize("written", ["", "half a day", "0 hours", "3", "3 hours 5", "-1 hours", " 3 hours"])
def test_a_length_that_cannot_be_read_says_what_to_write(written: str) -> None:
    with pytest.raises(ValueError, match="Write hours, minutes or both"):
        parse_length(written)
