"""One offer: its journey drawn and in words, and what the checker finds."""

from flask import Blueprint

from web import access
from web.admin.offers.named import READERS, may_reword, named, page
from web.charts.journey_picture import picture_of
from workflow.offer.check import check

bp = Blueprint("offer", __name__, url_prefix="/admin/offers/<name:key>")


@bp.get("")
@access.council(*READERS)
def show(key: str) -> str:
    offer = named(key)
    shown = {"picture": picture_of(offer), "faults": check(offer), "may_reword": may_reword(offer)}
    return page("journey.html", offer, "", **shown)
