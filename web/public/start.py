"""The front door: what this council offers to schools, and a door for each who comes."""

from flask import Blueprint, render_template

from web import access
from web.app_state import here
from workflow.engine.catalogue import offers_of
from workflow.english import listed, the, within
from workflow.offer.installed.newest import newest

bp = Blueprint("start", __name__)


@bp.get("/")
@access.public
def start() -> str:
    with here().store.reading() as db:
        offers = newest(offers_of(db))
    return render_template(
        "public/start.html",
        titles=listed([(within if place else the)(one.offer.title) for place, one in enumerate(offers)]),
        has_certificates=any(one.certificate for one in offers),
    )
