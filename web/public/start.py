"""The front door."""

from flask import Blueprint, render_template

from web import access

bp = Blueprint("start", __name__)


@bp.get("/")
@access.public
def start() -> str:
    return render_template("public/start.html")
