"""Setbacks: what failed is kept apart with its sentence and tried again after growing pauses."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial

from sqlalchemy import Select, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from workflow.containment import contained
from workflow.store.dialect import insert_if_absent
from workflow.store.record import table_of
from workflow.store.tables.health.setback import Setback

#: The pauses after the first, second and later failures on end; the last one stays.
WAITS = tuple(timedelta(seconds=wait) for wait in (10, 30, 60, 120, 300, 600, 900))
#: When something is tried again that people have to mend first.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def suffer(
    session: Session, kind: str, name: str, trouble: str, now: datetime, *, engagement_id: int | None = None
) -> None:
    """It failed, once more. Two workers that see the same failure at once count it twice; nothing hangs on that."""
    row = {"kind": kind, "name": name, "engagement_id": engagement_id, "since": now, "tries": 0, "next_try": now}
    insert_if_absent(session, table_of(Setback), {**row, "trouble": ""})
    found = session.scalars(select(Setback).where(Setback.kind == kind, Setback.name == name).with_for_update()).one()
    found.tries += 1
    found.next_try = now + WAITS[min(found.tries, len(WAITS)) - 1]
    found.trouble = trouble


@contextmanager
def aside(session: Session, engagement_id: int, reference: str, now: datetime) -> Iterator[None]:
    """What is done to one engagement of many. If something goes wrong, only that is undone, and it is set aside."""
    told = partial(_suffer_aside, session, engagement_id, reference, now)
    with contained(reference, told), session.begin_nested():
        yield


def _suffer_aside(session: Session, engagement_id: int, reference: str, now: datetime, trouble: str) -> None:
    suffer(session, "engagement", reference, trouble, now, engagement_id=engagement_id)


def overcome(session: Session, those: Iterable[tuple[str, str]]) -> None:
    """These work again."""
    keys = list(those)
    if keys:
        session.execute(delete(Setback).where(tuple_(Setback.kind, Setback.name).in_(keys)))


def hurry(session: Session, now: datetime) -> int:
    """All that time would try again may be tried now. Returns how many there are."""
    hurried = update(Setback).where(Setback.next_try < NEVER).values(next_try=now).returning(Setback.name)
    return len(session.scalars(hurried.execution_options(synchronize_session=False)).all())


def all_of(session: Session, kinds: Collection[str], *, at_most: int | None = None) -> list[Setback]:
    """Those of these kinds, oldest first."""
    return list(session.scalars(_of_kinds(tuple(kinds), at_most)))


@lru_cache
def _of_kinds(kinds: tuple[str, ...], at_most: int | None) -> Select[Setback]:
    """Put together once, which takes longer than the answer: mostly there are none."""
    return select(Setback).where(Setback.kind.in_(kinds)).order_by(Setback.since, Setback.name).limit(at_most)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Setback)) or 0
