"""Signing in with the council's own issuer (OpenID Connect), for councils that have one: to it by a link, and back."""

import logging
from datetime import UTC, datetime
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from web import access
from web.access import session_cookie
from web.app_state import here
from web.auth.arrival import arrive_at, safe
from web.installation import Settings
from workflow.errors import NotAllowed, NotFound
from workflow.usecases.accounts.doors.single_sign_on import Somebody, enter

bp = Blueprint("single_sign_on", __name__, url_prefix="/sign-in/council")
_NAME, _BACK, _AGAIN = "council_issuer", "council_back", "council_again"
#: How long the issuer may take over one answer, in seconds.
_PATIENCE = 10
_NO_ANSWER = "The council's sign-in did not answer, or said something that is not to be trusted. Try again."
_NO_ADDRESS = "The council's sign-in did not say your email address. Whoever looks after it can let it."
_log = logging.getLogger(__name__)


def keep(app: Flask, settings: Settings) -> None:
    """From now on the pages know the issuer, if the settings name one."""
    app.jinja_env.globals["has_issuer"] = bool(settings.oidc_issuer)
    if not settings.oidc_issuer:
        return
    issuer = settings.oidc_issuer.rstrip("/")
    oauth = OAuth(app)
    oauth.register(
        _NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": _PATIENCE},
    )
    app.extensions[_NAME] = (oauth.create_client(_NAME), settings)


@bp.get("")
@access.public
def go() -> ResponseReturnValue:
    """A link and no form, as browsers let no form end at another site."""
    client, settings = _issuer()
    session[_BACK], session[_AGAIN] = safe(request.args.get("next")), bool(request.args.get("again"))
    more = {"prompt": "login"} if session[_AGAIN] else {}
    longest = int(here().policy.absolute.total_seconds())
    try:
        sent: ResponseReturnValue = client.authorize_redirect(_answer_address(settings), max_age=longest, **more)
    except (requests.RequestException, AuthlibBaseError, ValueError) as trouble:
        return _turned_away(_NO_ANSWER, 502, trouble)
    return sent


@bp.get("/answer")
@access.public
def answer() -> ResponseReturnValue:
    """What is said in the address means nothing before the issuer has confirmed it over a line of our own."""
    client, settings = _issuer()
    back = session.get(_BACK, "")
    try:
        told = client.authorize_access_token()["userinfo"]
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError, KeyError) as trouble:
        return _turned_away(_NO_ANSWER, 502, trouble)
    who = _somebody(told, settings, _proved(told))
    if who is None:
        return _turned_away(_NO_ADDRESS, 403, None)
    try:
        with here().store.writing() as db:
            came = enter(db, who, dict(settings.oidc_roles), session_cookie.visit(), here().policy)
    except NotAllowed as refused:
        return _turned_away(str(refused), 403, None)
    return arrive_at(came, safe(back))


def _issuer() -> tuple[Any, Settings]:
    known = current_app.extensions.get(_NAME)
    if known is None:
        raise NotFound("The council's own sign-in is not set up here. Sign in with your email address and password.")
    client, settings = known
    return client, settings


def _answer_address(settings: Settings) -> str:
    return settings.base_url + url_for("single_sign_on.answer")


def _proved(told: Any) -> datetime | None:
    """Whoever asks for the longest age is told the time (OpenID Connect Core, 3.1.2.1). An issuer that tells none is
    believed where it was to ask again."""
    again, at = session.pop(_AGAIN, False), told.get("auth_time")
    if isinstance(at, int):
        return datetime.fromtimestamp(at, UTC)
    return here().clock() if again else None


def _somebody(told: Any, settings: Settings, proved_at: datetime | None) -> Somebody | None:
    """An address that the issuer says is not confirmed counts as none."""
    email = told.get("email") or told.get("preferred_username") or ""
    if "@" not in email or told.get("email_verified") is False:
        return None
    groups = told.get(settings.oidc_groups_claim) or ()
    held = [str(one) for one in groups] if isinstance(groups, list | tuple) else [str(groups)]
    return Somebody(f"{told['iss']} {told['sub']}"[:400], email, str(told.get("name") or ""), held, proved_at)


def _turned_away(sentence: str, status: int, trouble: Exception | None) -> ResponseReturnValue:
    if trouble is not None:
        _log.warning("The council's issuer: %s: %s", type(trouble).__name__, trouble)
    return render_template("auth/turned_away.html", sentence=sentence), status
