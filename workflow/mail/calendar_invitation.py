"""Invitations: a meeting as calendars read it (RFC 5545), sent to one guest (RFC 5546). Pure.

Not for meetings that repeat, nor for calendars that look for themselves: see `calendar_feed`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Event, vCalAddress

from workflow.mail.calendar_parts import london, new_calendar, on_the_wall, one_line, person
from workflow.sanitise import tidy

Method = Literal["REQUEST", "CANCEL"]
_STATUSES = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}


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
    calendar = new_calendar(invitation.method)
    calendar.add_component(london())
    calendar.add_component(_event(invitation))
    text: bytes = calendar.to_ical()
    return text


def _event(invitation: Invitation) -> Event:
    event, starts_at = Event(), invitation.starts_at.astimezone(UTC)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped_at.astimezone(UTC))
    event.add("dtstart", on_the_wall(starts_at))
    event.add("dtend", on_the_wall(starts_at + invitation.length))
    event.add("summary", one_line(invitation.title))
    if about := tidy(invitation.about):
        event.add("description", about)
    if place := one_line(invitation.place):
        event.add("location", place)
    event.add("status", _STATUSES[invitation.method])
    event.add("transp", "OPAQUE")
    event.add("organizer", person(*invitation.organiser))
    event.add("attendee", _guest(*invitation.attendee, method=invitation.method), encode=False)
    return event


def _guest(name: str, email: str, *, method: Method) -> vCalAddress:
    """Nobody is asked to reply to the end of a meeting."""
    guest = person(name, email)
    reply = "TRUE" if method == "REQUEST" else "FALSE"
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": reply}
    return guest
