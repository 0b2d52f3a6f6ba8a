"""A file that somebody sent in as evidence, to save: as bytes of no kind, never shown by a browser (decision 19)."""

import re
from urllib.parse import quote

from flask import Blueprint, Response

from web import access
from web.app_state import here
from workflow.domain.actor import COUNCIL_ROLES
from workflow.queries import evidence_history
from workflow.store import lookups
from workflow.store.tables.submission import read_file

bp = Blueprint("evidence_files", __name__, url_prefix="/advisor/engagement/<reference:reference>/file")

_NO_KIND = "application/octet-stream"


@bp.get("/<number:number>")
@access.council(*COUNCIL_ROLES)
def download(reference: str, number: str) -> Response:
    """Raises NotFound for a file of another engagement."""
    with here().store.reading() as db:
        found = evidence_history.attachment(db, lookups.engagement_id(db, reference), int(number))
        _, content = read_file(db, found.sha256)
        name = found.name
    return Response(content, mimetype=_NO_KIND, headers={"Content-Disposition": disposition(name)})


def disposition(name: str) -> str:
    """A Content-Disposition header: always a download, never shown in the page (RFC 6266, RFC 8187)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
