"""What a certificate of an offer looks like, for somebody made up."""

from flask import Blueprint, Response, request

from web import access
from web.admin.offers.named import READERS, named
from web.app_state import here
from web.wire.row_number import row_number
from workflow.calendar.local_time import local_day
from workflow.preview.certificate import preview_certificate
from workflow.preview.made_up import MadeUp
from workflow.usecases.printing.printer import Kind

bp = Blueprint("offer_certificate", __name__, url_prefix="/admin/offers/<name:key>")
_TYPES = {"pdf": "application/pdf", "png": "image/png"}


@bp.get("/certificate.<any(pdf, png):kind>")
@access.council(*READERS)
def look(key: str, kind: Kind) -> Response:
    """Of the first phase, unless the address names another."""
    offer, state = named(key), here()
    about = MadeUp(offer, local_day(state.clock(), offer.calendar.zone))
    printed = preview_certificate(about, kind, row_number(request.args.get("phase", "")), state.look)
    name = f'inline; filename="certificate-{key}.{kind}"'
    return Response(printed, mimetype=_TYPES[kind], headers={"Content-Disposition": name})
