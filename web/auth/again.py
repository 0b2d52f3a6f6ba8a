"""A factor again, before what is sensitive: roles, factors, and what cannot be given back."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from web import access
from web.access import proof_page, session_cookie
from web.app_state import here
from web.auth.arrival import carried, go_on
from web.auth.waiting import sentence
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.usecases.accounts import factors, passkeys
from workflow.usecases.accounts.doors import prove_again
from workflow.usecases.accounts.doors.prove_again import Proof
from workflow.usecases.accounts.doors.sign_in import TurnedAway

bp = Blueprint("again", __name__, url_prefix="/advisor/again")
_WRONG = {
    "password": "The password is not right.",
    "code": "The code is not right. Type the one that the app shows now, or a recovery code.",
    "answer": "The passkey was not taken. Try again, or use a code.",
}


@bp.get("")
@access.council(*ACCOUNT_ROLES)
def ask() -> ResponseReturnValue:
    return proof_page.page(access.current_user(), **carried())


@bp.post("")
@access.council(*ACCOUNT_ROLES)
def take() -> ResponseReturnValue:
    visit = session_cookie.visit()
    given = Proof(
        request.form.get("password", ""),
        factors.code(request.form.get("code", ""), here().sealer),
        passkeys.given(access.current_session(), request.form["answer"], here().passkeys)
        if request.form.get("answer")
        else None,
    )
    turned = prove_again.give_again(here().store, access.current_session(), given, visit)
    if isinstance(turned, TurnedAway):
        trouble = sentence(_WRONG[_named()], turned.until, visit.now)
        return proof_page.page(access.current_user(), **carried(), trouble=trouble), 422
    session_cookie.renew(turned)
    return go_on(access.current_user())


@bp.post("/question")
@access.council(*ACCOUNT_ROLES)
def question() -> Response:
    """What the browser asks the passkey."""
    with here().store.writing() as db:
        asked = passkeys.ask_for_one(db, access.current_session(), here().passkeys)
    return Response(asked, mimetype="application/json")


def _named() -> str:
    return next((name for name in ("answer", "code") if request.form.get(name)), "password")
