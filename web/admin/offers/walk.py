"""An offer's journey gone through click by click: the steps stand in the address, and nothing is kept of them here."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers.named import READERS, named, page
from web.app_state import here
from web.forms.date_fields import Wrong, a_day, day_as_typed, given
from web.forms.form_errors import Trouble
from workflow.calendar.local_time import local_day
from workflow.preview.made_up import MadeUp
from workflow.preview.walk.replay import MOST, walk

bp = Blueprint("offer_walk", __name__, url_prefix="/admin/offers/<name:key>/walk")
_UNFIT = 422
#: Between two steps of an address; no step has it in its name.
_THEN = "~"
#: The years in which anybody could buy an offer; an address with another is mistyped.
_YEARS = range(2000, 2100)


@bp.get("")
@access.council(*READERS)
def show(key: str) -> ResponseReturnValue:
    offer = named(key)
    mistakes = Wrong()
    on = _day(local_day(here().clock(), offer.calendar.zone), mistakes)
    steps = [one for one in request.args.get("steps", "").split(_THEN) if one][:MOST]
    gone = walk(MadeUp(offer, on), steps)
    wrong = Trouble(_UNFIT, (), "walk", mistakes) if mistakes else None

    def there(codes: Sequence[str]) -> str:
        return f"/admin/offers/{key}/walk?" + urlencode({"on": on.isoformat(), "steps": _THEN.join(codes)}, safe=_THEN)

    html = page(
        "walk.html",
        offer,
        "walk",
        walk=gone,
        is_full=len(gone.codes) >= MOST,
        to={one.code: there((*gone.codes, one.code)) for one in gone.choices},
        back=there(gone.codes[:-1]),
        again=there(()),
        typed=day_as_typed(on),
        wrong=wrong,
        entered=request.args,
    )
    return html, _UNFIT if wrong else 200


def _day(today: date, mistakes: Wrong) -> date:
    """The day of the order: typed into the form, or as the address of a walk has it."""
    if not given(request.args, "date").is_empty:
        return a_day(request.args, here().clock(), mistakes) or today
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today
    return day if day.year in _YEARS else today
