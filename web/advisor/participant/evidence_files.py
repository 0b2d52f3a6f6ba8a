"""A file that somebody sent in as evidence, to save: as bytes of no kind, never shown by a browser (decision 19)."""

from flask import Blueprint, Response

from web import access
from web.advisor.participant import evidence_reads
from web.app_state import here
from web.forms.saved_file import saved
from workflow.domain.actor import EVIDENCE_READERS
from workflow.queries import evidence_history
from workflow.store import lookups
from workflow.store.tables.submission import read_file
from workflow.usecases.privacy.reading import Look

bp = Blueprint("evidence_files", __name__, url_prefix="/advisor/engagement/<reference:reference>/file")


@bp.get("/<number:number>")
@access.council(*EVIDENCE_READERS)
def download(reference: str, number: str) -> Response:
    """Raises NotFound for a file of another engagement."""
    with here().store.reading() as db:
        found = evidence_history.attachment(db, lookups.engagement_id(db, reference), int(number))
        _, content = read_file(db, found.sha256)
        owner = evidence_history.owner_of(db, found)
    evidence_reads.note([Look(owner, "file", number)])
    return saved(found.name, content)
