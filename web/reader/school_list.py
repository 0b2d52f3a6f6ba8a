"""A reader's schools: how many are where, and the list of them, filtered by the address and read in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, stream_with_context

from web import access
from web.app_state import here
from web.lists import columns
from web.lists.choices import Choices, choices_of
from web.lists.columns import COLUMNS, REFERENCE, Column
from web.lists.list_file import KINDS
from web.lists.list_filter import DAYS, FILTERS, Reading, mistakes
from web.spreadsheets import Cell
from workflow.calendar.local_time import LOCAL, local_day
from workflow.queries.lists.engagement_list import every, page
from workflow.queries.lists.wanted import Wanted, named
from workflow.queries.readers.stage_counts import stage_counts
from workflow.store.session import Store
from workflow.usecases.accounts.readers import scope

bp = Blueprint("reader", __name__)
#: By what a reader filters: what is the council's own, such as who looks after a school, is left out.
_FILTERS = {name: FILTERS[name] for name in ("stage", "standing", "owes", "due", "phase", "offer")}
_FIND_LIMIT = 100
#: What a file has; the page shows the same in fewer columns.
_COLUMNS: Sequence[Column] = (
    REFERENCE,
    *(COLUMNS[name] for name in ("school", "phase", "trust", "stage", "standing", "due", "meeting")),
)


@bp.get("/schools", strict_slashes=False)
@access.reader_session
def listed() -> str:
    reader, now = access.current_reader(), here().clock()
    with here().store.reading() as db:
        choices = choices_of(db).of(request.args.get("offer", ""))
        shown = page(db, now, _wanted(choices, now), request.args.get("page", ""))
        counts, whose = stage_counts(db, reader.id, now, choices.edition), scope.told(db, [reader])[reader.id]
    among = choices.of_each()
    kept_offer = {"offer": request.args["offer"]} if choices.edition else {}
    filters = choices.among(_FILTERS)
    return render_template(
        "reader/schools.html",
        reader=reader,
        whose=whose,
        counts=counts,
        lines=shown.lines,
        columns=[COLUMNS[name] for name in ("stage", "standing", "due", "meeting")],
        before=_address(request.args, shown.before),
        after=_address(request.args, shown.after),
        files={kind: _address(request.args, "", kind) for kind in KINDS},
        filters=filters,
        days=DAYS,
        mistakes=mistakes(request.args),
        filtered=any(request.args.get(name) for name in (*filters, *DAYS)),
        among=among,
        chosen={name: request.args.get(name, "") for name in (*_FILTERS, *DAYS, "order")} | {"find": _find()},
        only=lambda **filters: f"/schools?{urlencode(filters | kept_offer)}",
    )


@bp.get("/schools.<any(csv, xlsx):kind>")
@access.reader_session
def saved(kind: str) -> Response:
    """All of what the list shows, however many pages that is."""
    now = here().clock()
    with here().store.reading() as db:
        asked = _wanted(choices_of(db), now)
    write, media_type = KINDS[kind]
    written = write(columns.heads_of(_COLUMNS), _rows(here().store, now, asked))
    disposition = {"Content-Disposition": f'attachment; filename="schools-{local_day(now)}.{kind}"'}
    return Response(stream_with_context(written), content_type=media_type, headers=disposition)


def _rows(store: Store, now: datetime, asked: Wanted) -> Iterator[tuple[Cell, ...]]:
    with store.reading() as db:
        for line in every(db, now, asked):
            yield columns.row_of(_COLUMNS, line)


def _wanted(choices: Choices, now: datetime) -> Wanted:
    """Whatever the address says, it is of this reader's schools."""
    given = {name: request.args.get(name, "") for name in (*_FILTERS, *DAYS, "order")}
    asked = Reading(choices, 0, now, LOCAL).wanted(given)
    return replace(asked, reader=access.current_reader().id, now=now, named=named(_find()))


def _find() -> str:
    return request.args.get("find", "").strip()[:_FIND_LIMIT]


def _address(given: Mapping[str, str], cursor: str, kind: str = "") -> str:
    """Where the page is that begins there, or the file of this kind with all of it; empty without a beginning."""
    same = {name: value for name, value in given.items() if name != "page" and value}
    if kind:
        return f"/schools.{kind}?{urlencode(same)}"
    return f"/schools?{urlencode(same | {'page': cursor})}" if cursor else ""
