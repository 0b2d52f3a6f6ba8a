"""An uploaded file looked at and brought in: by the import that reads it at the console, through what was put right."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import BadInput
from workflow.imports import sheet
from workflow.imports.findings import ImportReport, Mode, RowProblem
from workflow.imports.sheet import Sheet, Wanted
from workflow.imports.table import Column, Row, key_of
from workflow.imports.uploads.amendment import Amendment
from workflow.imports.uploads.keep import LIMITS, waits
from workflow.imports.uploads.kinds import KINDS, Occasion
from workflow.store.tables.uploads.upload import Upload

#: So many rows with problems stand on one page; mended ones make room for the next.
ROWS_SHOWN = 25


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, the cells that are looked at with what stands in them, and what is wrong with each.
    None stands for the row as a whole."""

    place: str
    row: Row
    cells: Mapping[Column, str]
    wrong: Mapping[int | None, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What would come of a file. `refused` is why it cannot be read with these columns; `titles` are those that it has,
    and `chosen` which of them is read as what."""

    titles: tuple[str, ...]
    chosen: Mapping[str, str]
    report: ImportReport | None = None
    rows: tuple[BadRow, ...] = ()
    more: int = 0
    refused: BadInput | None = None


def check(session: Session, upload: Upload, *, actor: Actor, now: datetime) -> Look:
    """Writes nothing that lasts: the caller rolls back. Raises BadInput for a file that is no table at all."""
    names = KINDS[upload.kind].names(session, upload.about)
    titles = tuple(_read(upload, None).likely_titles(names))
    amended = _amended(upload, names)
    try:
        report = KINDS[upload.kind].bring_in(Occasion(session, upload.about, actor, now), amended, Mode.CHECK)
        columns = {what: column for what, known in names.items() if (column := amended.find(known))}
    except BadInput as error:
        return Look(titles, _chosen(upload, names, titles, {}), refused=error)
    rows = tuple(_bad_rows(report, columns.values(), amended))
    chosen = _chosen(upload, names, titles, columns)
    return Look(titles, chosen, report, rows[:ROWS_SHOWN], max(len(rows) - ROWS_SHOWN, 0))


def _chosen(upload: Upload, names: Wanted, titles: Sequence[str], found: Mapping[str, Column]) -> Mapping[str, str]:
    """Which title is read as what: as it was chosen, or as it was found by itself."""
    by_key = {key_of(title): title for title in titles}
    chosen = {what: by_key.get(key_of(upload.columns.get(what, "")), "") for what in names}
    alone = {what: next((by_key[key_of(one)] for one in names[what] if key_of(one) in by_key), "") for what in names}
    return {what: chosen[what] or (alone[what] if what in found or not found else "") for what in names}


def _bad_rows(report: ImportReport, columns: Iterable[Column], read: Sheet) -> Iterator[BadRow]:
    """In the order of the file."""
    by_row: dict[tuple[str, int], list[RowProblem]] = {}
    for one in report.rows:
        by_row.setdefault((one.place, one.row.number), []).append(one)
    titles = read.header.cells
    for (place, _), problems in sorted(by_row.items(), key=lambda one: one[0][1]):
        row, wrong = problems[0].row, dict[int | None, str]()
        for one in problems:
            wrong.setdefault(one.column, one.sentence[:1].upper() + one.sentence[1:])
        odd = (Column(index, titles[index]) for index in wrong if index is not None and index < len(titles))
        shown = sorted({*columns, *odd}, key=lambda one: one.index)
        yield BadRow(place, row, {column: row.text(column) for column in shown}, wrong)


def bring_in(session: Session, upload: Upload, mode: Mode, *, actor: Actor, now: datetime) -> ImportReport:
    """Raises Conflict for one that was brought in already, or BadInput with every problem where it is taken whole."""
    waits(upload)
    on = Occasion(session, upload.about, actor, now)
    report = KINDS[upload.kind].bring_in(on, _amended(upload, KINDS[upload.kind].names(session, upload.about)), mode)
    if not report.written:
        sentence = "Nothing was written: some rows have problems. Mend them, or take the good rows."
        raise BadInput(sentence, report.problems)
    upload.status, upload.done_at, upload.content = "done", now, None
    upload.mended, upload.trace = {}, dict(report.trace)
    upload.told = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged, "noun": report.noun}
    return report


def mend(session: Session, upload: Upload, typed: Mapping[str, str], *, actor: Actor, now: datetime) -> None:
    """Keeps cells of rows with problems as they are typed. `typed` is by the cell's name, as `cell_name` makes it."""
    waits(upload)
    found = check(session, upload, actor=actor, now=now)
    fresh = {
        name: typed[name]
        for row in found.rows
        for column, text in row.cells.items()
        if (name := cell_name(row.place, row.row.number, column.index)) in typed and typed[name] != text
    }
    upload.mended = {**upload.mended, **fresh}


def cell_name(place: str, row: int, column: int) -> str:
    """`7-3-Staff`: a sheet's title may have anything in it, so it stands last."""
    return f"{row}-{column}-{place}"


def _amended(upload: Upload, names: Wanted) -> Sheet:
    return _read(
        upload,
        Amendment(names, {what: one for what, one in upload.columns.items() if what in names}, dict(_cells(upload))),
    )


def _cells(upload: Upload) -> Iterator[tuple[tuple[str, int, int], str]]:
    for name, text in upload.mended.items():
        row, column, place = name.split("-", 2)
        yield (place, int(row), int(column)), text


def _read(upload: Upload, amend: Amendment | None) -> Sheet:
    return sheet.read(
        io.BytesIO(upload.content or b""), upload.name, limit=LIMITS[KINDS[upload.kind].name], amend=amend
    )
