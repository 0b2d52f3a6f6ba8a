"""Outcomes: what came of the effects in hand, written together in one statement, each only if its claim still holds.

A worker that was thought dead and comes back cannot write over the one that took its place.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, bindparam, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from workflow.store.dialect import Prepared, among, recordset
from workflow.store.outbox.claims import Claimed
from workflow.store.record import holds, table_of
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

_OUTBOX, _SENT = table_of(OwedEffect), table_of(SentEmail)
_SET, _KEPT = ("status", "attempts", "lease_until", "settled_at"), ("due_at", "trouble")
Status = Literal["owed", "claimed", "done", "dead"]


class Outcome(NamedTuple):
    """What becomes of one effect that was in hand, or of a reminder that went out with another.

    `due_at` and `trouble` are left as they were where they are None.
    """

    id: int
    fence: int
    was: Literal["claimed", "owed"]
    status: Status
    attempts: int
    due_at: datetime | None
    lease_until: datetime | None
    settled_at: datetime | None
    trouble: str | None


class SentRow(NamedTuple):
    """An email that went out, as it is kept; the columns of `message`."""

    outbox_id: int
    engagement_id: int
    message_id: str
    to_name: str
    to_email: str
    subject: str
    text: str
    sent_at: datetime
    offer_revision: int | None = None


def outcome_of(
    owed: Claimed,
    status: Status,
    *,
    attempts: int | None = None,
    due_at: datetime | None = None,
    lease_until: datetime | None = None,
    settled_at: datetime | None = None,
    trouble: str | None = None,
) -> Outcome:
    """Of an effect in hand. While it stays in hand, `lease_until` says for how long."""
    tried = owed.attempts if attempts is None else attempts
    return Outcome(owed.id, owed.fence, "claimed", status, tried, due_at, lease_until, settled_at, trouble)


def settle(session: Session, outcomes: Sequence[Outcome], sent: Sequence[SentRow] = ()) -> set[int]:
    """Returns which of them were written: the others had been taken over, and what was sent of them is not kept."""
    if session.get_bind().dialect.name == "postgresql":
        return _at_once(session, outcomes, sent)
    return _one_by_one(session, outcomes, sent)


# --- PostgreSQL ---


def _at_once(session: Session, outcomes: Sequence[Outcome], sent: Sequence[SentRow]) -> set[int]:
    asked = {"ids": [one.id for one in outcomes], "outcomes": outcomes, "sent": sent}
    return set(session.connection().execute(_statement(with_letters=bool(sent)), asked).scalars())


@cache
def _statement(*, with_letters: bool) -> Select[Any]:
    given = recordset("outcomes", Outcome)
    ours = (_OUTBOX.c.id == given.c.id) & (_OUTBOX.c.fence == given.c.fence) & (_OUTBOX.c.status == given.c.was)
    kept = {name: func.coalesce(given.c[name], _OUTBOX.c[name]) for name in _KEPT}
    became = {name: given.c[name] for name in _SET} | kept
    settled = (
        update(_OUTBOX).where(among(_OUTBOX.c.id, "ids"), ours).values(became).returning(_OUTBOX.c.id).cte("settled")
    )
    found = select(settled.c.id)
    return found.add_cte(_kept(settled.c.id)) if with_letters else found


def _kept(ids: Any) -> Any:
    given = recordset("sent", SentRow)
    rows: Select[Any] = select(literal_column("given.*")).select_from(given).where(given.c.outbox_id.in_(select(ids)))
    return insert(_SENT).from_select([one.name for one in given.c], rows).cte("kept")


# --- SQLite ---


def _one_by_one(session: Session, outcomes: Sequence[Outcome], sent: Sequence[SentRow]) -> set[int]:
    connection = session.connection()
    written = {one.id for one in outcomes if _SETTLE[one.was].run(connection, [one])}
    _KEEP.run(connection, [one for one in sent if one.outbox_id in written])
    return written


def _settles(was: str) -> Prepared:
    here = (_OUTBOX.c.id == bindparam("the_id")) & (_OUTBOX.c.fence == bindparam("the_fence"))
    kept = {
        name: func.coalesce(bindparam(f"the_{name}", type_=_OUTBOX.c[name].type), _OUTBOX.c[name]) for name in _KEPT
    }
    became: dict[str, Any] = {name: bindparam(f"the_{name}") for name in _SET} | kept
    return Prepared(update(_OUTBOX).where(here, holds(OwedEffect.status, was)).values(became))


_SETTLE = {was: _settles(was) for was in ("claimed", "owed")}
_KEEP = Prepared(insert(_SENT), SentRow._fields)
