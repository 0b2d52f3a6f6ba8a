"""One engagement of one of a reader's schools."""

from flask import Blueprint, render_template

from web import access
from web.app_state import here
from web.formatting import PARTICIPANTS
from workflow.queries.readers.one_school import one_school
from workflow.queries.schools.steps import steps
from workflow.usecases.accounts.readers import scope

bp = Blueprint("reader_school", __name__, url_prefix="/schools")


@bp.get("/<reference:reference>")
@access.reader_session
def show(reference: str) -> str:
    """Raises NotFound for any school that is not theirs to read about."""
    reader, now = access.current_reader(), here().clock()
    with here().store.reading() as db:
        view = one_school(db, reader.id, reference, now)
        whose = scope.told(db, [reader])[reader.id]
    return render_template(
        "reader/school.html",
        view=view,
        case=view.engagement,
        reader=reader,
        whose=whose,
        steps=steps(view.offer, view.engagement.stage),
        points={words: view.points[status] for status, words in PARTICIPANTS.items() if status in view.points},
    )
