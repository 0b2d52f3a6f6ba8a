"""Where people turn to, and what they can do themselves."""

from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, Response, render_template

from web import access
from web.app_state import here

bp = Blueprint("guidance", __name__)
#: Well within the year after which such a file counts as forgotten (RFC 9116, 2.5.5).
_HOLDS = timedelta(days=180)


@bp.get("/help")
@access.public
def show() -> str:
    return render_template("public/help.html")


@bp.get("/.well-known/security.txt")
@access.public
def security() -> Response:
    """For somebody who has found a hole."""
    ends = (here().clock() + _HOLDS).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    fields = {
        "Contact": f"mailto:{quote(here().contacts.security, safe='@+')}",
        "Expires": ends,
        "Preferred-Languages": "en",
        "Canonical": f"{here().links.base_url}/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return Response(text, content_type="text/plain; charset=utf-8")
