"""The addresses of one engagement's places."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places.render import render
from workflow.domain.actor import COUNCIL_ROLES

bp = Blueprint("place", __name__, url_prefix="/advisor/engagement")


@bp.get("/<reference:reference>")
@access.council(*COUNCIL_ROLES)
def overview(reference: str) -> ResponseReturnValue:
    return render(reference, "overview")


@bp.get("/<reference:reference>/<any(people, meetings, evidence, visits, messages, history):place>")
@access.council(*COUNCIL_ROLES)
def show(reference: str, place: str) -> ResponseReturnValue:
    return render(reference, place)
