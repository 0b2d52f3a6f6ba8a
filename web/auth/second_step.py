"""After the password: a code of the authenticator app, a recovery code, or a passkey."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.access import session_cookie
from web.app_state import here
from web.auth.arrival import arrive, carried
from web.auth.waiting import sentence
from workflow.store.tables.user import User
from workflow.usecases.accounts import factors, passkeys, sessions
from workflow.usecases.accounts.doors import sign_in
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, TurnedAway
from workflow.usecases.accounts.factors import Factors, Given

bp = Blueprint("second_step", __name__, url_prefix="/sign-in/code")
_WRONG_CODE = (
    "The code is not right. Type the one that the app shows now, or a recovery code that you have not used yet."
)
_WRONG_KEY = "The passkey was not taken. Try again, or use a code."


def go_there(half: HalfWay) -> ResponseReturnValue:
    """With what was typed before where there is anything; by a redirect otherwise, so that nothing is sent twice."""
    on = carried()
    if not half.has.any:
        return redirect(url_for("set_up.ask", next=on["back"] or None), 303)
    if on["kept"] is None:
        return redirect(url_for("second_step.ask", next=on["back"] or None), 303)
    return _page(half.has, None)


@bp.get("")
@access.half_way
def ask() -> ResponseReturnValue:
    with here().store.reading() as db:
        has = factors.of_user(db, access.current_session().user)
    return _page(has, None) if has.any else redirect(url_for("set_up.ask", next=carried()["back"] or None), 303)


@bp.post("")
@access.half_way
def take() -> ResponseReturnValue:
    typed, answer = request.form.get("code", ""), request.form.get("answer", "")
    given = (
        passkeys.given(access.current_session(), answer, here().passkeys)
        if answer
        else factors.code(typed, here().sealer)
    )
    return _judge(given, _WRONG_KEY if answer else _WRONG_CODE)


@bp.post("/question")
@access.half_way
def question() -> Response:
    """What the browser asks the passkey."""
    with here().store.writing() as db:
        asked = passkeys.ask_for_one(db, access.current_session(), here().passkeys)
    return Response(asked, mimetype="application/json")


def _judge(given: Given, wrong: str) -> ResponseReturnValue:
    half, visit = access.current_session(), session_cookie.visit()
    with here().store.writing() as db:
        user = db.get_one(User, half.user.id, with_for_update=True)
        has = factors.of_user(db, user)
        remember = request.form.get("remember") == "yes"
        came = sign_in.second_factor(db, user, given, visit, here().policy, remember=remember)
        if isinstance(came, ComeIn):
            sessions.end_one(db, user.id, half.session.id)
    match came:
        case ComeIn():
            return arrive(came)
        case TurnedAway(until):
            return _page(has, sentence(wrong, until, visit.now)), 422


def _page(has: Factors, trouble: str | None) -> str:
    days = here().policy.remembered.days
    able = has.passkeys and here().passkeys.can_have_passkeys
    return render_template("auth/code.html", has=has, able=able, trouble=trouble, days=days, **carried())
