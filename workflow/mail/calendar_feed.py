"""A feed: meetings as a calendar that looks for itself reads them again and again (RFC 5545, 5546, 7986). Pure.

What is read must depend on the meetings alone and never on the moment of reading: calendars ask every hour, and are
told that nothing has changed. A meeting called off stays in it for a while, marked so, because calendars that keep
what they once read would never hear of it otherwise. Nobody who takes part is named, and nobody's address is told:
the only one is the council's own, which the standard asks for.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Event

from workflow.mail.calendar_parts import ZONE, london, new_calendar, on_the_wall, one_line, person

#: How often calendars are asked to look, and how those say it that know no durations.
_REFRESH, _AS_TEXT = timedelta(hours=1), "PT1H"
#: The way in which meetings become text. With another number calendars read all of it again.
_WRITTEN_SO = 1


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One meeting. `uid` and `sequence` are those of its invitations, so that both are known to be the same; times are
    in UTC, and `changed_at` is when it became what it is now. `place` may be
    empty, and so is `offer` where there is only one."""

    uid: str
    sequence: int
    title: str
    school: str
    reference: str
    starts_at: datetime
    length: timedelta
    place: str
    organiser: tuple[str, str]
    changed_at: datetime
    is_cancelled: bool
    link: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar at one address reads: its `name`, what it says `about` itself, and its meetings in order."""

    name: str
    about: str
    entries: tuple[FeedEntry, ...]

    @property
    def tag(self) -> str:
        """Differs whenever the text would. It costs little beside the text, which most readings need not have made."""
        return sha256(repr((_WRITTEN_SO, self)).encode()).hexdigest()


def as_ical(feed: Feed) -> bytes:
    """The text of the calendar."""
    calendar = new_calendar("PUBLISH")
    calendar.add("calscale", "GREGORIAN")
    # The first of each pair is the standard's; the second is what most calendars knew before there was one.
    calendar.add("name", one_line(feed.name))
    calendar.add("x-wr-calname", one_line(feed.name))
    calendar.add("description", feed.about)
    calendar.add("x-wr-caldesc", feed.about)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _AS_TEXT)
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add_component(london())
    for entry in feed.entries:
        calendar.add_component(_event(entry))
    text: bytes = calendar.to_ical()
    return text


def one_as_ical(entry: FeedEntry) -> bytes:
    """The text of a file with this meeting alone, for a calendar that is not asked to look again."""
    calendar = new_calendar("PUBLISH")
    calendar.add_component(london())
    calendar.add_component(_event(entry))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: FeedEntry) -> Event:
    """Some calendars show what is cancelled as if it were not: its title says so too, and it leaves its hours free."""
    event, starts_at, changed_at = Event(), entry.starts_at.astimezone(UTC), entry.changed_at.astimezone(UTC)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", on_the_wall(starts_at))
    event.add("dtend", on_the_wall(starts_at + entry.length))
    event.add("summary", f"{'Cancelled: ' if entry.is_cancelled else ''}{one_line(f'{entry.title}, {entry.school}')}")
    event.add("description", "\n".join(filter(None, (entry.offer, entry.reference, entry.link))))
    if entry.offer:
        event.add("categories", [one_line(entry.offer)])
    event.add("url", entry.link)
    if place := one_line(entry.place):
        event.add("location", place)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    event.add("organizer", person(*entry.organiser))
    return event
