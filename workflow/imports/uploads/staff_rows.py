"""A school's list of its staff as rows for a form: what each says of a name, an address and a phase, as far as it goes.

Whether that can be used is for whoever takes the form to say. Reads only, and keeps nothing.
"""

import io
from collections.abc import Callable
from typing import NamedTuple

from workflow.errors import BadInput
from workflow.imports import people, sheet
from workflow.imports.cells import Noted
from workflow.imports.sheet import Sheet
from workflow.imports.staff import columns_of, phase_number
from workflow.imports.uploads.keep import LIMITS
from workflow.offer.definition import Offer
from workflow.sanitise import tidy

#: How large a file may be, in bytes.
LIMIT = LIMITS["staff"]
#: More rows than any school has staff. A small workbook may hold a million.
MOST_ROWS = 1000
_NAME, _CELL = 120, 300


class StaffRow(NamedTuple):
    """`phase` is its number in figures, or empty where none can be read."""

    name: str
    email: str
    phase: str


class StaffRows(NamedTuple):
    """`notes` say what was assumed, in sentences."""

    rows: tuple[StaffRow, ...]
    notes: tuple[str, ...]


def read(content: bytes, name: str, offer: Offer) -> StaffRows:
    """Raises BadInput for what is no table, or has no column for names or addresses."""
    if not content:
        raise BadInput("The file is empty. Choose the one with the rows in it.")
    shown = tidy(name)[:_NAME] or "file"
    found = sheet.read(io.BytesIO(content), shown, limit=LIMIT)
    rows, unphased = _rows(found, offer)
    if not rows:
        raise BadInput(f"{shown} has a header and no rows below it.")
    first = offer.phase[min(offer.phase)]
    told = f"Where it says no phase, the first is chosen: {first.title}. Change it where another fits."
    return StaffRows(rows, (told,) if unphased and len(offer.phases) > 1 else ())


def _rows(found: Sheet, offer: Offer) -> tuple[tuple[StaffRow, ...], bool]:
    """And whether a phase was lacking anywhere."""
    names, email = columns_of(found, offer.staff_columns)
    phase = found.find(offer.staff_columns.phase)
    rows, unphased = [], False
    for count, row in enumerate(found):
        if count >= MOST_ROWS:
            raise BadInput(f"{found.name} has more than {MOST_ROWS:,} rows. Send a list of your own staff alone.")
        said = row.text(phase) if phase else ""
        unphased = unphased or not said
        full = " ".join(filter(None, (row.text(column) for column in names)))
        rows.append(StaffRow(*_person(full, row.text(email)), _phase(offer, said)))
    return tuple(dict.fromkeys(rows)), unphased


def _person(full: str, address: str) -> tuple[str, str]:
    """As they are kept, where they can be; as they were typed where not."""
    try:
        full, address = people.name_and_address(full, address)
    except ValueError:
        return full[:_CELL], address[:_CELL]
    return _read(people.name, full, "The name"), _read(people.address, address)


def _phase(offer: Offer, said: str) -> str:
    try:
        return str(phase_number(offer, said) if said else min(offer.phase))
    except ValueError:
        return ""


def _read(read: Callable[..., str | Noted[str]], text: str, *about: str) -> str:
    try:
        kept = read(text, *about)
    except ValueError:
        return text[:_CELL]
    return kept.value if isinstance(kept, Noted) else kept
