"""A certificate as it was sent, to download; and as it would be printed, to look at before anybody is awarded it."""

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import undefer

from web import access
from web.app_state import here
from workflow.domain.actor import CASE_READERS
from workflow.errors import NotFound
from workflow.store import lookups
from workflow.store.tables.certificate import Certificate
from workflow.usecases.printing.printer import Kind
from workflow.usecases.printing.specimen import NO_NUMBER, specimen

bp = Blueprint("certificates", __name__, url_prefix="/advisor/engagement")
_TYPES = {"pdf": "application/pdf", "png": "image/png"}


@bp.get("/<reference:reference>/certificate/<serial:serial>")
@access.council(*CASE_READERS)
def download(reference: str, serial: str) -> Response:
    with here().store.reading() as db:
        case = lookups.engagement_id(db, reference)
        wanted = select(Certificate).where(Certificate.engagement_id == case, Certificate.serial == serial)
        found = db.scalar(wanted.options(undefer(Certificate.pdf)))
    if found is None:
        raise NotFound(f"{reference} has no certificate with the number {serial}.")
    if not found.pdf:
        raise NotFound(f"The file of the certificate {serial} was erased, as its holder asked us to.")
    name = f'attachment; filename="certificate-{found.serial}.pdf"'
    return Response(found.pdf, mimetype="application/pdf", headers={"Content-Disposition": name})


@bp.get("/<reference:reference>/people/<number:number>/specimen.<any(pdf, png):kind>")
@access.council(*CASE_READERS)
def look(reference: str, number: str, kind: Kind) -> Response:
    """As the record has the person now. Nothing is kept of it."""
    state = here()
    with state.store.reading() as db:
        case, link = lookups.engagement_id(db, reference), state.links.verify(NO_NUMBER)
        page = specimen(db, case, int(number), link, kind=kind, council=state.look, now=state.clock())
    name = f'inline; filename="specimen-{reference}-{number}.{kind}"'
    return Response(page, mimetype=_TYPES[kind], headers={"Content-Disposition": name})
