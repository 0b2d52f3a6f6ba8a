"""Which columns somebody's lists of engagements have."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.lists.columns import COLUMNS, USUAL, chosen
from workflow.domain.actor import CASE_READERS
from workflow.errors import BadInput, Problem
from workflow.usecases.people import own_settings

bp = Blueprint("list_columns", __name__, url_prefix="/advisor/lists/columns")


@bp.get("")
@access.council(*CASE_READERS)
def ask() -> ResponseReturnValue:
    return _form([one.name for one in chosen(access.current_user().list_columns)])


@bp.post("")
@access.council(*CASE_READERS)
def choose() -> ResponseReturnValue:
    """The list is shown again as it was, in its new columns."""
    usual = request.form.get("usual") == "yes"
    names = [] if usual else [name for name in COLUMNS if name in request.form.getlist("columns")]
    if not names and not usual:
        return _form(names, BadInput("Nothing is changed.", (Problem("columns", "Choose at least one column"),)))
    with here().store.writing() as db:
        own_settings.choose_columns(db, access.current_user().id, names)
    flash("Your lists, and the files made of them, have these columns now.")
    return redirect(f"/advisor/engagements?{urlencode([*request.args.items()]) or 'show=all'}", 303)


def _form(names: list[str], error: BadInput | None = None) -> ResponseReturnValue:
    wrong = form_errors.of(error, "list", at="main-content") if error else None
    html = render_template(
        "advisor/list_columns.html",
        columns=COLUMNS,
        usual=[COLUMNS[name].title for name in USUAL],
        names=names,
        address=urlencode([*request.args.items()]),
        user=access.current_user(),
        wrong=wrong,
        entered={},
    )
    return html, wrong.status if wrong else 200
