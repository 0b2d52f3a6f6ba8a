"""What a session changes of the rows that events vouch for.

What a use case changes is noted when it is flushed, and the next event of that engagement covers it: nobody has to
remember, and a transaction that changes such a row without an event, or without the lock of its engagement, is
refused. Before it is flushed it is read as it stands: a row that is not as the history has it was changed by somebody
who left no event, and no event after that vouches for it again.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.orm import Session

from workflow.store.history import covered
from workflow.store.history.covered import Covered
from workflow.store.history.keys import BROKEN, KeyRing
from workflow.store.history.vouched import Vouched, last_vouched
from workflow.store.record import Record
from workflow.store.tables.engagement import Engagement

_CHANGES, _LOCKED = "changed_rows", "locked_engagements"
_Found = Iterable[tuple[int, Covered]]


class _Changes(NamedTuple):
    """Of one engagement: the rows, and how those among them that are not new were found."""

    rows: dict[int, Record]
    found: list[tuple[int, Covered]]


class WatchedSession(Session):
    """One class for all, listened to once: listeners are known by the number of what they listen to, and the class of a
    record that was closed leaves its number to another.
    """


@event.listens_for(WatchedSession, "before_flush")
def _look(session: Session, _context: object, _some: object) -> None:
    changes = _changes(session)
    unseen = [one for one in session.dirty if covered.is_covered(one) and not _is_noted(changes, one)]
    if loose := {_owner(one) for one in unseen} - _locked(session):
        raise RuntimeError(f"Rows of the engagements {sorted(loose)} were about to be changed without their lock.")
    for owner, one in covered.read_rows(session, unseen) if unseen else ():
        _of(changes, owner).found.append((owner, one))


@event.listens_for(WatchedSession, "after_flush")
def _note(session: Session, _context: object) -> None:
    for row in (*session.new, *session.dirty):
        if covered.is_covered(row):
            _of(_changes(session), _owner(row)).rows[id(row)] = row


@event.listens_for(WatchedSession, "before_commit")
def _agree(session: Session) -> None:
    session.flush()
    if left := _changes(session):
        raise RuntimeError(f"Rows of the engagements {sorted(left)} were changed without an event that says so.")


@event.listens_for(WatchedSession, "after_commit")
@event.listens_for(WatchedSession, "after_soft_rollback")
def _forget(session: Session, _before: object = None) -> None:
    for kept in (_CHANGES, _LOCKED):
        session.info.pop(kept, None)


def note_locked(session: Session, ids: Iterable[int]) -> None:
    """The transaction has locked these engagements: nobody else changes what belongs to them."""
    _locked(session).update(ids)


def _locked(session: Session) -> set[int]:
    locked: set[int] = session.info.setdefault(_LOCKED, set())
    return locked


def _changes(session: Session) -> dict[int, _Changes]:
    changes: dict[int, _Changes] = session.info.setdefault(_CHANGES, {})
    return changes


def _of(changes: dict[int, _Changes], owner: int) -> _Changes:
    return changes.setdefault(owner, _Changes({}, []))


def _is_noted(changes: Mapping[int, _Changes], row: Any) -> bool:
    noted = changes.get(_owner(row))
    return noted is not None and id(row) in noted.rows


def _owner(row: Any) -> int:
    number: int = row.id if isinstance(row, Engagement) else row.engagement_id
    return number


def take_changed(session: Session, engagement_id: int, ring: KeyRing) -> dict[str, str]:
    """What the next event of this engagement has to cover; once. It is asked of the record: what a session read before
    it held the lock may be of a moment ago."""
    changes = _changes(session).pop(engagement_id, None)
    if changes is None:
        return {}
    broken = _otherwise(session, ring, changes.found)
    now = (one for _, one in covered.read_rows(session, changes.rows.values()))
    return {one.name: BROKEN if one.name in broken else one.digest(ring.sealing) for one in now}


def broken_meetings(session: Session, ring: KeyRing, ids: Collection[int]) -> set[str]:
    """The names of those among these meetings, which are about to be changed, that are not as the history has them."""
    return _otherwise(session, ring, covered.read_meetings(session, ids)) if ids else set()


def _otherwise(session: Session, ring: KeyRing, found: _Found) -> set[str]:
    rows = [*found]
    last = last_vouched(session, [(owner, one.name) for owner, one in rows]) if rows else ()
    pairs = zip((one for _, one in rows), last, strict=True)
    return {one.name for one, known in pairs if not _agrees(ring, one, known)}


def _agrees(ring: KeyRing, row: Covered, known: Vouched | None) -> bool:
    return known.agrees(ring, row) if known else covered.may_be_older(row.name)
