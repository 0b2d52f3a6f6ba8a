"""The first time: an authenticator app is set up before anything else, where the policy asks for a second factor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.access import session_cookie
from web.access.app_picture import picture_of
from web.app_state import here
from web.auth.arrival import carried, home_of, safe
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.errors import WorkflowError
from workflow.store.tables.user import User
from workflow.usecases.accounts import factors, sessions
from workflow.usecases.accounts.credentials import totp
from workflow.usecases.accounts.doors import sign_in

bp = Blueprint("set_up", __name__, url_prefix="/sign-in/set-up")


@bp.get("")
@access.half_way
def ask() -> ResponseReturnValue:
    with here().store.reading() as db:
        if factors.of_user(db, access.current_session().user).any:
            return redirect(url_for("second_step.ask"), 303)
    return _page(None)


@bp.post("")
@access.half_way
def take() -> ResponseReturnValue:
    half, visit = access.current_session(), session_cookie.visit()
    try:
        with here().store.writing() as db:
            if factors.of_user(db, half.user).any:
                return redirect(url_for("second_step.ask"), 303)
            codes = factors.set_up_app(db, half, request.form.get("code", ""), here().sealer, visit.now)
            user = db.get_one(User, half.user.id)
            came = sign_in.come_in(db, user, visit, here().policy)
            sessions.end_one(db, user.id, half.session.id)
    except WorkflowError as error:
        return _page(form_errors.of(error, "set-up", at="code"))
    session_cookie.begin(came)
    on = safe(request.form.get("next")) or home_of(came.user)
    return render_template("auth/codes.html", user=came.user, codes=codes, on=on)


def _page(wrong: Trouble | None) -> ResponseReturnValue:
    half = access.current_session()
    with here().store.writing() as db:
        secret = factors.offered_app(db, half, here().sealer)
    address = totp.address(secret, half.user.email, here().passkeys.name)
    html = render_template(
        "auth/set_up.html", picture=picture_of(address), secret=secret, address=address, wrong=wrong, **carried()
    )
    return html, wrong.status if wrong else 200
