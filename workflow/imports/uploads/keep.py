"""Uploaded files kept between the pages: few of each person's, not for long, and nobody's but their own."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow.errors import BadInput, Conflict, NotFound
from workflow.imports import sheet
from workflow.imports.uploads.kinds import KINDS, KindName
from workflow.sanitise import tidy
from workflow.store.tables.uploads.upload import ColumnChoice, Upload

#: How large a file may be: as at the console, but for the whole register, which is brought in there.
LIMITS: dict[KindName, int] = {
    "schools": 10_000_000,
    "links": 10_000_000,
    "purchases": 2_000_000,
    "staff": 2_000_000,
    "dates": 1_000_000,
}
#: How long a file waits, and how long it is known how to take it back.
WAITS, REMEMBERED = timedelta(days=7), timedelta(days=30)
#: How many files of one person may wait at once; the oldest makes room.
_AT_ONCE, _SHOWN = 5, 20
_NAME = 120


def take(session: Session, kind: str, name: str, content: bytes, about: str, *, user_id: int, now: datetime) -> Upload:
    """Keeps a file, with the columns that were chosen for the last of its kind. Raises BadInput or NotFound for what
    cannot be read at all, or is about nothing known."""
    if kind not in KINDS:
        raise NotFound("There is no such kind of file. Go back and choose one.")
    if not content:
        raise BadInput("The file is empty. Choose the one with the rows in it.")
    KINDS[kind].names(session, about)
    shown = tidy(name)[:_NAME] or "file"
    sheet.read(io.BytesIO(content), shown, limit=LIMITS[KINDS[kind].name])
    _make_room(session, user_id, now)
    choice = session.get(ColumnChoice, kind)
    kept = Upload(
        kind=kind, about=about, name=shown, content=content, user_id=user_id, created_at=now, status="waiting"
    )
    kept.columns = dict(choice.columns) if choice else {}
    session.add(kept)
    session.flush()
    return kept


def _make_room(session: Session, user_id: int, now: datetime) -> None:
    session.execute(delete(Upload).where(Upload.created_at < now - REMEMBERED))
    session.execute(delete(Upload).where(Upload.created_at < now - WAITS, Upload.status == "waiting"))
    mine = (Upload.user_id == user_id) & (Upload.status == "waiting")
    last = select(Upload.id).where(mine).order_by(Upload.id.desc()).offset(_AT_ONCE - 1)
    session.execute(delete(Upload).where(Upload.id.in_(list(session.scalars(last)))))


def of(session: Session, number: int, user_id: int, now: datetime) -> Upload:
    """Raises NotFound for somebody else's, and for one that waited too long."""
    return _still_kept(session.get(Upload, number), user_id, now)


def locked(session: Session, number: int, user_id: int, now: datetime) -> Upload:
    """The same for whoever does something with it: what is pressed twice at once is done one after the other."""
    return _still_kept(session.get(Upload, number, with_for_update=True), user_id, now)


def _still_kept(found: Upload | None, user_id: int, now: datetime) -> Upload:
    expired = found is not None and found.created_at < now - (WAITS if found.status == "waiting" else REMEMBERED)
    if found is None or found.user_id != user_id or expired:
        raise NotFound("There is no such file any more. Files wait for a week; upload it again.")
    return found


def mine(session: Session, user_id: int, now: datetime) -> Sequence[Upload]:
    """The newest first."""
    found = session.scalars(
        select(Upload)
        .where(Upload.user_id == user_id, Upload.created_at >= now - REMEMBERED)
        .order_by(Upload.id.desc())
        .limit(_SHOWN)
    )
    return [one for one in found if one.status != "waiting" or one.created_at >= now - WAITS]


def choose(session: Session, upload: Upload, columns: dict[str, str]) -> None:
    """Which column is which, for this file and the next of its kind."""
    waits(upload)
    upload.columns = columns
    known = session.get(ColumnChoice, upload.kind)
    if known is None:
        session.add(ColumnChoice(kind=upload.kind, columns=columns))
    else:
        known.columns = columns


def waits(upload: Upload) -> None:
    """Raises Conflict for a file that was brought in already."""
    if upload.status != "waiting":
        raise Conflict("This file is brought in already. Look at what came of it.")
