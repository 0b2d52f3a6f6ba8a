"""What every answer carries to keep browsers from being used against people: headers, cookies, trusted hosts."""

from datetime import timedelta
from typing import Any

from flask import Response, current_app, request

from web import access

MAX_REQUEST_BYTES = 1024 * 1024
_SOURCES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",  # the page of a case asks for itself again while something is owed
    "img-src": "'self' data:",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
_ALWAYS = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in _SOURCES.items()),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: For whatever is served to be saved: should a browser show it all the same, nothing in it runs, loads or is sent.
_SAVED = "default-src 'none'; sandbox"
_YEAR_OF_HTTPS = "max-age=31536000"
#: Pages whose address is told to nobody: it lets in whoever has it.
_SECRET_ADDRESS = ("school", "schools", "calendar")
_REFUSED = 400
_KEPT_BY_BROWSERS = ("files.serve", "look.serve")


def settings_for(host: str, lifetime: timedelta, *, secure: bool) -> dict[str, Any]:
    """Flask's settings. `lifetime` is how long a session lasts at most. Over https the cookie is locked to this host by
    its name's prefix."""
    return {
        "SESSION_COOKIE_NAME": "__Host-recognition" if secure else "recognition",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": lifetime,
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "TRUSTED_HOSTS": [host] if secure else [host, "127.0.0.1", "localhost"],
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: nobody loses what they wrote by thinking about it
        "HTTPS_ONLY": secure,
    }


def add_headers(response: Response) -> Response:
    """After every request, errors included. Only the files that make up the design may be kept by a browser; a calendar
    keeps what it reads and asks whether that still holds."""
    response.headers.update(_ALWAYS)
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] = _SAVED
    kind = _kind()
    response.headers["Referrer-Policy"] = "no-referrer" if kind in _SECRET_ADDRESS else "same-origin"
    if kind == "calendar" and response.status_code < _REFUSED:
        response.headers["Cache-Control"] = "private, no-cache"
    elif request.endpoint not in _KEPT_BY_BROWSERS:
        response.headers["Cache-Control"] = "no-store"
    if kind != "public":
        response.headers["X-Robots-Tag"] = "noindex"
    if current_app.config["HTTPS_ONLY"]:
        response.headers["Strict-Transport-Security"] = _YEAR_OF_HTTPS
    return response


def _kind() -> str:
    """Unknown addresses under a school's or a calendar's path are treated as theirs: a mistyped link must not leak
    either."""
    for kind in _SECRET_ADDRESS:
        if request.path.startswith(f"/{kind}/"):
            return kind
    declared = access.policy_of(current_app, request.endpoint) if request.endpoint else None
    return declared.kind if declared else "public"
