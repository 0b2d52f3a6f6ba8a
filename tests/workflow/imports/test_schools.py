"""The register of schools comes in whole or in part, on both databases, and twice is once."""

import io
from datetime import date

import pytest

from config.settings import DEMO
from tests.conftest import NOW
from tests.suite_size import SIZE
from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.schools import import_schools
from workflow.imports.sheet import read
from workflow.store.session import Store
from workflow.store.tables.school import School

HEADER = "URN,LA (name),EstablishmentName,EstablishmentStatus (name),CloseDate,PhaseOfEducation (name),Town,Postcode"
CODES = "URN,EstablishmentName,EstablishmentStatus (code)"
FORMULA = "begins with “=”, as a spreadsheet formula does; a name begins with a letter."
OPEN = "900001,Cornwall,Trevanick School,Open,,Primary,Trevanick,TR99 1AA"
CLOSED = "900016,Cornwall,Treskellan School,Closed,31-08-2023,Primary,Treskellan,TR99 6AA"


def bring_in(store: Store, text: str | bytes, mode: Mode = Mode.WHOLE) -> ImportReport:
    source = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    with store.writing() as session:
        return import_schools(session, read(source, "gias.csv", limit=100_000_000), now=NOW, mode=mode)


def school(store: Store, urn: str) -> School | None:
    with store.reading() as session:
        return session.get(School, urn)


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows])


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.added, report.changed, report.unchanged


def test_a_second_import_changes_nothing(store: Store) -> None:
    text = table(OPEN, CLOSED)
    assert counts(bring_in(store, text)) == (2, 0, 0)
    assert counts(bring_in(store, text)) == (0, 0, 2)


def test_a_school_that_closes_is_closed_from_then_on(store: Store) -> None:
    bring_in(store, table(OPEN))
    report = bring_in(store, table(OPEN.replace("Open,,", "Closed,31-08-2025,")))
    found = school(store, "900001")
    assert found is not None
    assert (counts(report), found.is_open, found.closed_on) == ((0, 1, 0), False, date(2025, 8, 31))


def test_a_school_that_is_proposed_to_close_is_still_open(store: Store) -> None:
    bring_in(store, table(OPEN.replace("Open", '"Open, but proposed to close"')))
    found = school(store, "900001")
    assert found is not None
    assert found.is_open


def test_headers_that_drift_are_known_all_the_same(store: Store) -> None:
    drifted = HEADER.replace(" (name)", "(name)").replace("Town", "TOWN").replace("CloseDate", "Close date")
    assert counts(bring_in(store, table(OPEN, header=drifted))) == (1, 0, 0)


def test_an_extract_with_codes_and_without_what_nothing_needs_is_read(store: Store) -> None:
    report = bring_in(store, table("900001,Trevanick School,1", "900016,Treskellan School,2", header=CODES))
    found, closed = school(store, "900001"), school(store, "900016")
    assert found is not None
    assert closed is not None
    assert (found.status, found.is_open, found.phase, found.closed_on) == ("Open", True, "", None)
    assert (closed.status, closed.is_open) == ("Closed", False)
    lacks = "PhaseOfEducation (name), LA (name), Town, Postcode, CloseDate, Trusts (code) or Trusts (name)"
    assert report.notes == (f"There is no column {lacks}; what is known of that stays as it is.",)


def test_an_extract_leaves_what_it_does_not_say(store: Store) -> None:
    bring_in(store, table(OPEN, CLOSED))
    report = bring_in(store, table("900001,Trevanick School,1", "900016,Treskellan Academy,2", header=CODES))
    assert counts(report) == (0, 1, 1)
    found = school(store, "900016")
    assert found is not None
    assert (found.name, found.town, found.closed_on) == ("Treskellan Academy", "Treskellan", date(2023, 8, 31))


def test_a_code_that_the_register_does_not_have_is_asked_about(store: Store) -> None:
    report = bring_in(store, table("900001,Trevanick School,9", header=CODES))
    known = "1 (Open), 2 (Closed), 3 (Open, but proposed to close) or 4 (Proposed to open)"
    assert [one.sentence for one in report.problems] == [f"“9” is no code of the register; it has {known}."]


def test_a_register_in_windows_letters_is_read_right_and_says_so(store: Store) -> None:
    report = bring_in(store, (DEMO / "schools.csv").read_bytes())
    found = school(store, "900011")
    assert found is not None
    assert found.name == "Skol Kerhën Primary School"
    assert report.notes == ("gias.csv is not UTF-8, so its letters were read as Windows-1252 (cp1252).",)


def test_a_school_is_of_the_trust_and_federation_that_the_register_says(store: Store) -> None:
    header = f"{HEADER},Trusts (code),Trusts (name),Federations (code),Federations (name)"
    bring_in(store, table(f"{OPEN},16991,Three Headlands Trust,9101,The Chapel Row Federation", header=header))
    found = school(store, "900001")
    assert found is not None
    assert (found.trust_code, found.trust, found.federation) == (
        "16991", "Three Headlands Trust", "The Chapel Row Federation",
    )  # fmt: skip
    assert counts(bring_in(store, table(f"{OPEN},,,,", header=header))) == (0, 1, 0)
    left = school(store, "900001")
    assert left is not None
    assert (left.trust_code, left.trust, left.federation) == ("", "", "")


def test_every_bad_cell_is_named_and_nothing_is_written(store: Store) -> None:
    report = bring_in(store, table(OPEN, "12,Cornwall,=cmd(),Open,31-02-2023,Primary,Town,TR99", OPEN))
    assert [str(problem) for problem in report.problems] == [
        "gias.csv, row 3, column URN: “12” is not a URN, which is six digits.",
        "gias.csv, row 3, column EstablishmentName: The school's name " + FORMULA,
        "gias.csv, row 3, column CloseDate: “31-02-2023” is not a date; write one such as 08/09/2026.",
        "gias.csv, row 4, column URN: 900001 stands in an earlier row too; keep one of them.",
    ]
    assert (report.written, school(store, "900001")) == (False, None)


def test_the_good_rows_can_be_accepted(store: Store) -> None:
    report = bring_in(store, table(OPEN, "12,Cornwall,Bad,Open,,Primary,Town,TR99"), Mode.GOOD_ROWS)
    assert report.written
    assert school(store, "900001") is not None


def test_a_rehearsal_writes_nothing(store: Store) -> None:
    report = bring_in(store, table(OPEN), Mode.CHECK)
    assert (report.added, report.written, school(store, "900001")) == (1, False, None)


def test_a_staff_list_is_no_register(store: Store) -> None:
    with pytest.raises(BadInput, match="lacks 3 columns"):
        bring_in(store, "Name,Email\nAda,ada@example.org")


def test_a_whole_register_comes_in_within_seconds(store: Store) -> None:
    rows = [
        f"{urn},Cornwall,School number {urn},Open,,Primary,A town with a long name,TR99 1AA"
        for urn in range(100_000, 100_000 + SIZE.schools)
    ]
    text = table(*rows)
    assert counts(bring_in(store, text)) == (SIZE.schools, 0, 0)
    renamed = text.replace("School number 109", "Academy number 109")
    assert counts(bring_in(store, renamed)) == (0, 1000, SIZE.schools - 1000)
