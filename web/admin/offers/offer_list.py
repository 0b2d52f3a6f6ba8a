"""Every offer that is installed, and what the checker says of each."""

from flask import Blueprint, render_template

from web import access
from web.admin.offers.named import READERS
from web.app_state import here
from workflow.engine.catalogue import offers_of
from workflow.offer.check import findings

bp = Blueprint("offers", __name__, url_prefix="/admin/offers")


@bp.get("")
@access.council(*READERS)
def show() -> str:
    with here().store.reading() as session:
        offers, faults = sorted(offers_of(session), key=lambda one: one.key), offers_of(session).faults
    rows = [("-".join(one.key), one, len(findings(one))) for one in offers]
    return render_template("admin/offers/list.html", user=access.current_user(), rows=rows, faults=faults)
