"""Everybody who has an account, by name."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.wire.row_number import row_number
from workflow.domain.actor import ROLE_TITLES
from workflow.usecases.accounts import members

bp = Blueprint("people", __name__, url_prefix="/admin/people")
#: Who may read about accounts; only an administrator changes any.
READERS = ("admin", "auditor")


@bp.get("")
@access.council(*READERS)
def show() -> ResponseReturnValue:
    with here().store.reading() as db:
        found = members.page(db, _after())
    shown, more = found[: members.PAGE], len(found) > members.PAGE
    onward = f"{shown[-1].id}~{shown[-1].name}" if more else ""
    return render_template(
        "admin/people.html", user=access.current_user(), people=shown, roles=ROLE_TITLES, onward=onward
    )


def _after() -> tuple[str, int] | None:
    """The name and number of the last one on the page before."""
    number, _, name = request.args.get("after", "").partition("~")
    found = row_number(number)
    return (name[: members.NAME_LIMIT], found) if found and name else None
