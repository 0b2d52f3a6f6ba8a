"""Style sheets, scripts and icons: our own from `static`, GOV.UK Frontend from `assets`."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from web import access

bp = Blueprint("files", __name__)
_WEB = Path(__file__).parent.parent


@bp.get("/<any(static, assets):folder>/<path:name>")
@access.public
def serve(folder: str, name: str) -> Response:
    return send_from_directory(_WEB / folder, name)
