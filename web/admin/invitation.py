"""Somebody new is given an account, and sent a link."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.domain.actor import ACCOUNT_ROLES, ROLE_TITLES
from workflow.errors import WorkflowError
from workflow.usecases import users
from workflow.usecases.accounts import members

bp = Blueprint("invitation", __name__, url_prefix="/admin/people/new")


@bp.get("")
@access.council("admin", sensitive=True)
def ask() -> ResponseReturnValue:
    return _form()


@bp.post("")
@access.council("admin", sensitive=True)
def invite() -> ResponseReturnValue:
    typed = {name: request.form.get(name, "") for name in ("email", "name", "role")}
    by = users.actor_of(access.current_user())
    try:
        with here().store.writing() as db:
            now, links = here().clock(), here().link_maker
            invited = members.invite(db, **typed, by=by, now=now, links=links)
    except WorkflowError as error:
        return _form(form_errors.of(error, "invite", at="main-content"))
    flash(f"A letter to {invited.name} is on its way. The link in it holds for three days.")
    return redirect(url_for("account.show", number=invited.id), 303)


def _form(wrong: Trouble | None = None) -> ResponseReturnValue:
    entered = request.form if wrong else {}
    roles = {role: ROLE_TITLES[role] for role in ACCOUNT_ROLES}
    html = render_template("admin/invite.html", user=access.current_user(), roles=roles, wrong=wrong, entered=entered)
    return html, wrong.status if wrong else 200
