"""A job on many engagements: what would happen to each, how far it has come, and what became of it.

A request only asks: what would happen to each row is worked out in the background, and so is what was asked for, once
it is wanted. Pressing twice is pressing once.
"""

from collections.abc import Iterator
from typing import NamedTuple, get_args

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.acts.bulk import jobs
from workflow.acts.bulk import request as wanted
from workflow.acts.bulk.jobs import JobLine, Part, Progress
from workflow.acts.bulk.request import BulkRequest
from workflow.acts.bulk.take_back import NAME
from workflow.domain.actor import ADVISING_ROLES
from workflow.errors import BadInput, NotAllowed
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

bp = Blueprint("bulk_job", __name__, url_prefix="/advisor/bulk/job/<number:number>")
#: How many rows of a part stand on the page of the job, and on a page of that part alone.
_SHOWN, _PAGE, _DIGITS = 50, 100, 9
_TAKE_BACK = "take-back"


class Section(NamedTuple):
    """One part of a job's rows. `more` is the number of the last row that is shown, where there are others."""

    part: Part
    lines: list[JobLine]
    more: int | None


@bp.get("")
@access.council(*ADVISING_ROLES, "auditor")
def show(number: str) -> ResponseReturnValue:
    """What would happen to the rows still to do, and what happened to the others, as far as it is known."""
    return _render(int(number))


def _render(job: int, wrong: Trouble | None = None) -> ResponseReturnValue:
    with here().store.reading() as db:
        wish = _own(db, job)
        progress = jobs.progress(db, job)
        sections = list(_sections(db, job, progress))
    html = render_template(
        "advisor/bulk_job.html",
        kind=wanted.kind_of(wish.verb),
        may_be_taken_back=wish.verb != NAME,
        job=job,
        wish=wish,
        progress=progress,
        sections=sections,
        user=access.current_user(),
        wrong=wrong,
        entered=request.form if wrong else {},
    )
    return html, wrong.status if wrong else 200


@bp.get("/row/<number:row>")
@access.council(*ADVISING_ROLES, "auditor")
def look(number: str, row: str) -> str:
    """What would happen to one of them in full, with every message."""
    job, state = int(number), here()
    with state.store.looking() as db:
        wish, engagement_id = _own(db, job), jobs.engagement_of(db, job, int(row))
        seen = wanted.foresee(db, engagement_id, wish, state.clock(), state.links)
        engagement = db.get_one(Engagement, engagement_id)
        where = {"reference": engagement.reference, "school": db.get_one(School, engagement.school_urn).name}
    shown = {"kind": wanted.kind_of(wish.verb), "seen": seen, **where}
    return render_template("advisor/bulk_row.html", job=job, **shown, user=access.current_user())


@bp.post("")
@access.council(*ADVISING_ROLES)
def do(number: str) -> ResponseReturnValue:
    """Whoever asked has seen what would happen; the worker does it."""
    _agree_own(int(number))
    want = jobs.want_all if request.form.get("unusual") else jobs.want
    want(here().store, int(number))
    return _back(int(number))


@bp.post("/stop")
@access.council(*ADVISING_ROLES)
def stop(number: str) -> ResponseReturnValue:
    """What is done stays; nothing more is done."""
    _agree_own(int(number))
    jobs.stop(here().store, int(number))
    return _back(int(number))


@bp.post("/take-back")
@access.council(*ADVISING_ROLES)
def take_back(number: str) -> ResponseReturnValue:
    """Asks for a job that takes this one back; what it would do is seen first, as with any other."""
    job, store, reason = int(number), here().store, request.form.get("reason", "")
    try:
        with store.reading() as db:
            asked, references = wanted.to_take_back(db, job, reason, _own(db, job).actor)
    except BadInput as error:
        return _render(job, form_errors.of(error, _TAKE_BACK))
    return _back(jobs.ask(store, asked, references, here().clock()))


def _sections(db: Session, job: int, progress: Progress) -> Iterator[Section]:
    """Each part that has any rows; or only the one that the address names, from where it says."""
    only = next((one for one in get_args(Part) if one == request.args.get("part")), None)
    after, size = (_after(), _PAGE) if only else (0, _SHOWN)
    for part in (only,) if only else jobs.PARTS:
        if progress.parts[part]:
            lines = jobs.lines(db, job, after=after, limit=size + 1, part=part)
            yield Section(part, lines[:size], lines[size - 1].number if len(lines) > size else None)


def _after() -> int:
    """The number of the last row of the page before."""
    typed = request.args.get("after", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS else 0


def _agree_own(job: int) -> None:
    with here().store.reading() as db:
        _own(db, job)


def _own(db: Session, job: int) -> BulkRequest:
    """Whoever asked for it decides about it, for it is done in their name. Raises NotFound or NotAllowed."""
    wish = jobs.wish_of(db, job)
    if wish.actor.user_id != access.current_user().id:
        raise NotAllowed("Somebody else asked for this, and only they can look at it and do it.")
    return wish


def _back(job: int) -> ResponseReturnValue:
    return redirect(url_for("bulk_job.show", number=job), 303)
