"""Invitations: a meeting as calendars read it (RFC 5545), sent to one guest (RFC 5546). Pure.

The time is written as the clock on the wall in Europe/London with its rules beside it, so that a calendar shows half
past one in summer and in winter. Whatever people typed becomes the value of one property; the library escapes it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

Method = Literal["REQUEST", "CANCEL"]
_ZONE = ZoneInfo("Europe/London")
_PRODUCT = "-//Recognition//Meetings//EN"
_STATUSES = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting for one guest. `starts_at` and `stamped_at` are in UTC; people are a name and an address.

    `uid` stays the same for as long as the meeting is the same one, and `sequence` rises with every change.
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


def as_ical(invitation: Invitation) -> bytes:
    """The text of the calendar object, lines folded and ended as the standard says."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method)
    calendar.add_component(_event(invitation))
    year = invitation.starts_at.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    text: bytes = calendar.to_ical()
    return text


def _event(invitation: Invitation) -> Event:
    event, starts = Event(), invitation.starts_at.astimezone(_ZONE)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped_at)
    event.add("dtstart", starts)
    event.add("dtend", (invitation.starts_at + invitation.length).astimezone(_ZONE))
    event.add("summary", _one_line(invitation.title))
    event.add("description", invitation.about)
    if invitation.place:
        event.add("location", _one_line(invitation.place))
    event.add("status", _STATUSES[invitation.method])
    event.add("transp", "OPAQUE")
    event.add("organizer", _person(*invitation.organiser))
    event.add("attendee", _guest(*invitation.attendee), encode=False)
    return event


def _guest(name: str, email: str) -> vCalAddress:
    guest = _person(name, email)
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return guest


def _person(name: str, email: str) -> vCalAddress:
    """The standard has no way to write a quotation mark in a parameter; an apostrophe stands in for it."""
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = _one_line(name).replace('"', "'")
    return person


def _one_line(text: str) -> str:
    return " ".join(text.split())
