"""The front door."""

from flask import Blueprint, render_template

from web import access as policy

bp = Blueprint("start", __name__)


@bp.get("/")
@policy.public
def start() -> str:
    return render_template("public/start.html")
