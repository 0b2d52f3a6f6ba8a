"""The overview: every figure with its picture, its table and its file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from web import access
from web.advisor.insight import forecast, journey, people, time
from web.advisor.insight.figure import Figure
from web.advisor.insight.reading import Reading
from web.app_state import here
from web.spreadsheets import CSV, csv_of
from workflow.calendar.local_time import local_day
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound
from workflow.offer.installed.all_versions import AllVersions
from workflow.queries.outlines import editions_of

bp = Blueprint("insight", __name__, url_prefix="/advisor/insight")
#: By the word in its address, in the order of the page.
_FIGURES: Mapping[str, Callable[[Reading], Figure]] = MappingProxyType(
    {
        "funnel": journey.funnel,
        "waits": time.waits,
        "turns": time.turns,
        "days": time.days,
        "on-time": people.on_time,
        "certificates": forecast.certificates,
        "load": people.load,
        "ageing": journey.ageing,
    }
)


@bp.get("")
@access.council("lead_advisor", "auditor")
def show() -> str:
    with here().store.reading() as db:
        reading = _reading(db)
        figures = {name: figure(reading) for name, figure in _FIGURES.items() if _is_told(name, reading)}
        offers = editions_of(db).offers
    return render_template(
        "advisor/insight.html",
        figures={name: (figure, figure.picture(name)) for name, figure in figures.items()},
        offer=reading.offer,
        offers=offers,
        user=access.current_user(),
    )


@bp.get("/<name:which>.csv")
@access.council("lead_advisor", "auditor")
def saved(which: str) -> Response:
    if which not in _FIGURES:
        raise NotFound("There is no such figure. Go back to the overview and choose one.")
    with here().store.reading() as db:
        reading = _reading(db)
        if not _is_told(which, reading):
            raise NotFound("This offer ends without certificates, so none are to come.")
        figure = _FIGURES[which](reading)
    name = f"{which}-{local_day(reading.now)}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(figure.heads, figure.rows), content_type=CSV, headers=disposition)


def _is_told(which: str, reading: Reading) -> bool:
    """An offer without certificates has none to come."""
    return which != "certificates" or reading.offer.certificate is not None


def _reading(db: Session) -> Reading:
    """The offer that the address names, or else the first of those installed; whatever version it names, all of them
    are counted. Raises NotFound for one that nobody knows."""
    editions = editions_of(db)
    asked = editions.read(request.args.get("offer", ""))
    code = asked.code if asked else next(iter(editions.offers), None)
    newest = offers_of(db).latest(code).offer.code
    versions = AllVersions(one for one in offers_of(db) if one.offer.code == newest)
    return Reading(db, versions, here().clock())
