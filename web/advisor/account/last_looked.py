"""What somebody looked at last, for the link in the menu that leads back there.

A cookie of its own keeps it, and not the database: to look at a page changes nothing there. Nor does it change the
session, which a page that was slow would bring back after somebody has signed out. It holds for one session alone.
"""

from hashlib import sha256

from flask import Flask, Response, current_app, request

from web import access
from web.access import session_cookie
from workflow.domain.reference import PATTERN

_OK = 200


def keep(app: Flask) -> None:
    """From now on these pages remember, and templates ask for it as `last_looked()`."""
    app.after_request(_remember)
    app.jinja_env.globals["last_looked"] = _last_looked


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-looked"


def _mark() -> str:
    """Of this session, which no other has."""
    return sha256(session_cookie.mark().encode()).hexdigest()[:16]


def _last_looked() -> str:
    """Its reference; empty where nothing was looked at since signing in."""
    reference, _, mark = request.cookies.get(_name(), "").partition(".")
    return reference if mark == _mark() and PATTERN.fullmatch(reference) else ""


def _remember(answer: Response) -> Response:
    reference = (request.view_args or {}).get("reference")
    if request.method != "GET" or answer.status_code != _OK or not reference:
        return answer
    policy = access.policy_of(current_app, request.endpoint) if request.endpoint else None
    if policy and policy.kind == "council" and _last_looked() != reference:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(_name(), f"{reference}.{_mark()}", secure=secure, httponly=True, samesite="Lax")
    return answer
