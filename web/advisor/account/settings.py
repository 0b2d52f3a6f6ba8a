"""Somebody's own page: the telephone that schools are told, single keys, and emails about notes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.errors import WorkflowError
from workflow.usecases.people import own_settings

bp = Blueprint("settings", __name__, url_prefix="/advisor/settings")


@bp.get("")
@access.council(*ACCOUNT_ROLES)
def ask() -> ResponseReturnValue:
    return _form()


@bp.post("")
@access.council(*ACCOUNT_ROLES)
def change() -> ResponseReturnValue:
    given = {name: request.form.get(name, "") for name in ("telephone", "shortcuts", "mentions")}
    try:
        with here().store.writing() as db:
            own_settings.change(db, access.current_user().id, **given)
    except WorkflowError as error:
        return _form(form_errors.of(error, "settings", at="main-content"))
    flash("Your settings are saved.")
    return redirect(url_for("settings.ask"), 303)


def _form(wrong: Trouble | None = None) -> ResponseReturnValue:
    entered = request.form if wrong else {}
    html = render_template("advisor/account/settings.html", user=access.current_user(), wrong=wrong, entered=entered)
    return html, wrong.status if wrong else 200
