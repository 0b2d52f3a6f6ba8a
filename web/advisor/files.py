"""A file that somebody sent in as evidence, to download: never shown in the page, whatever is in it."""

from flask import Blueprint, Response

from web import policy
from web.state import here
from workflow import evidence_story, queries
from workflow.actor import COUNCIL_ROLES
from workflow.evidence_file import disposition
from workflow.store import stored_file

bp = Blueprint("evidence_files", __name__, url_prefix="/advisor/engagement/<reference:reference>/file")


@bp.get("/<number:number>")
@policy.council(*COUNCIL_ROLES)
def download(reference: str, number: str) -> Response:
    """Raises NotFound for a file of another engagement."""
    with here().store.reading() as db:
        found = evidence_story.attachment(db, queries.engagement_id(db, reference), int(number))
        media_type, content = stored_file.read(db, found.sha256)
        name = found.name
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition(name)})
