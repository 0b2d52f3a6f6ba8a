"""A certificate as it was sent, to download."""

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import undefer

from web import access
from web.app_state import here
from workflow.domain.actor import CASE_READERS
from workflow.errors import NotFound
from workflow.store import lookups
from workflow.store.tables.certificate import Certificate

bp = Blueprint("certificates", __name__, url_prefix="/advisor/engagement")


@bp.get("/<reference:reference>/certificate/<serial:serial>")
@access.council(*CASE_READERS)
def download(reference: str, serial: str) -> Response:
    with here().store.reading() as db:
        case = lookups.engagement_id(db, reference)
        wanted = select(Certificate).where(Certificate.engagement_id == case, Certificate.serial == serial)
        found = db.scalar(wanted.options(undefer(Certificate.pdf)))
    if found is None:
        raise NotFound(f"{reference} has no certificate with the number {serial}.")
    name = f'attachment; filename="certificate-{found.serial}.pdf"'
    return Response(found.pdf, mimetype="application/pdf", headers={"Content-Disposition": name})
