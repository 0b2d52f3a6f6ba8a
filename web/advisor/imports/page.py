"""The files that somebody uploaded, and the form for another."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors, form_fields
from web.forms.form_errors import Trouble
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.catalogue import offers_of
from workflow.errors import BadInput, NotFound, Problem, WorkflowError
from workflow.imports.uploads import keep
from workflow.imports.uploads.kinds import KINDS

bp = Blueprint("imports", __name__, url_prefix="/advisor/imports")
_FORM = "upload"
_ABOUT = 60


@bp.get("")
@access.council(*ADVISING_ROLES, "auditor")
def show() -> ResponseReturnValue:
    return _render()


@bp.post("")
@access.council(*ADVISING_ROLES, takes_files=True)
def take() -> ResponseReturnValue:
    """Keeps the file and goes on to what would come of it."""
    user, now = access.current_user(), here().clock()
    try:
        kind, name, content, about = _given()
        with here().store.writing() as db:
            kept = keep.take(db, kind, name, content, about, user_id=user.id, now=now)
    except WorkflowError as error:
        return _render(_at_its_field(error))
    return redirect(url_for("import_file.show", number=kept.id), 303)


def _given() -> tuple[str, str, bytes, str]:
    """Raises BadInput. No more of a file is read than is needed to see that it is too large."""
    wrong: form_fields.Wrong = {}
    kind, about = request.form.get("kind", ""), request.form.get("about", "").strip()[:_ABOUT]
    if kind not in KINDS:
        raise NotFound("There is no such kind of file. Go back and choose one.")
    if KINDS[kind].about and not KINDS[kind].about_all and not about:
        wrong["about"] = f"Enter it: {KINDS[kind].about[:1].lower()}{KINDS[kind].about[1:]}"
    given = request.files.get("file")
    if given is None or not given.filename:
        wrong["file"] = "Choose a file"
    form_fields.agree(wrong)
    if given is None:
        raise BadInput("Choose a file.")
    with given.stream as stream:
        return kind, given.filename or "", stream.read(max(keep.LIMITS.values()) + 1), about


def _at_its_field(error: WorkflowError) -> Trouble:
    """What is wrong with the file is said at the field of the file."""
    if isinstance(error, BadInput) and not error.problems:
        error = BadInput(str(error), (Problem("file", str(error)),))
    return form_errors.of(error, _FORM, at="main-content")


def _render(wrong: Trouble | None = None) -> ResponseReturnValue:
    user, now = access.current_user(), here().clock()
    kind = KINDS.get(request.values.get("kind", ""))
    with here().store.reading() as db:
        files = keep.mine(db, user.id, now)
        offers = {one.offer.code: one.offer.title for one in offers_of(db)}
    html = render_template(
        "advisor/imports/list.html",
        kinds=KINDS,
        kind=kind,
        most=keep.LIMITS[kind.name] // 1_000_000 if kind else 0,
        files=files,
        offers=offers,
        form=_FORM,
        user=user,
        wrong=wrong,
        entered=request.form if wrong else request.args,
    )
    return html, wrong.status if wrong else 200
