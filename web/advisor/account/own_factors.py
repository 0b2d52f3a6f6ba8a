"""Somebody's own second factors: an authenticator app, passkeys, and codes on paper. Each asks first who is there."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import access
from web.access.app_picture import picture_of
from web.advisor.account.ways_in import done
from web.app_state import here
from web.forms import form_errors
from web.forms.form_errors import Trouble
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.errors import WorkflowError
from workflow.usecases import users
from workflow.usecases.accounts import factors, own, passkeys, recovery_codes
from workflow.usecases.accounts.credentials import totp

bp = Blueprint("own_factors", __name__, url_prefix="/advisor/settings/signing-in")


@bp.get("/app")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def ask_for_app() -> ResponseReturnValue:
    return _app_page()


@bp.post("/app")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def set_up_app() -> ResponseReturnValue:
    signed = access.current_session()
    try:
        with here().store.writing() as db:
            codes = factors.set_up_app(db, signed, request.form.get("code", ""), here().sealer, here().clock())
    except WorkflowError as error:
        return _app_page(form_errors.of(error, "app", at="code"))
    return _kept(codes) if codes else done("The authenticator app is set up. The one before is of no use any more.")


@bp.post("/app/remove")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def remove_app() -> ResponseReturnValue:
    with here().store.writing() as db:
        own.remove_app(db, access.current_user().id, here().policy, here().clock())
    return done("The authenticator app is removed.")


@bp.get("/passkeys")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def ask_for_passkey() -> ResponseReturnValue:
    return _passkey_page()


@bp.post("/passkeys/question")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def question() -> Response:
    """What the browser makes one from."""
    with here().store.writing() as db:
        asked = passkeys.ask_for_new(db, access.current_session(), here().passkeys)
    return Response(asked, mimetype="application/json")


@bp.post("/passkeys")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def add_passkey() -> ResponseReturnValue:
    signed, now = access.current_session(), here().clock()
    answer, title = request.form.get("answer", ""), request.form.get("title", "")
    try:
        with here().store.writing() as db:
            added = passkeys.add(db, signed, answer, title, here=here().passkeys, now=now)
            left = recovery_codes.left(db, signed.user.id)
            codes = [] if left else recovery_codes.make(db, signed.user.id, users.actor_of(signed.user), now)
    except WorkflowError as error:
        return _passkey_page(form_errors.of(error, "passkey", at="main-content"))
    return _kept(codes) if codes else done(f"The passkey “{added.title}” is added.")


@bp.post("/passkeys/<number:number>/remove")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def remove_passkey(number: str) -> ResponseReturnValue:
    with here().store.writing() as db:
        own.remove_passkey(db, access.current_user().id, int(number), here().policy, here().clock())
    return done("The passkey is removed.")


@bp.post("/codes")
@access.council(*ACCOUNT_ROLES, sensitive=True)
def make_codes() -> ResponseReturnValue:
    """The answer is the only page that ever shows them, so it is not sent on to another."""
    user = access.current_user()
    with here().store.writing() as db:
        codes = recovery_codes.make(db, user.id, users.actor_of(user), here().clock())
    return _kept(codes)


def _kept(codes: list[str]) -> ResponseReturnValue:
    user = access.current_user()
    return render_template("auth/codes.html", user=user, codes=codes, on=url_for("ways_in.show"))


def _app_page(wrong: Trouble | None = None) -> ResponseReturnValue:
    signed = access.current_session()
    with here().store.writing() as db:
        secret = factors.offered_app(db, signed, here().sealer)
    address = totp.address(secret, signed.user.email, here().passkeys.name)
    html = render_template(
        "advisor/account/app.html",
        user=signed.user,
        picture=picture_of(address),
        secret=secret,
        address=address,
        wrong=wrong,
    )
    return html, wrong.status if wrong else 200


def _passkey_page(wrong: Trouble | None = None) -> ResponseReturnValue:
    able = here().passkeys.can_have_passkeys
    html = render_template("advisor/account/passkey.html", user=access.current_user(), able=able, wrong=wrong)
    return html, wrong.status if wrong else 200
