"""Whether this process is up, and whether it is ready to work: for the machines that watch it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from web import access
from web.app_state import here
from workflow.queries.held_up import list_held_up
from workflow.queries.outlines import outlines_of
from workflow.queries.vital_signs import tell
from workflow.store.migrations.revision import is_current

bp = Blueprint("health", __name__)
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@access.public
def healthz() -> ResponseReturnValue:
    return "ok\n", 200, _PLAIN


@bp.get("/readyz")
@access.public
def readyz() -> ResponseReturnValue:
    try:
        ready = is_current(here().store.engine)
    except SQLAlchemyError:
        return "The database does not answer.\n", 503, _PLAIN
    if not ready:
        return "The database is not up to date. Run “recognition db upgrade”.\n", 503, _PLAIN
    with here().store.reading() as db:
        held_up, beat = list_held_up(db, outlines_of(db)), tell(db, here().clock())
    # It is ready all the same: what is held up costs itself and nothing else, and no other machine would do better.
    lines = ["ready", *([beat.line] if beat else []), *(f"held up: {one.what}" for one in held_up)]
    return "".join(f"{line}\n" for line in lines), 200, _PLAIN
