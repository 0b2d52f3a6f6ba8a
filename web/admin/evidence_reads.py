"""Who has read whose evidence, for those who look after that."""

from flask import Blueprint, render_template, request

from web import access
from web.admin.people import READERS
from web.app_state import here
from workflow.queries.privacy import evidence_reads

_DIGITS = 9
bp = Blueprint("evidence_reads", __name__, url_prefix="/admin/evidence-reads")


@bp.get("")
@access.council(*READERS)
def show() -> str:
    person, before = _number("person"), _number("before")
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


def _number(name: str) -> int | None:
    """None for anything that is no number of a row."""
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _DIGITS else None
