"""One uploaded file: what would come of it, each problem beside its row, and what came of it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access, error_pages
from web.app_state import here
from web.forms import check
from web.forms.check import ToBeSeen
from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.english import count_of
from workflow.errors import BadInput, NotFound, WorkflowError
from workflow.imports.findings import Mode
from workflow.imports.uploads import bringing, keep, undoing
from workflow.imports.uploads.foreseeing import foresee
from workflow.imports.uploads.kinds import KINDS
from workflow.imports.uploads.undoing import Undone
from workflow.store.tables.uploads.upload import Upload
from workflow.usecases import users

bp = Blueprint("import_file", __name__, url_prefix="/advisor/imports")
_CELL, _SHOWN = 2000, 10
#: What is done with a file, in the caller's transaction; the words of what was done.
Doing = Callable[[Session, Upload, Actor], str]


@bp.get("/<number:number>")
@access.council(*ADVISING_ROLES, "auditor")
def show(number: str) -> ResponseReturnValue:
    return _render(int(number))


@bp.post("/<number:number>/columns")
@access.council(*ADVISING_ROLES)
def choose(number: str) -> ResponseReturnValue:
    """Which column is which."""

    def do(db: Session, upload: Upload, _actor: Actor) -> str:
        names = KINDS[upload.kind].names(db, upload.about)
        keep.choose(db, upload, {what: request.form.get(f"column-{what}", "")[:_CELL] for what in names})
        return "The columns are read as you chose. The next file of this kind begins with the same."

    return _done(int(number), do)


@bp.post("/<number:number>/mend")
@access.council(*ADVISING_ROLES)
def mend(number: str) -> ResponseReturnValue:
    """Cells of rows with problems, as they are typed."""

    def do(db: Session, upload: Upload, actor: Actor) -> str:
        typed = {name: text[:_CELL] for name, text in request.form.items()}
        bringing.mend(db, upload, typed, actor=actor, now=here().clock())
        return "What you typed is kept. The file itself stays as it was sent."

    return _done(int(number), do)


@bp.post("/<number:number>/take")
@access.council(*ADVISING_ROLES)
def take(number: str) -> ResponseReturnValue:
    """All of it, or the good rows by themselves, once the letters that go out have been seen. Twice is once."""
    mode, now = Mode.GOOD_ROWS if request.form.get("rows") == "good" else Mode.WHOLE, here().clock()
    if check.wants_change():
        return redirect(url_for("import_file.show", number=number), 303)

    def do(db: Session, upload: Upload, actor: Actor) -> str:
        if upload.status == "done":
            return "This file is brought in."
        report = bringing.bring_in(db, upload, mode, actor=actor, now=now)
        told = partial(foresee, db, upload, report, here().links, actor=actor, now=now)
        check.ask(db, told, upload.about if upload.kind == "staff" else KINDS[upload.kind].title, upload.name)
        return f"{count_of(report.added, report.noun)} added, {report.changed} changed."

    return _done(int(number), do)


@bp.post("/<number:number>/undo")
@access.council(*ADVISING_ROLES)
def undo(number: str) -> ResponseReturnValue:
    """What can be taken back is, once somebody has seen what that is; the page says why the rest is not."""
    if request.form.get("sure") != "yes":
        return _foreseen(int(number))

    def do(db: Session, upload: Upload, actor: Actor) -> str:
        undone = undoing.undo(db, upload, actor=actor, now=here().clock())
        stay = " What stays, and why, is told below." if undone.kept else ""
        return f"{undone.done} taken back.{stay}"

    return _done(int(number), do)


@bp.post("/<number:number>/remove")
@access.council(*ADVISING_ROLES)
def remove(number: str) -> ResponseReturnValue:
    """The file is thrown away; nothing of it was brought in."""
    user = access.current_user()
    with here().store.writing() as db:
        upload = keep.locked(db, int(number), user.id, here().clock())
        keep.waits(upload)
        db.delete(upload)
    flash("The file is removed. Nothing of it was brought in.")
    return redirect(url_for("imports.show"), 303)


def _done(number: int, do: Doing) -> ResponseReturnValue:
    """Raises NotFound for somebody else's file."""
    user = access.current_user()
    try:
        with here().store.writing() as db:
            words = do(db, keep.locked(db, number, user.id, here().clock()), users.actor_of(user))
    except ToBeSeen as wait:
        back = url_for("import_file.show", number=number)
        return check.page(wait.sight, "Bring it in", request.path, back, ("Imports", url_for("imports.show")))
    except NotFound:
        raise
    except WorkflowError as error:
        return _render(number, error)
    flash(words)
    return redirect(url_for("import_file.show", number=number), 303)


def _foreseen(number: int) -> ResponseReturnValue:
    """Found out by doing it and taking it back."""
    user, now = access.current_user(), here().clock()
    try:
        with here().store.looking() as db:
            found = undoing.undo(db, keep.of(db, number, user.id, now), actor=users.actor_of(user), now=now)
    except NotFound:
        raise
    except WorkflowError as error:
        return _render(number, error)
    return _render(number, foreseen=found)


def _render(number: int, wrong: WorkflowError | None = None, foreseen: Undone | None = None) -> ResponseReturnValue:
    """What would come of it is found out by doing it and taking it back."""
    user, now = access.current_user(), here().clock()
    with here().store.looking() as db:
        upload = keep.of(db, number, user.id, now)
        kind = KINDS[upload.kind]
        look = bringing.check(db, upload, actor=users.actor_of(user), now=now) if upload.status == "waiting" else None
        db.expunge(upload)
    html = render_template(
        "advisor/imports/file.html",
        upload=upload,
        kind=kind,
        look=look,
        needed=[what for what in look.chosen if what not in kind.optional] if look else [],
        cell_name=bringing.cell_name,
        user=user,
        wrong=wrong,
        foreseen=foreseen,
        refused=_sentences(wrong or (look.refused if look else None)),
    )
    return html, error_pages.status_of(wrong) if wrong else 200


def _sentences(error: WorkflowError | None) -> list[str]:
    """What is wrong with the whole, and where."""
    if error is None:
        return []
    if not isinstance(error, BadInput):
        return [str(error)]
    return [error.sentence, *(f"{one.where}: {one.sentence}" for one in error.problems[:_SHOWN])]
