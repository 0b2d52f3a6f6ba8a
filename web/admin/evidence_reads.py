"""Who has read whose evidence, for those who look after that."""

from flask import Blueprint, render_template, request

from web import access
from web.admin.people import READERS
from web.app_state import here
from web.wire.row_number import row_number
from workflow.queries.privacy import evidence_reads

bp = Blueprint("evidence_reads", __name__, url_prefix="/admin/evidence-reads")


@bp.get("")
@access.council(*READERS)
def show() -> str:
    person, before = (row_number(request.args.get(name, "")) for name in ("person", "before"))
    with here().store.reading() as db:
        found = evidence_reads.read(db, person, before)
    shown, more = found[: evidence_reads.PAGE], len(found) > evidence_reads.PAGE
    return render_template(
        "admin/evidence_reads.html",
        user=access.current_user(),
        reads=shown,
        person=person,
        onward=shown[-1].id if more else None,
    )
