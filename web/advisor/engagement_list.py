"""The list of engagements: found by what people have in their hand, filtered by the address, and read in pages."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from web import access
from web.advisor.list_filter import FILTERS, Reading
from web.app_state import here
from web.formatting import STANDING_TITLES
from workflow.calendar.local_time import LOCAL
from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.engine.catalogue import offers_of
from workflow.queries.lists.engagement_list import ORDERS, Page, page, these
from workflow.queries.lists.search import search
from workflow.usecases import users

bp = Blueprint("engagements", __name__, url_prefix="/advisor")
_FIND_LIMIT = 100


@bp.get("/engagements")
@access.council(*COUNCIL_ROLES)
def listed() -> str:
    user, now = access.current_user(), here().clock()
    find = request.args.get("find", "").strip()[:_FIND_LIMIT]
    with here().store.reading() as db:
        stages = _stages(db)
        advisors = {str(one.id): one.name for one in users.advisors(db)}
        wanted = Reading(stages, advisors, user.id, now, LOCAL).wanted(request.args)
        found = search(db, find) if find else None
        by = {one.id: one.by for one in found.matches} if found else {}
        if found:
            shown = Page(these(db, now, wanted, by), "", "")
        else:
            shown = page(db, now, wanted, request.args.get("page", ""))
    return render_template(
        "advisor/engagements.html",
        lines=shown.lines,
        found=found,
        by=by,
        before=_address(request.args, shown.before),
        after=_address(request.args, shown.after),
        filters=FILTERS,
        filtered=any(request.args.get(name) for name in FILTERS),
        among=_among(stages, advisors),
        chosen={name: request.args.get(name, "") for name in (*FILTERS, "order")} | {"find": find},
        user=user,
    )


def _among(stages: Mapping[str, str], advisors: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What can be chosen for each filter, and for the order. The first of each asks for nothing."""
    return {
        "stage": {"": "Every stage", **stages},
        "standing": {"": "Every state", **STANDING_TITLES},
        "advisor": {"": "Anybody", "mine": "Me", "nobody": "Nobody", "others": "Anybody but me", **advisors},
        "owes": {"": "Anybody’s", "council": "The council’s", "school": "The school’s"},
        "due": {"": "At any time", "late": "Late", "today": "Today", "week": "Later this week"},
        "phase": {"": "Every kind", **{one: one for one in SCHOOL_PHASES.values()}},
        "sending": {"": "Sent or not", "stuck": "Stuck"},
        "order": {name if name != "due" else "": title for name, title in ORDERS.items()},
    }


def _stages(db: Session) -> dict[str, str]:
    return {stage.name: stage.title for offer in offers_of(db) for stage in offer.stages}


def _address(given: Mapping[str, str], cursor: str) -> str:
    """Where the page is that begins there; empty without one."""
    kept = {name: value for name, value in given.items() if name != "page" and value}
    return f"/advisor/engagements?{urlencode(kept | {'page': cursor})}" if cursor else ""
