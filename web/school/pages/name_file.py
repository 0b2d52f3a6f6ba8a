"""A list of people as a file: it fills the rows of the form in which they are named, to be mended there and sent.

Nobody is named by a file alone, and nothing of it is kept.
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from web.school.pages import name_rows, names, people_page
from web.school.pages.frame import engagement_of
from web.school.pages.name_rows import MOST, NameRow
from web.spreadsheets import CSV, XLSX, csv_of, xlsx_of
from workflow.engine.catalogue import offer_of
from workflow.errors import BadInput, Problem, WorkflowError
from workflow.imports.uploads import staff_rows
from workflow.imports.uploads.staff_rows import StaffRows

bp = Blueprint("school_name_file", __name__, url_prefix="/school/<token:token>")
_FORM = "upload-people"


@bp.post(f"/{_FORM}")
@access.school_files
def upload(token: str) -> ResponseReturnValue:
    try:
        found = _given()
    except WorkflowError as error:
        told = BadInput("Nobody is named yet.", (Problem("file", _whole(error)),))
        return people_page.render(token, form_errors.of(told, _FORM, at="name"))
    rows = [NameRow(number, *row) for number, row in enumerate(found.rows, 1)]
    fields = names.numbered(rows[:MOST])
    looked = names.looked_at(fields)
    trouble = looked if looked.fields else Trouble(200, (), name_rows.FORM)
    return people_page.render(token, trouble, fields, _told(found))


def _told(found: StaffRows) -> str:
    people = "1 person" if len(found.rows) == 1 else f"{len(found.rows)} people"
    first = f"Here are the first {MOST}: name these, then send the file again." if len(found.rows) > MOST else ""
    return " ".join([f"Nobody is named yet. Your file has {people}. Look at them below.", first, *found.notes]).strip()


def _given() -> StaffRows:
    """Raises BadInput for what is no list. No more of a file is read than is needed to see that it is too large."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise BadInput("Choose a file")
    with given.stream as stream:
        content = stream.read(staff_rows.LIMIT + 1)
    with here().store.reading() as db:
        offer = offer_of(db, engagement_of(db))
    return staff_rows.read(content, given.filename, offer)


def _whole(error: WorkflowError) -> str:
    """With everything that is wrong with the file as such."""
    if not isinstance(error, BadInput) or not error.problems:
        return str(error)
    return " ".join([error.sentence, *(one.sentence[:1].upper() + one.sentence[1:] for one in error.problems)])


@bp.get("/people/template.<any(csv, xlsx):kind>")
@access.school_session
def template(token: str, kind: str) -> Response:  # noqa: ARG001 (the guard has read it)
    """An empty list with the columns that are read."""
    with here().store.reading() as db:
        offer = offer_of(db, engagement_of(db))
    columns = offer.staff_columns
    heads = [columns.name[0], columns.email[0], *columns.phase[: len(offer.phases) > 1]]
    made = csv_of(heads, ()) if kind == "csv" else xlsx_of(heads, (), "People")
    headers = {"Content-Disposition": f'attachment; filename="people.{kind}"'}
    return Response(made, content_type=CSV if kind == "csv" else XLSX, headers=headers)
