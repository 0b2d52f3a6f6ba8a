"""When what time has moved may be sent: in its reader's working hours, and reminders not too soon after one another.

Run before each round of deliveries. What may not go yet is put off to the first moment at which it may; what would
then come too late is not sent at all. What people set off goes at once and is none of this module's business.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from workflow.containment import contained
from workflow.engine.catalogue import offers_of
from workflow.store.outbox.reminders import NOTICE, REMINDERS_APART
from workflow.store.record import holds, holds_some
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect

_TOO_LATE = "It could only have gone out when it was of no more use."
_DUE: Select[OwedEffect, str, str] = (
    select(OwedEffect, Engagement.offer_code, Engagement.offer_version)
    .join(Engagement, Engagement.id == OwedEffect.engagement_id)
    .where(holds(OwedEffect.status, "owed", "claimed"), OwedEffect.due_at <= bindparam("now"))
    .where(OwedEffect.hours != "", holds(OwedEffect.status, "owed"))
    .where(tuple_(Engagement.offer_code, Engagement.offer_version).in_(bindparam("offers", expanding=True)))
    .with_for_update(of=OwedEffect, skip_locked=True)
)
_SENT_LATELY = (
    select(OwedEffect.reader, func.max(OwedEffect.settled_at))
    .where(holds_some(OwedEffect.reader), OwedEffect.reader.in_(bindparam("readers", expanding=True)))
    .where(OwedEffect.settled_at > bindparam("since"), holds(OwedEffect.status, "done"))
    .group_by(OwedEffect.reader)
)


def put_off(store: Store, now: datetime) -> int:
    """Returns how many effects that are due wait for a better time, or are dropped as too late.

    What somebody else has in hand is theirs: it is passed over, and what is read here stays as it was read.
    """
    with store.writing() as session:
        rows = session.execute(_DUE, {"now": now, "offers": [offer.key for offer in offers_of(session)]}).all()
        readers = {row.OwedEffect.reader for row in rows} - {""}
        last = _last_reminders(session, readers, now) if readers else {}
        return sum(_settled(session, row, last.get(row.OwedEffect.reader), now) for row in rows)


def _last_reminders(session: Session, readers: Iterable[str], now: datetime) -> dict[str, datetime]:
    """When each of these readers was last sent a reminder, if it was lately enough to matter."""
    found = session.execute(_SENT_LATELY, {"readers": list(readers), "since": now - REMINDERS_APART})
    return {reader: at for reader, at in found if at is not None}


def _settled(session: Session, row: Row[OwedEffect, str, str], last: datetime | None, now: datetime) -> bool:
    """One whose time cannot be worked out waits for somebody to look at it, and keeps no other waiting."""
    owed, troubles = row.OwedEffect, list[str]()
    with contained(owed.key, troubles.append):
        return _settle(session, row, last, now)
    owed.status, owed.settled_at, owed.trouble = "dead", now, *troubles
    return True


def _settle(session: Session, row: Row[OwedEffect, str, str], last: datetime | None, now: datetime) -> bool:
    owed, calendar = row.OwedEffect, offers_of(session).machine(row.offer_code, row.offer_version).offer.calendar
    end = owed.too_late_at
    apart = now if last is None else max(now, last + REMINDERS_APART)
    wait = now if end is not None and apart > end - NOTICE else apart
    when = calendar.may_write(wait, owed.unit_of_hours)
    if end is not None and when >= end:
        owed.status, owed.settled_at, owed.trouble = "dropped", now, _TOO_LATE
    elif when > now:
        owed.due_at = when
    return owed.status == "dropped" or when > now
