"""A feed as text: whatever people typed stays one value, and its tag differs when it would."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from workflow.mail.calendar_feed import Feed, FeedEntry, as_ical

ENTRY = FeedEntry(
    uid="CMC-26-0042-K-3@example.org",
    sequence=2,
    title="Training session 1",
    school="St Ives Academy; the one by the sea, not the other",
    reference="CMC-26-0042-K",
    starts_at=datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
    length=timedelta(hours=3),
    place="",
    organiser=("Cornwall Council", "recognition@example.org"),
    changed_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
    is_cancelled=False,
    link="https://recognition.example.org/advisor/engagement/CMC-26-0042-K",
)
FEED = Feed("Recognition: my meetings", "Meetings of the last 90 days.", (ENTRY,))


def event(entry: FeedEntry) -> Event:
    (found,) = IcsCalendarStream.calendar_from_ics(as_ical(replace(FEED, entries=(entry,))).decode()).events
    return found


@pytest.mark.parametrize(
    ("starts_at", "shown"),
    [
        (datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "13:30 BST"),
        (datetime(2026, 11, 4, 13, 30, tzinfo=UTC), "13:30 GMT"),
    ],
)
def test_the_clock_on_the_wall_is_the_same_in_summer_and_in_winter(starts_at: datetime, shown: str) -> None:
    read = event(replace(ENTRY, starts_at=starts_at))
    assert (read.start, f"{read.start:%H:%M %Z}") == (starts_at, shown)
    assert (read.end, read.location) == (starts_at + timedelta(hours=3), None)


@given(st.text(max_size=60))
def test_whatever_somebody_typed_stays_one_value(typed: str) -> None:
    hostile = f"{typed}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.org"
    read = event(replace(ENTRY, title=hostile, school=hostile, place=hostile))
    assert (read.uid, read.attendees, read.extras) == (ENTRY.uid, [], [])


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 3},
        {"title": "Training session 2"},
        {"school": "Another school"},
        {"starts_at": ENTRY.starts_at + timedelta(minutes=5)},
        {"length": timedelta(hours=2)},
        {"place": "County Hall"},
        {"is_cancelled": True},
    ],
)
def test_its_tag_differs_when_its_text_does(change: dict[str, object]) -> None:
    other = replace(FEED, entries=(replace(ENTRY, **change),))  # type: ignore[arg-type] # one field of its own type
    assert as_ical(other) != as_ical(FEED)
    assert other.tag != FEED.tag
    assert replace(FEED, about="Another").tag != FEED.tag
    assert replace(FEED).tag == FEED.tag
