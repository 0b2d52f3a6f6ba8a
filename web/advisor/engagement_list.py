"""The list of engagements: found by what people have in their hand, filtered by the address, and read in pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.lists import columns
from web.lists.choices import choices_of
from web.lists.list_file import KINDS
from web.lists.list_filter import DAYS, FILTERS, Reading, kept, mistakes
from web.spreadsheets import Cell
from workflow.calendar.local_time import LOCAL, local_day
from workflow.domain.actor import CASE_READERS
from workflow.queries.lists.engagement_list import EngagementRow, Page, every, page, these
from workflow.queries.lists.search import search
from workflow.queries.lists.wanted import Wanted
from workflow.store.session import Store
from workflow.usecases.people import own_lists

bp = Blueprint("engagements", __name__, url_prefix="/advisor")
_FIND_LIMIT = 100


@bp.get("/engagements")
@access.council(*CASE_READERS)
def listed() -> ResponseReturnValue:
    """Without anything in its address it is the list that somebody begins with, if they chose one."""
    user, now, find = access.current_user(), here().clock(), _find()
    with here().store.reading() as db:
        lists = own_lists.lists_of(db, user.id)
        start = next((one.address for one in lists if one.is_start), "")
        if start and not request.args:
            return redirect(f"/advisor/engagements?{start}")
        choices = choices_of(db).of(request.args.get("offer", ""))
        asked = Reading(choices, user.id, now, LOCAL).wanted(request.args)
        found = search(db, find, asked.offer) if find else None
        by = {one.id: one.by for one in found.matches} if found else {}
        shown = Page(these(db, now, asked, by), "", "") if found else page(db, now, asked, request.args.get("page", ""))
    filters = kept(request.args, choices)
    return render_template(
        "advisor/engagements.html",
        lines=shown.lines,
        columns=columns.shown(user.list_columns, by if found else None),
        found=found,
        by=by,
        before=_address(request.args, shown.before),
        after=_address(request.args, shown.after),
        files={kind: _address(request.args, "", kind) for kind in KINDS} if shown.lines else {},
        filters=choices.among(FILTERS),
        days=DAYS,
        mistakes=mistakes(request.args),
        filtered=any(request.args.get(name) for name in (*FILTERS, *DAYS)),
        among=choices.of_each(),
        chosen={name: request.args.get(name, "") for name in (*FILTERS, *DAYS, "order")} | {"find": find},
        lists=lists,
        kept=urlencode(filters),
        user=user,
    )


@bp.get("/engagements.<any(csv, xlsx):kind>")
@access.council(*CASE_READERS)
def saved(kind: str) -> Response:
    """All of what the list shows, in its columns, however many pages that is."""
    user, now = access.current_user(), here().clock()
    with here().store.reading() as db:
        asked = Reading(choices_of(db), user.id, now, LOCAL).wanted(request.args)
        found = {one.id: one.by for one in search(db, _find(), asked.offer).matches} if _find() else None
    own = columns.shown(user.list_columns, found)
    write, media_type = KINDS[kind]
    written = write(columns.heads_of(own), _rows(here().store, now, asked, found, own))
    name = f"engagements-{local_day(now)}.{kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(written), content_type=media_type, headers=disposition)


def _rows(
    store: Store, now: datetime, asked: Wanted, found: Iterable[int] | None, own: Sequence[columns.Column]
) -> Iterator[tuple[Cell, ...]]:
    with store.reading() as db:
        lines: Iterable[EngagementRow] = every(db, now, asked) if found is None else these(db, now, asked, found)
        for line in lines:
            yield columns.row_of(own, line)


def _find() -> str:
    return request.args.get("find", "").strip()[:_FIND_LIMIT]


def _address(given: Mapping[str, str], cursor: str, kind: str = "") -> str:
    """Where the page is that begins there, or the file of this kind with all of it; empty without a beginning."""
    same = {name: value for name, value in given.items() if name != "page" and value}
    if kind:
        return f"/advisor/engagements.{kind}?{urlencode(same)}"
    return f"/advisor/engagements?{urlencode(same | {'page': cursor})}" if cursor else ""
