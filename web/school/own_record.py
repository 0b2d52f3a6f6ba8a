"""What a participant has and may look at: files that they sent, their certificates, and one with their name on it as it
would be printed."""

from flask import Blueprint, Response

from web import access
from web.app_state import here
from web.forms.saved_file import saved
from workflow.queries.schools import own_record
from workflow.store import lookups
from workflow.store.tables.submission import read_file
from workflow.usecases.printing.printer import Kind
from workflow.usecases.printing.specimen import NO_NUMBER, specimen

bp = Blueprint("own_record", __name__, url_prefix="/school/person/<token:token>")
_TYPES = {"pdf": "application/pdf", "png": "image/png"}


@bp.get("/file/<number:number>")
@access.person_session
def file(token: str, number: str) -> Response:  # noqa: ARG001 (the address has it)
    _, person = access.participant()
    with here().store.reading() as db:
        found = own_record.own_file(db, person, int(number))
        _, content = read_file(db, found.sha256)
        return saved(found.name, content)


@bp.get("/certificate/<serial:serial>")
@access.person_session
def certificate(token: str, serial: str) -> Response:  # noqa: ARG001 (likewise)
    _, person = access.participant()
    with here().store.reading() as db:
        found = own_record.own_certificate(db, person, serial)
    name = f'attachment; filename="certificate-{found.serial}.pdf"'
    return Response(found.pdf, mimetype="application/pdf", headers={"Content-Disposition": name})


@bp.get("/specimen.<any(pdf, png):kind>")
@access.person_session
def look(token: str, kind: Kind) -> Response:  # noqa: ARG001 (likewise)
    """As the record has them now. Nothing is kept of it."""
    state, (reference, person) = here(), access.participant()
    with state.store.reading() as db:
        case, link = lookups.engagement_id(db, reference), state.links.verify(NO_NUMBER)
        page = specimen(db, case, person, link, kind=kind, council=state.look, now=state.clock())
    name = f'inline; filename="specimen.{kind}"'
    return Response(page, mimetype=_TYPES[kind], headers={"Content-Disposition": name})
