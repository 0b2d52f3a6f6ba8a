"""Somebody's own page about signing in: password, second factors, sessions, devices, and what became of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.errors import WorkflowError
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, devices, factors, own, passkeys, recovery_codes, sessions
from workflow.usecases.accounts.own import Typed

bp = Blueprint("ways_in", __name__, url_prefix="/advisor/settings/signing-in")


@bp.get("")
@access.council(*ACCOUNT_ROLES)
def show() -> ResponseReturnValue:
    return page()


@bp.post("/password")
@access.council(*ACCOUNT_ROLES)
def change_password() -> ResponseReturnValue:
    typed = Typed(request.form.get("current", ""), request.form.get("password", ""))
    try:
        own.change_password(here().store, access.current_session(), typed, here().link_maker, here().clock())
    except WorkflowError as error:
        return page(form_errors.of(error, "password", at="main-content"))
    flash("Your password is changed. You are signed out everywhere else.")
    return redirect(url_for("ways_in.show"), 303)


def page(wrong: Trouble | None = None) -> ResponseReturnValue:
    signed, now = access.current_session(), here().clock()
    with here().store.reading() as db:
        user = db.get_one(User, signed.user.id)
        html = render_template(
            "advisor/account/ways_in.html",
            user=user,
            own=signed.session.id,
            has=factors.of_user(db, user),
            passkeys=passkeys.of_user(db, user.id),
            can_have_passkeys=here().passkeys.can_have_passkeys,
            codes_left=recovery_codes.left(db, user.id),
            sessions=sessions.of_user(db, user.id, now),
            devices=devices.of_user(db, user.id, now),
            history=account_history.latest(db, user.id),
            titles=account_history.TITLES,
            wrong=wrong,
        )
    return html, wrong.status if wrong else 200


def done(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("ways_in.show"), 303)
