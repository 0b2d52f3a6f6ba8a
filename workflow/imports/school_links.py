"""Which school takes whose place: the register's own list of links (GIAS), brought in whole or in part.

The register names predecessors, sixth forms and other neighbours too; only successors matter here.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.imports import cells
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.sheet import Sheet
from workflow.store.record import table_of
from workflow.store.tables.school import SchoolLink

COLUMNS = {
    "urn": ("URN",),
    "link_urn": ("LinkURN", "Link URN"),
    "kind": ("LinkType", "Link type"),
    "since": ("LinkEstablishedDate", "Link established date"),
}
_MEANT = "successor"
_table = table_of(SchoolLink)


def import_links(session: Session, sheet: Sheet, *, mode: Mode) -> ImportReport:
    """Raises BadInput if it is no such list."""
    found = Findings(sheet)
    links = _read(sheet, found)
    known = {tuple(row) for row in session.execute(select(_table.c.urn, _table.c.link_urn))}
    new = [one for pair, one in links.items() if pair not in known]
    found.unchanged = len(links) - len(new)
    report = found.report("link", added=len(new), changed=0, mode=mode)
    if report.written and new:
        report = replace(report, trace={"links": [[one["urn"], one["link_urn"]] for one in new]})
        session.execute(insert(_table), new)
    return report


def _read(sheet: Sheet, found: Findings) -> dict[tuple[str, str], dict[str, Any]]:
    columns = sheet.columns(COLUMNS)
    links: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sheet:
        if not found.fits(row):
            continue
        if not row.text(columns["kind"]).casefold().startswith(_MEANT):
            found.ignored += 1
            continue
        pair = [found.cell(row, columns[name], cells.urn) for name in ("urn", "link_urn")]
        since = found.cell(row, columns["since"], cells.optional_day)
        if pair[0] and pair[1]:
            links[pair[0], pair[1]] = {"urn": pair[0], "link_urn": pair[1], "since": since}
    return links
