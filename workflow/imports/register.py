"""The register of establishments (GIAS), read row by row: whole, or an extract with fewer columns.

An extract may say a status by its code and not by its name, and may lack what is only good to know.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from workflow.domain.person_name import printable_line
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.english import listed
from workflow.imports import cells
from workflow.imports.findings import Findings
from workflow.imports.sheet import Sheet
from workflow.imports.table import Column, Row
from workflow.sanitise import line

#: The register's own codes.
_STATUSES = MappingProxyType(
    {"1": "Open", "2": "Closed", "3": "Open, but proposed to close", "4": "Proposed to open"},
)
_OPEN = ("open", "open, but proposed to close")
_NOTHING = ("", "-")
NEEDED = {
    "urn": ("URN",),
    "name": ("EstablishmentName", "Establishment name", "School name"),
    "status": ("EstablishmentStatus (name)", "EstablishmentStatus", "Status", "EstablishmentStatus (code)"),
}
GOOD_TO_KNOW = {
    "phase": ("PhaseOfEducation (name)", "PhaseOfEducation", "PhaseOfEducation (code)"),
    "authority": ("LA (name)", "LA name", "Local authority"),
    "town": ("Town",),
    "postcode": ("Postcode",),
    "closed_on": ("CloseDate", "Close date"),
    "trust_code": ("Trusts (code)", "Trust code"),
    "trust": ("Trusts (name)", "Trust name", "Trust"),
}
#: Few extracts have these, and nobody misses them.
IF_THERE = {"federation": ("Federations (name)", "Federation name", "Federation")}
Values = dict[str, Any]


def read(sheet: Sheet, found: Findings) -> dict[str, Values]:
    """Each school by its URN, with what the file says of it. Raises BadInput if it is no register."""
    columns = sheet.columns(NEEDED)
    optional = {**GOOD_TO_KNOW, **IF_THERE}
    columns |= {what: column for what, names in optional.items() if (column := sheet.find(names))}
    _say_what_lacks(columns, found)
    schools: dict[str, Values] = {}
    for row in sheet:
        school = _school(row, columns, found)
        if school and school["urn"] in schools:
            found.add(row, columns["urn"], f"{school['urn']} stands in an earlier row too; keep one of them.")
        elif school:
            schools[school["urn"]] = school
    return schools


def _say_what_lacks(columns: Mapping[str, Column], found: Findings) -> None:
    lacking = [names[0] for what, names in GOOD_TO_KNOW.items() if what not in columns]
    if lacking:
        found.notes.append(f"There is no column {listed(lacking, 'or')}; what is known of that stays as it is.")


def _school(row: Row, columns: Mapping[str, Column], found: Findings) -> Values | None:
    """None if anything in the row cannot be used."""
    if not found.fits(row):
        return None
    before = len(found.problems)
    values = {name: found.cell(row, columns[name], read) for name, read in _READERS.items() if name in columns}
    if len(found.problems) > before:
        return None
    return values | {"is_open": str(values["status"]).casefold() in _OPEN}


def _optional(what: str, limit: int, text: str) -> str:
    return "" if text in _NOTHING else line(text, what, limit)


def _of_code(codes: Mapping[str, str], what: str, text: str) -> str:
    """By its name, or by the code that the register has for it."""
    if not text.isdigit():
        return _optional(what, 60, text)
    if text not in codes:
        known = listed([f"{code} ({words})" for code, words in codes.items()], "or")
        raise ValueError(f"{cells.shown(text)} is no code of the register; it has {known}.")
    return codes[text]


def _status(text: str) -> str:
    return _of_code(_STATUSES, "The status", text) or line("", "The status", 60)


_READERS: dict[str, Callable[[str], Any]] = {
    "urn": cells.urn,
    "name": lambda text: printable_line(text, "The school's name", 200),
    "status": _status,
    "phase": partial(_of_code, SCHOOL_PHASES, "The phase"),
    "authority": partial(_optional, "The local authority", 100),
    "town": partial(_optional, "The town", 100),
    "postcode": partial(_optional, "The postcode", 10),
    "closed_on": cells.optional_day,
    "trust_code": partial(_optional, "The trust's code", 20),
    "trust": partial(_optional, "The trust's name", 200),
    "federation": partial(_optional, "The federation's name", 200),
}
