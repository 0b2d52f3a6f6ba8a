"""The addresses of one engagement's places."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement.places.overview import next_address
from web.advisor.engagement.places.place import EVIDENCE
from web.advisor.engagement.places.render import render
from web.app_state import here
from workflow.domain.actor import CASE_READERS, EVIDENCE_READERS
from workflow.queries.places.frame import read_frame

bp = Blueprint("place", __name__, url_prefix="/advisor/engagement")


@bp.get("/<reference:reference>")
@access.council(*CASE_READERS)
def overview(reference: str) -> ResponseReturnValue:
    return render(reference, "overview")


@bp.get("/<reference:reference>/next")
@access.council(*CASE_READERS)
def next_thing(reference: str) -> ResponseReturnValue:
    """Straight to the form of what is next, so that whoever lists many need not work it out for each."""
    with here().store.reading() as db:
        there = next_address(db, read_frame(db, reference), access.current_user(), here().clock())
    return redirect(there, 303)


@bp.get("/<reference:reference>/<any(people, meetings, evidence, visits, messages, history):place>")
@access.council(*CASE_READERS)
def show(reference: str, place: str) -> ResponseReturnValue:
    if place == EVIDENCE:
        access.agree(access.current_user(), EVIDENCE_READERS)
    return render(reference, place)
