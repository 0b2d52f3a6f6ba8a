"""What an offer asks of everybody, on the calendar of a school that buys it on a day of one's choice."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers.named import READERS, named, page
from web.app_state import here
from web.forms.date_fields import Wrong, a_day, day_as_typed, given
from web.forms.form_errors import Trouble
from workflow.calendar.local_time import local_day
from workflow.preview.made_up import MadeUp
from workflow.preview.timetable import timetable

bp = Blueprint("offer_days", __name__, url_prefix="/admin/offers/<name:key>/days")
_UNFIT = 422


@bp.get("")
@access.council(*READERS)
def show(key: str) -> ResponseReturnValue:
    offer, now = named(key), here().clock()
    today, mistakes = local_day(now, offer.calendar.zone), Wrong()
    asked = not given(request.args, "date").is_empty
    on = (a_day(request.args, now, mistakes) if asked else None) or today
    wrong = Trouble(_UNFIT, (), "days", mistakes) if mistakes else None
    typed = request.args if asked else day_as_typed(on)
    told = timetable(MadeUp(offer, on))
    html = page("days.html", offer, "days", on=on, told=told, typed=typed, wrong=wrong, entered=request.args)
    return html, _UNFIT if wrong else 200
