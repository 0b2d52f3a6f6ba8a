"""A password chosen by way of a link: the first one after an invitation, or a new one that was asked for.

To open the link uses nothing up: mail scanners open links, and some run scripts. The button does.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.access import session_cookie
from web.app_state import here
from web.auth import second_step
from web.auth.arrival import arrive
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.errors import BadInput
from workflow.usecases.accounts import access_letters
from workflow.usecases.accounts.doors import forgotten
from workflow.usecases.accounts.doors.forgotten import Chosen
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay

bp = Blueprint("new_password", __name__, url_prefix="/sign-in")
_NO_ADDRESS = "Enter the email address that you sign in with."


@bp.get("/forgotten")
@access.public
def ask() -> ResponseReturnValue:
    return render_template("auth/forgotten.html", trouble=None, typed="", sent=False)


@bp.post("/forgotten")
@access.public
def send() -> ResponseReturnValue:
    """The same answer whether there is such an account or not."""
    typed = request.form.get("email", "")[:254].strip()
    if "@" not in typed:
        return render_template("auth/forgotten.html", trouble=_NO_ADDRESS, typed=typed, sent=False), 422
    forgotten.ask(here().store, typed, here().link_maker, session_cookie.visit())
    return render_template("auth/forgotten.html", trouble=None, typed=typed, sent=True)


@bp.get("/new-password/<token:secret>")
@access.public
def choose(secret: str) -> ResponseReturnValue:
    return _page(secret)


@bp.post("/new-password/<token:secret>")
@access.public
def take(secret: str) -> ResponseReturnValue:
    visit, typed = session_cookie.visit(), request.form.get("password", "")
    try:
        came = forgotten.choose(here().store, Chosen(secret, typed), here().link_maker, visit, here().policy)
    except BadInput as error:
        return _page(secret, form_errors.of(error, "password", at="password"))
    match came:
        case HalfWay():
            session_cookie.begin_half_way(came)
            return second_step.go_there(came)
        case ComeIn():
            return arrive(came)


def _page(secret: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    with here().store.reading() as db:
        letter, user = access_letters.holder(db, secret, here().clock())
    html = render_template("auth/new_password.html", user=user, purpose=letter.purpose, secret=secret, wrong=wrong)
    return html, wrong.status if wrong else 200
