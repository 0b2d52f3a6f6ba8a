"""An import taken back: each thing that it brought in, where nothing rests on it yet; what cannot be is said, with why.

Nothing is cut out of a history: an engagement is cancelled, a nomination is undone, and both say so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.english import listed
from workflow.errors import Conflict, WorkflowError
from workflow.imports import school_dates
from workflow.scheduling import reschedule
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School, SchoolDate, SchoolLink
from workflow.store.tables.uploads.upload import Upload
from workflow.usecases.undo.undo import undo as undo_step

_REASON = "The list that it was imported from is taken back."
#: So many of the reasons are told where nothing could be taken back.
_WROTE = 20


@dataclass(frozen=True, slots=True)
class Undone:
    """How much was taken back, in words, and why the rest was not."""

    done: int
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Back:
    """One import on its way back."""

    session: Session
    upload: Upload
    actor: Actor
    now: datetime

    @property
    def trace(self) -> Mapping[str, Any]:
        return self.upload.trace


def undo(session: Session, upload: Upload, *, actor: Actor, now: datetime) -> Undone:
    """Raises Conflict for what was not brought in, or where nothing of it can be taken back."""
    if upload.status != "done":
        raise Conflict("This file is not brought in, so there is nothing to take back.")
    back = _Back(session, upload, actor, now)
    told = list(_WAYS[upload.kind](back))
    kept = tuple(dict.fromkeys(one for one in told if one))
    done = sum(not one for one in told)
    if not done:
        raise Conflict(" ".join(["Nothing of it can be taken back.", *kept[:_WROTE]]))
    upload.status, upload.trace = "undone", {}
    upload.told = {**upload.told, "undone": done, "kept": list(kept)}
    return Undone(done, kept)


def _schools(back: _Back) -> Iterator[str]:
    """One that came in goes where nothing names it; one that was changed gets back what was known of it before."""
    session, added = back.session, back.trace.get("added", [])
    before = {one["urn"]: one for one in back.trace.get("before", [])}
    named = {
        urn
        for column in (Engagement.school_urn, SchoolDate.urn)
        for urn in session.scalars(select(column).where(column.in_([*added, *before])).distinct())
    }
    for school in session.scalars(select(School).where(School.urn.in_([*added, *before])).order_by(School.urn)):
        why = _holds_school(back, school, named)
        if not why and school.urn in before:
            was = before[school.urn]
            day = was["closed_on"]
            for name, value in {**was, "closed_on": date.fromisoformat(day) if day else None}.items():
                setattr(school, name, value)
        elif not why:
            session.delete(school)
        yield why
    session.flush()


def _holds_school(back: _Back, school: School, named: set[str]) -> str:
    if school.urn in named:
        return f"{school.name} ({school.urn}) stays: an engagement or a calendar is about it."
    if school.updated_at != back.upload.done_at:
        return f"{school.name} ({school.urn}) stays: it has been changed since."
    return ""


def _links(back: _Back) -> Iterator[str]:
    for urn, link_urn in back.trace.get("links", []):
        back.session.execute(delete(SchoolLink).where(SchoolLink.urn == urn, SchoolLink.link_urn == link_urn))
        yield ""


def _purchases(back: _Back) -> Iterator[str]:
    """An engagement that was begun is cancelled, where nothing has happened there since."""
    for number, version in back.trace.get("engagements", []):
        row = back.session.get_one(Engagement, number)
        if row.version != version:
            yield f"{row.reference} stays: something has happened there since. Cancel it by itself."
            continue
        yield _cancelled(back, row)


def _cancelled(back: _Back, row: Engagement) -> str:
    open_now = engine.available(back.session, row.id, back.actor)
    ends = (one for one in open_now if one.transition.standing.to == "cancelled" and not one.transition.inputs)
    found = next(ends, None)
    if found is None:
        return f"{row.reference} stays: its offer has no way to cancel it."
    if not found.open:
        return f"{row.reference} stays: {listed([one.sentence for one in found.refusals])}"
    engine.advance(back.session, row.id, found.trigger, actor=back.actor, now=back.now, note=_REASON)
    return ""


def _staff(back: _Back) -> Iterator[str]:
    """The nomination is undone, where it is the last step of the engagement."""
    try:
        undo_step(
            back.session,
            back.trace["engagement"],
            reason=_REASON,
            actor=back.actor,
            now=back.now,
            only=back.trace["seq"],
        )
    except WorkflowError as error:
        yield str(error)
    else:
        yield ""


def _dates(back: _Back) -> Iterator[str]:
    """The school's own dates become what they were, and what they moved moves back."""
    session, school = back.session, back.session.get_one(School, back.trace["urn"])
    if school.dates_version != back.trace["version"]:
        yield f"The calendar of {school.name} has been changed since. Bring in the one that is right."
        return
    days = [
        (kind, name, date.fromisoformat(first), date.fromisoformat(last))
        for kind, name, first, last in back.trace["before"]
    ]
    school_dates.replace(session, school, days)
    reschedule.apply(session, reschedule.differences(session, school.urn), actor=back.actor, now=back.now)
    yield ""


_WAYS: Mapping[str, Callable[[_Back], Iterator[str]]] = {
    "schools": _schools,
    "links": _links,
    "purchases": _purchases,
    "staff": _staff,
    "dates": _dates,
}
