"""What an invitation and a feed have in common as calendars read them (RFC 5545): London's clock, names, numbers. Pure.

The time is written as the clock on the wall in Europe/London with its rules beside it, so that a calendar shows half
past one in summer and in winter. Whatever people typed becomes the value of one property; the library escapes it,
and what cannot be seen is left out, because the standard allows no control characters.
"""

from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from workflow.domain.email_address import wire_address
from workflow.offer.definition import Offer
from workflow.sanitise import tidy

ZONE = ZoneInfo("Europe/London")
_PRODUCT = "-//Recognition//Meetings//EN"
_WINTER, _SUMMER = timedelta(0), timedelta(hours=1)
#: What RFC 6068 lets stand in an address as it is, besides letters and digits.
_PLAIN = "@!$'*+"


def new_calendar(method: str) -> Calendar:
    """Empty, and with nothing said yet of the zone."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def uid_of(uid: str, offer: Offer) -> str:
    """How calendars know a meeting, in whatever way they hear of it. `uid` is what the record knows it by."""
    return f"{uid}@{offer.offer.contact.rpartition('@')[2]}"


def on_the_wall(moment: datetime) -> datetime:
    """London's time. In the hour that comes twice in October it would mean the first, so the second stays in UTC."""
    local = moment.astimezone(ZONE)
    return moment if local.fold else local


def person(name: str, email: str) -> vCalAddress:
    """The standard has no way to write a quotation mark in a parameter; an apostrophe stands in for it.

    RFC 6868 added one later, and calendars that do not know it show `^'` in the middle of the name.
    """
    known = vCalAddress(f"mailto:{quote(wire_address(email), safe=_PLAIN)}")
    known.params["CN"] = one_line(name).replace('"', "'")
    return known


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def london() -> Timezone:
    """London's clock since 1996: forward on the last Sunday of March, back on that of October, both at 01:00 UTC.

    Two rules, because they hold for any year. The library would make a list of days, with each spring's change
    written as 02:00, an hour late.
    """
    zone = Timezone()
    zone.add("tzid", ZONE.key)
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
