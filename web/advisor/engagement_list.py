"""The list of engagements: found by what people have in their hand, filtered by the address, and read in pages."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from web import access
from web.advisor.list_file import HEADS, KINDS, row_of
from web.advisor.list_filter import FILTERS, Reading
from web.app_state import here
from web.formatting import STANDING_TITLES
from web.spreadsheets import Cell
from workflow.calendar.local_time import LOCAL, local_day
from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.engine.catalogue import offers_of
from workflow.queries.lists.engagement_list import ORDERS, Page, Wanted, every, page, these
from workflow.queries.lists.search import search
from workflow.store.session import Store
from workflow.usecases import users

bp = Blueprint("engagements", __name__, url_prefix="/advisor")
_FIND_LIMIT = 100


@bp.get("/engagements")
@access.council(*COUNCIL_ROLES)
def listed() -> str:
    user, now, find = access.current_user(), here().clock(), _find()
    with here().store.reading() as db:
        stages, advisors = _stages(db), _advisors(db)
        asked = Reading(stages, advisors, user.id, now, LOCAL).wanted(request.args)
        found = search(db, find) if find else None
        by = {one.id: one.by for one in found.matches} if found else {}
        shown = Page(these(db, now, asked, by), "", "") if found else page(db, now, asked, request.args.get("page", ""))
    return render_template(
        "advisor/engagements.html",
        lines=shown.lines,
        found=found,
        by=by,
        before=_address(request.args, shown.before),
        after=_address(request.args, shown.after),
        files={kind: _address(request.args, "", kind) for kind in KINDS} if shown.lines else {},
        filters=FILTERS,
        filtered=any(request.args.get(name) for name in FILTERS),
        among=_among(stages, advisors),
        chosen={name: request.args.get(name, "") for name in (*FILTERS, "order")} | {"find": find},
        user=user,
    )


@bp.get("/engagements.<any(csv, xlsx):kind>")
@access.council(*COUNCIL_ROLES)
def saved(kind: str) -> Response:
    """All of what the list shows, however many pages that is."""
    user, now, find = access.current_user(), here().clock(), _find()
    with here().store.reading() as db:
        asked = Reading(_stages(db), _advisors(db), user.id, now, LOCAL).wanted(request.args)
    write, media_type = KINDS[kind]
    written = write(HEADS, _rows(here().store, now, asked, find))
    name = f"engagements-{local_day(now)}.{kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(written), content_type=media_type, headers=disposition)


def _rows(store: Store, now: datetime, asked: Wanted, find: str) -> Iterator[tuple[Cell, ...]]:
    with store.reading() as db:
        lines = these(db, now, asked, (one.id for one in search(db, find).matches)) if find else every(db, now, asked)
        for line in lines:
            yield row_of(line)


def _find() -> str:
    return request.args.get("find", "").strip()[:_FIND_LIMIT]


def _advisors(db: Session) -> dict[str, str]:
    return {str(one.id): one.name for one in users.advisors(db)}


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


def _address(given: Mapping[str, str], cursor: str, kind: str = "") -> str:
    """Where the page is that begins there, or the file of this kind with all of it; empty without a beginning."""
    kept = {name: value for name, value in given.items() if name != "page" and value}
    if kind:
        return f"/advisor/engagements.{kind}?{urlencode(kept)}"
    return f"/advisor/engagements?{urlencode(kept | {'page': cursor})}" if cursor else ""
