"""A file that goes with a note, to save: as bytes of no kind, like every file that somebody sent (decision 19)."""

from flask import Blueprint, Response

from web import access
from web.app_state import here
from web.forms.saved_file import saved
from workflow.domain.actor import EVIDENCE_READERS
from workflow.queries.notes.case_notes import file_of
from workflow.store import lookups
from workflow.store.tables.submission import read_file

bp = Blueprint("note_files", __name__, url_prefix="/advisor/engagement/<reference:reference>/notes/file")


@bp.get("/<number:number>")
@access.council(*EVIDENCE_READERS)
def download(reference: str, number: str) -> Response:
    """Raises NotFound for a file of another engagement."""
    with here().store.reading() as db:
        found = file_of(db, lookups.engagement_id(db, reference), int(number), "council", "school")
        return saved(found.name, read_file(db, found.sha256)[1])
