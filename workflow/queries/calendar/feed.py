"""What a calendar at a secret address reads: somebody's meetings, or everybody's, from a while back to all ahead.

Each is told under the numbers that its invitations have, and as of the moment at which its guests were last told, which
history keeps. So the text is the same for as long as nothing has changed that day.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from workflow.calendar.local_time import day_told, local_day, moment_of
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound
from workflow.mail.calendar_feed import Feed, FeedEntry
from workflow.mail.calendar_parts import uid_of
from workflow.mail.signed_links import Links
from workflow.offer.installed.editions import Edition
from workflow.queries.calendar.meetings import title_of
from workflow.queries.lists.wanted import under
from workflow.queries.outlines import editions_of
from workflow.store.dialect import among
from workflow.store.record import holds
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.school import School
from workflow.store.tables.user import CalendarFeed

#: How far back meetings are told, and how long it is told of one that it was called off.
WINDOW = timedelta(days=90)
#: More than anybody's calendar needs; beyond it the text would only be slow to read.
FEED_LIMIT = 2000
NAMES = {"mine": "Recognition: my meetings", "all": "Recognition: all meetings"}
#: How long a meeting takes of a kind that its offer has no more.
_SOME_TIME = timedelta(hours=1)
#: What happens to a date that its guests' calendars hear of, each time under the next number.
_TOLD = ("appointment_booked", "appointment_cancelled", "guests_changed")
_BOOKED = ("appointment_booked", "guests_changed")
_later = aliased(Appointment)
_COLUMNS: tuple[Any, ...] = (
    Appointment.id,
    Appointment.engagement_id,
    Appointment.kind,
    Appointment.purpose,
    Appointment.status,
    Appointment.starts_at,
    Appointment.place,
    Appointment.uid,
    Appointment.sequence,
    Engagement.reference,
    Engagement.offer_code,
    Engagement.offer_version,
    Engagement.ordered_at,
    School.name.label("school"),
)
#: Several rows may stand for one meeting: a date that was moved, and came back when that was undone.
_NEWEST: Select[Any] = (
    select(*_COLUMNS)
    .select_from(Appointment)
    .join(Engagement, Engagement.id == Appointment.engagement_id)
    .join(School, School.urn == Engagement.school_urn)
    .where(
        holds(Appointment.status, "booked", "held", "registered", "cancelled"),
        ~select(_later.id)
        .where(
            _later.engagement_id == Appointment.engagement_id,
            _later.kind == Appointment.kind,
            _later.uid == Appointment.uid,
            _later.sequence > Appointment.sequence,
        )
        .exists(),
    )
    .order_by(Appointment.starts_at, Appointment.id)
    .limit(FEED_LIMIT + 1)
)


def read_feed(session: Session, feed: CalendarFeed, now: datetime, links: Links, offer: Edition | None = None) -> Feed:
    """What there is to read, of one offer where one is named.

    Raises OutOfUse while the offer of one of its meetings cannot be used: calendars keep what they read before, and
    would drop what is missing.
    """
    since = moment_of(datetime.combine(local_day(now - WINDOW), time()))
    query = _NEWEST.where(Appointment.starts_at >= since, *under(offer))
    if feed.whose == "mine":
        query = query.where(Engagement.advisor_id == feed.user_id)
    rows = session.execute(query).all()
    told = _told(session, rows[:FEED_LIMIT])
    kept = [row for row in rows[:FEED_LIMIT] if row.status != "cancelled" or _is_news(told.get(row.id), since)]
    last = rows[FEED_LIMIT - 1].starts_at if len(rows) > FEED_LIMIT else None
    entries = tuple(_entry(session, row, told, links) for row in kept)
    titles = editions_of(session).offers
    name = f"{NAMES[feed.whose]}, {titles[offer.code]}" if offer else NAMES[feed.whose]
    return Feed(name, _about(last), entries)


def read_meeting(session: Session, engagement_id: int, number: int, links: Links) -> FeedEntry:
    """One meeting of a school, for its own calendar: it leads to where the school asks for a link. Raises NotFound."""
    mine = (Appointment.engagement_id == engagement_id) & (Appointment.id == number)
    row = session.execute(_NEWEST.where(mine, ~holds(Appointment.status, "cancelled"))).one_or_none()
    if row is None:
        raise NotFound("There is no such meeting any more. Look at your dates again.")
    return replace(_entry(session, row, _told(session, [row]), links), link=links.school_door())


def _told(session: Session, rows: Iterable[Row[Any]]) -> dict[int, tuple[datetime, bool]]:
    """When the guests of each meeting were last told of it, and whether it was ever agreed; by its number."""
    engagements = sorted({row.engagement_id for row in rows})
    events = session.execute(
        select(Event.at, Event.name, Event.data)
        .where(among(Event.engagement_id, "ids"), Event.name.in_(_TOLD))
        .order_by(Event.engagement_id, Event.seq),
        {"ids": engagements},
    )
    found: dict[int, tuple[datetime, bool]] = {}
    for event in events:
        number = event.data.get("appointment", 0)
        agreed = event.name in _BOOKED or found.get(number, (event.at, False))[1]
        found[number] = event.at, agreed
    return found


def _is_news(told: tuple[datetime, bool] | None, since: datetime) -> bool:
    """Whether calendars may still have a meeting that was called off: it was agreed, and ended not long ago."""
    return told is not None and told[1] and told[0] >= since


def _entry(session: Session, row: Row[Any], told: dict[int, tuple[datetime, bool]], links: Links) -> FeedEntry:
    offer = offers_of(session).machine(row.offer_code, row.offer_version).offer
    kind, titles = offer.appointment.get(row.kind), editions_of(session).offers
    return FeedEntry(
        uid=uid_of(row.uid, offer),
        sequence=row.sequence,
        title=title_of(kind, row),
        school=row.school,
        reference=row.reference,
        starts_at=row.starts_at,
        length=kind.lasts if kind else _SOME_TIME,
        place=row.place,
        organiser=(offer.offer.provider, offer.offer.contact),
        changed_at=told[row.id][0] if row.id in told else row.ordered_at,
        is_cancelled=row.status == "cancelled",
        link=links.case(row.reference),
        offer=titles[row.offer_code] if len(titles) > 1 else "",
    )


def _about(last: datetime | None) -> str:
    """What the calendar says of itself."""
    ahead = f"those ahead up to {day_told(last)}. Later ones follow" if last else "all that lie ahead"
    return f"Meetings of the last {WINDOW.days} days and {ahead}."
