"""An invitation says the same to a calendar that somebody else wrote: an independent parser reads every one back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.timezone import Observance

from tasks.mail.mime_message import as_bytes
from workflow.mail.calendar_invitation import Invitation, as_ical
from workflow.mail.letters import Letter
from workflow.offer.emails.email_template import Rendered

LONDON = ZoneInfo("Europe/London")
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
    assert (guest.role, guest.status, read.transparency) == ("REQ-PARTICIPANT", "NEEDS-ACTION", "OPAQUE")
    assert b"\r\nDTSTAMP:20260601T090000Z\r\n" in as_ical(TRAINING)


def test_a_meeting_without_a_place_or_a_word_about_it_says_nothing_of_either() -> None:
    read = event(replace(TRAINING, place=" ", about=""))
    assert (read.location, read.description) == (None, None)
    assert all(name not in as_ical(replace(TRAINING, place=" ", about="")) for name in (b"LOCATION", b"DESCRIPTION"))


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


@pytest.mark.parametrize("minute", range(0, 180, 30))
@pytest.mark.parametrize("night", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_no_time_is_mistaken_for_another_in_the_nights_when_the_clocks_change(night: datetime, minute: int) -> None:
    starts_at = night + timedelta(minutes=minute)
    read = event(replace(TRAINING, starts_at=starts_at, length=timedelta(minutes=30)))
    assert isinstance(read.start, datetime)
    assert isinstance(read.end, datetime)
    assert (read.start.astimezone(UTC), read.end.astimezone(UTC)) == (starts_at, starts_at + timedelta(minutes=30))


def test_the_rules_it_carries_change_the_clocks_when_london_does() -> None:
    (zone,) = calendar(TRAINING).timezones
    assert zone.tz_id == "Europe/London"
    changes = [change for part in zone.daylight + zone.standard for change in onsets(part)]
    assert len(changes) == 2 * len(range(1996, 2041))
    for moment, before, after in changes:
        london = (moment - timedelta(seconds=1)).astimezone(LONDON), moment.astimezone(LONDON)
        assert tuple(one.utcoffset() for one in london) == (before, after)


def onsets(part: Observance) -> list[tuple[datetime, timedelta, timedelta]]:
    """When an observance begins, in UTC, up to the year 2040, and the offsets before and after."""
    before, after = part.tz_offset_from.offset, part.tz_offset_to.offset
    days = takewhile(lambda day: day.year <= 2040, part.as_ruleset())
    return [((day - before).replace(tzinfo=UTC), before, after) for day in days if isinstance(day, datetime)]


def test_a_moved_date_is_the_same_entry_with_the_next_number() -> None:
    moved = event(replace(TRAINING, starts_at=WINTER, sequence=1))
    assert (moved.uid, moved.sequence) == (event(TRAINING).uid, 1)


def test_a_cancelled_date_takes_the_same_entry_away() -> None:
    off = replace(TRAINING, method="CANCEL", sequence=2)
    assert (calendar(off).method, event(off).status, event(off).uid) == ("CANCEL", "CANCELLED", TRAINING.uid)
    assert (event(off).sequence, event(off).attendees[0].rsvp) == (2, False)


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    text = as_ical(replace(TRAINING, about="Zoë " * 60))
    lines = text.split(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    assert event(replace(TRAINING, about="Zoë " * 60)).description == ("Zoë " * 60).strip()
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("Coaching, part 2; bring notes: all", "Coaching, part 2; bring notes: all"),
        ("Visit\r\nEND:VEVENT\nBEGIN:VEVENT\rSUMMARY:x", "Visit END:VEVENT BEGIN:VEVENT SUMMARY:x"),
        ("Visit\x00\x0b\x85\u2028 two", "Visit two"),
        ("50% off ^n \\ and \\, too", "50% off ^n \\ and \\, too"),
    ],
)
def test_a_title_is_read_as_one_line_of_what_was_typed(typed: str, read_as: str) -> None:
    (read,) = calendar(replace(TRAINING, title=typed, place=typed)).events
    assert (read.summary, read.location) == (read_as, read_as)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ('Ada "Tilly" O’Neil', "Ada 'Tilly' O’Neil"),
        ('Pascoe, A.; "RSVP=FALSE:mailto:x', "Pascoe, A.; 'RSVP=FALSE:mailto:x"),
        ("Ada\r\nATTENDEE:mailto:x@example.org", "Ada ATTENDEE:mailto:x@example.org"),
        ("Ada\x00 ^ Pascoe", "Ada ^ Pascoe"),
    ],
)
def test_a_name_is_a_name_and_nothing_else(typed: str, read_as: str) -> None:
    read = event(replace(TRAINING, attendee=(typed, "ada@example.org"), organiser=(typed, "recognition@example.org")))
    assert read.organizer is not None
    assert [one.common_name for one in (read.organizer, *read.attendees)] == [read_as, read_as]
    assert [str(one.uri) for one in read.attendees] == ["mailto:ada@example.org"]


def test_an_address_is_written_so_that_nothing_in_it_is_taken_for_something_else() -> None:
    (guest,) = event(replace(TRAINING, attendee=("Ada", "o'neil+a?b%c\r\nX:1@example.org"))).attendees
    assert str(guest.uri) == "mailto:o'neil+a%3Fb%25c%0D%0AX%3A1@example.org"


@given(st.text(max_size=60))
def test_whatever_somebody_typed_stays_one_value(typed: str) -> None:
    """A title, a place, a note or a name can add no line, no property and no event, and is always readable."""
    hostile = f"{typed}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    sent = replace(TRAINING, title=hostile, place=hostile, about=hostile, attendee=(hostile, "ada@example.org"))
    assert properties(sent) == properties(TRAINING)
    assert (event(sent).uid, event(sent).extras, calendar(sent).extras) == (TRAINING.uid, [], [])


def properties(invitation: Invitation) -> list[str]:
    """What stands before the value in each line; parameters are left out."""
    lines = as_ical(invitation).decode().replace("\r\n ", "").splitlines()
    return [line if line.startswith(("BEGIN", "END")) else line.split(":")[0].split(";")[0] for line in lines]


def test_a_time_without_a_zone_or_a_meeting_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="need a zone"):
        replace(TRAINING, starts_at=datetime(2026, 7, 1, 12, 30))  # noqa: DTZ001 (that is what is refused)
    with pytest.raises(ValueError, match="say how long it takes"):
        replace(TRAINING, length=timedelta(0))


def test_the_email_that_carries_it_offers_it_as_a_way_to_read_the_message() -> None:
    letter = Letter(
        "Ada Pascoe",
        "ada@example.org",
        "recognition@example.org",
        "Cornwall Council",
        Rendered("Date agreed", "Dear Ada", "<p>Dear Ada</p>"),
        invitation=as_ical(TRAINING),
        method="REQUEST",
    )
    built = as_bytes(letter, "<1@example.org>", "recognition@example.org", SUMMER)
    message = message_from_bytes(built, policy=policy.SMTP)
    parts = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert parts == ["text/plain", "text/html", "text/calendar"]
    carried = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert carried.get_param("method") == "REQUEST"
    (read,) = IcsCalendarStream.calendar_from_ics(carried.get_content()).events
    assert read.uid == TRAINING.uid
