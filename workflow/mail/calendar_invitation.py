"""Invitations: a meeting as calendars read it (RFC 5545), sent to one guest (RFC 5546). Pure.

The time is written as the clock on the wall in Europe/London with its rules beside it, so that a calendar shows half
past one in summer and in winter. Whatever people typed becomes the value of one property; the library escapes it,
and what cannot be seen is left out, because the standard allows no control characters. Not for meetings that repeat.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from workflow.domain.email_address import wire_address
from workflow.sanitise import tidy

Method = Literal["REQUEST", "CANCEL"]
_ZONE = ZoneInfo("Europe/London")
_PRODUCT = "-//Recognition//Meetings//EN"
_STATUSES = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}
_WINTER, _SUMMER = timedelta(0), timedelta(hours=1)
#: What RFC 6068 lets stand in an address as it is, besides letters and digits.
_PLAIN = "@!$'*+"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting for one guest. `starts_at` and `stamped_at` are in UTC; people are a name and an address.

    `uid` stays the same for as long as the meeting is the same one, and `sequence` rises with every change.
    `place` and `about` may be empty. Raises ValueError for a time without a zone, or a meeting that does not last.
    """

    method: Method
    uid: str
    sequence: int
    title: str
    starts_at: datetime
    length: timedelta
    place: str
    about: str
    organiser: tuple[str, str]
    attendee: tuple[str, str]
    stamped_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.stamped_at.tzinfo is None:
            raise ValueError("The times of an invitation need a zone, so that every calendar shows the same moment.")
        if self.length <= timedelta(0):
            raise ValueError("A meeting lasts longer than nothing; say how long it takes.")


def as_ical(invitation: Invitation) -> bytes:
    """The text of the calendar object, lines folded and ended as the standard says."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method)
    calendar.add_component(_london())
    calendar.add_component(_event(invitation))
    text: bytes = calendar.to_ical()
    return text


def _event(invitation: Invitation) -> Event:
    event, starts_at = Event(), invitation.starts_at.astimezone(UTC)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped_at.astimezone(UTC))
    event.add("dtstart", _on_the_wall(starts_at))
    event.add("dtend", _on_the_wall(starts_at + invitation.length))
    event.add("summary", _one_line(invitation.title))
    if about := tidy(invitation.about):
        event.add("description", about)
    if place := _one_line(invitation.place):
        event.add("location", place)
    event.add("status", _STATUSES[invitation.method])
    event.add("transp", "OPAQUE")
    event.add("organizer", _person(*invitation.organiser))
    event.add("attendee", _guest(*invitation.attendee, method=invitation.method), encode=False)
    return event


def _on_the_wall(moment: datetime) -> datetime:
    """London's time. In the hour that comes twice in October it would mean the first, so the second stays in UTC."""
    local = moment.astimezone(_ZONE)
    return moment if local.fold else local


def _guest(name: str, email: str, *, method: Method) -> vCalAddress:
    """Nobody is asked to reply to the end of a meeting."""
    guest = _person(name, email)
    reply = "TRUE" if method == "REQUEST" else "FALSE"
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": reply}
    return guest


def _person(name: str, email: str) -> vCalAddress:
    """The standard has no way to write a quotation mark in a parameter; an apostrophe stands in for it.

    RFC 6868 added one later, and calendars that do not know it show `^'` in the middle of the name.
    """
    person = vCalAddress(f"mailto:{quote(wire_address(email), safe=_PLAIN)}")
    person.params["CN"] = _one_line(name).replace('"', "'")
    return person


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def _london() -> Timezone:
    """London's clock since 1996: forward on the last Sunday of March, back on that of October, both at 01:00 UTC.

    Two rules, because they hold for any year. The library would make a list of days, with each spring's change
    written as 02:00, an hour late.
    """
    zone = Timezone()
    zone.add("tzid", _ZONE.key)
    # Each change is written in the time that the clock showed just before it.
    for part, name, since, before, after in (
        (TimezoneDaylight(), "BST", "1996-03-31T01:00", _WINTER, _SUMMER),
        (TimezoneStandard(), "GMT", "1996-10-27T02:00", _SUMMER, _WINTER),
    ):
        part.DTSTART = datetime.fromisoformat(since)
        part.TZOFFSETFROM, part.TZOFFSETTO = before, after
        part.add("tzname", name)
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": part.DTSTART.month, "BYDAY": "-1SU"}))
        zone.add_component(part)
    return zone
