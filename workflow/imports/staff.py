"""A school's list of who takes part: read row by row, then nominated in one go."""

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.engine.catalogue import offers_of
from workflow.english import count_of, listed
from workflow.imports import cells, people
from workflow.imports.cells import Noted
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.sheet import Sheet
from workflow.imports.table import Column, Row
from workflow.offer.definition import Offer
from workflow.offer.terms import StaffColumns
from workflow.store.cases import lock_case
from workflow.store.tables.participant import Participant
from workflow.usecases import participants
from workflow.usecases.participants import Nominee
from workflow.usecases.people import away

_PHASE = re.compile(r"(?:phase|level)?\s*([0-9])(?:\.0)?", re.ASCII | re.IGNORECASE)


def import_staff(
    session: Session, engagement_id: int, sheet: Sheet, *, actor: Actor, now: datetime, mode: Mode
) -> ImportReport:
    """Nominates everybody on the list who is not there yet. People nominated before are left as they are."""
    case = lock_case(session, engagement_id)
    reader = _Reader(session, sheet, offers_of(session).machine(*case.offer).offer)
    listed_people = reader.people()
    there = {one.email: one for one in session.scalars(_taking_part(engagement_id))}
    new = [person for row, person in listed_people if not reader.is_there(row, person, there.get(person.email))]
    report = reader.found.report("participant", added=len(new), changed=0, mode=mode)
    if report.written:
        participants.nominate(session, engagement_id, new, actor=actor, now=now)
        if new:
            report = replace(report, trace={"engagement": engagement_id, "seq": case.version + 1})
    return report


class _Reader:
    """One list being read."""

    def __init__(self, session: Session, sheet: Sheet, offer: Offer) -> None:
        self.found, self._session = Findings(sheet), session
        self._sheet, self._offer = sheet, offer
        self._name, self._email = columns_of(sheet, offer.staff_columns)
        self._phase = sheet.find(offer.staff_columns.phase)
        self._first_phase = min(offer.phase)

    def people(self) -> list[tuple[Row, Nominee]]:
        """Everybody who can be nominated, once each, with the row they stand in."""
        known: dict[str, tuple[Row, Nominee]] = {}
        unphased = 0
        for row in self._sheet:
            person = self._person(row)
            if person and self._is_new(row, person, known):
                known[person.email] = (row, person)
                unphased += not self._phase_text(row)
        if unphased and len(self._offer.phases) > 1:
            self.found.notes.append(
                f"{count_of(unphased, 'person').replace('persons', 'people')} without a phase: taken to start at "
                f"phase {self._first_phase}, “{self._offer.phase[self._first_phase].title}”."
            )
        return list(known.values())

    def is_there(self, row: Row, person: Nominee, known: Participant | None) -> bool:
        if known is None or participants.taken_back(known):
            return False
        self.found.unchanged += 1
        if away.is_away(known):
            told = f"{away.since_and_why(self._session, known)} {away.way_back(self._session, known)}"
            self.found.note(row, f"{told} They were left as they are.")
            return True
        if (person.name, person.phase) != (known.name, known.phase) and self._phase_text(row):
            self.found.note(row, f"{known.email} is there already as {known.name}, phase {known.phase}; left as it is.")
        return True

    def _person(self, row: Row) -> Nominee | None:
        if not self.found.fits(row):
            return None
        try:
            written = people.name_and_address(self._full_name(row), row.text(self._email))
        except ValueError as error:
            self.found.add(row, self._name[0], str(error))
            return None
        name = self.found.cell(row, self._name[0], lambda cell: self._person_name(row, written[0], cell))
        email = self.found.cell(row, self._email, lambda cell: _email(written[1], cell))
        phase = self.found.cell(row, self._phase, self._number) if self._phase else self._first_phase
        return None if name is None or email is None or phase is None else Nominee(name, email, phase)

    def _person_name(self, row: Row, written: str, cell: str) -> str | Noted[str]:
        """A half of a name that is none spoils the whole."""
        for part in self._name[1:] and self._name:
            if half := row.text(part):
                people.name(half, "The name")
        found = people.name(written, "The name")
        if written == self._full_name(row) or isinstance(found, Noted):
            return found
        return Noted(found, f"{cells.shown(cell or row.text(self._email))} was read as “{found}”.")

    def _is_new(self, row: Row, person: Nominee, known: dict[str, tuple[Row, Nominee]]) -> bool:
        """The same row twice counts once; the same address with something else beside it is a problem."""
        if person.email not in known:
            return True
        first, earlier = known[person.email]
        if person != earlier:
            self.found.add(
                row, self._email, f"{person.email} stands in row {first.number} too, with another name or phase."
            )
        else:
            self.found.note(row, f"the same as row {first.number}; counted once.")
        return False

    def _full_name(self, row: Row) -> str:
        return " ".join(filter(None, (row.text(column) for column in self._name)))

    def _phase_text(self, row: Row) -> str:
        return row.text(self._phase) if self._phase else ""

    def _number(self, text: str) -> int:
        return phase_number(self._offer, text) if text else self._first_phase


def phase_number(offer: Offer, text: str) -> int:
    """`2`, `Phase 2` or the phase's title. Raises ValueError with a sentence."""
    found = _PHASE.fullmatch(text)
    titles = {_plain(phase.title): number for number, phase in offer.phase.items()}
    number = int(found[1]) if found else titles.get(_plain(text))
    if number not in offer.phase:
        known = [f"{phase.number} ({phase.title})" for phase in offer.phases]
        raise ValueError(f"“{text[:40]}” is not a phase; write {listed(known, 'or')}.")
    return int(number)


def columns_of(sheet: Sheet, names: StaffColumns) -> tuple[list[Column], Column]:
    """Where names stand (in one column, or in two) and where addresses stand. Raises BadInput."""
    in_two = {"first_name": names.first_name, "last_name": names.last_name, "email": names.email}
    sheet.settle({"name": names.name, "email": names.email}, in_two)
    parts = [column for column in (sheet.find(names.first_name), sheet.find(names.last_name)) if column]
    if sheet.find(names.name) is None and len(parts) > 1:
        return parts, sheet.columns({"email": names.email})["email"]
    found = sheet.columns({"name": names.name, "email": names.email})
    return [found["name"]], found["email"]


def _taking_part(engagement_id: int) -> Select[Participant]:
    return select(Participant).where(Participant.engagement_id == engagement_id)


def _email(written: str, cell: str) -> str | Noted[str]:
    if not written:
        raise ValueError("there is no email address. Ask the school for it.")
    found = people.address(written)
    return found if cell or isinstance(found, Noted) else Noted(found, f"{found} stands beside the name.")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
