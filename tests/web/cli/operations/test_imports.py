"""Every kind of wrong file gets a clear message, changes nothing, and leaves no traceback (which `Typist` checks)."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.settings import DEMO
from tests.web.cli.conftest import Typist

STAFF = "Name,Email,Phase\nAda Pascoe,ada@example.org,1\n"
SCHOOLS = "URN,EstablishmentName,EstablishmentStatus (name),PhaseOfEducation (name),LA (name),Town,Postcode,CloseDate\n"


def written(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def workbook() -> bytes:
    book, packed = Workbook(), io.BytesIO()
    for row in (["Name", "Email", "Phase"], ["Ada Pascoe", "ada@example.org", 2], [None, None, None]):
        book.worksheets[0].append(row)
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("staff.csv", b"", "staff.csv is empty."),
        ("staff.csv", b"%PDF-1.7", "staff.csv is a PDF."),
        ("staff.csv", b"\0\1\2\3", "staff.csv is not a table of text."),
        ("staff.xls", b"\xd0\xcf\x11\xe0", "staff.xls is an old Excel workbook (.xls)"),
        ("staff.csv", b"Name,Phase\nAda,1\n", "there is no column called “Email”"),
        ("staff.csv", b"x" * 2_000_001, "staff.csv is 2.0 MB; at most 2 MB can be read."),
        ("staff.csv", STAFF.replace("Ada Pascoe", "=cmd()").encode(), "row 2, column Name"),
        (
            "staff.csv",
            STAFF.replace("ada@example.org", "").encode(),
            "there is no email address. Ask the school for it.",
        ),
    ],
)
def test_a_wrong_staff_list_is_refused(  # noqa: PLR0917 (fixtures and cases)
    staffed: Typist, ref: str, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    before = staffed.ask("engagement", "show", ref)
    result = staffed.type("import", "staff", ref, written(tmp_path, name, data))
    assert (result.exit_code, said in result.output) == (6, True), result.output
    assert staffed.ask("engagement", "show", ref) == before


@pytest.mark.parametrize(
    "data",
    [
        STAFF.encode(),
        "\ufeff".encode() + STAFF.encode(),
        STAFF.replace("Ada", "Siân").encode("cp1252"),
        STAFF.replace(",", ";").encode(),
        workbook(),
    ],
)
def test_a_right_staff_list_is_read_whatever_wrote_it(furnished: Typist, ref: str, tmp_path: Path, data: bytes) -> None:
    furnished.do("import", "staff", ref, written(tmp_path, "staff", data))
    assert [one["email"] for one in furnished.ask("participant", "list", ref)] == ["ada@example.org"]


def test_a_list_may_come_from_standard_input(furnished: Typist, ref: str) -> None:
    furnished.do("import", "staff", ref, "-", given=STAFF)
    assert [one["email"] for one in furnished.ask("participant", "list", ref)] == ["ada@example.org"]
    said = furnished.type("import", "staff", ref, "-", given=STAFF + "x" * 2_000_001)
    assert (said.exit_code, "standard input is 2.0 MB; at most 2 MB can be read." in said.output) == (6, True)


def test_five_megabytes_with_one_bad_row_change_nothing(typist: Typist, tmp_path: Path) -> None:
    rows = [
        f"{urn},School {urn} with a rather long name,Open,Primary,Cornwall,A town with a long name,TR99 1AA,"
        for urn in range(100_000, 160_000)
    ]
    file = written(
        tmp_path, "gias.csv", SCHOOLS + "\n".join([*rows, "wrong,A school,Open,Primary,Cornwall,Town,TR99,"])
    )
    assert Path(file).stat().st_size > 5_000_000
    result = typist.type("import", "schools", file)
    assert result.exit_code == 6
    assert "gias.csv, row 60002, column URN" in result.stdout
    assert "60000 schools would be added" in result.stdout
    assert "Nothing was written: 1 problem." in result.stdout
    assert "60000 schools added" in typist.do("import", "schools", file, "--accept-good")


def test_every_import_may_be_repeated(furnished: Typist, ref: str, tmp_path: Path) -> None:
    staff = written(tmp_path, "staff.csv", STAFF)
    for words in (
        ["schools", str(DEMO / "schools.csv")],
        ["purchases", str(tmp_path / "orders.csv")],
        ["staff", ref, staff],
    ):
        furnished.do("import", *words)
        again = furnished.ask("import", *words)
        assert (again["added"], again["changed"], again["problems"]) == (0, 0, [])


def test_a_rehearsal_writes_nothing(typist: Typist) -> None:
    typist.do("import", "schools", str(DEMO / "schools.csv"), "--dry-run")
    assert typist.ask("import", "schools", str(DEMO / "schools.csv"))["added"] == 16


def test_orders_for_schools_nobody_knows_are_refused(typist: Typist) -> None:
    result = typist.type("import", "purchases", str(DEMO / "purchases.csv"))
    assert result.exit_code == 6
    assert "there is no school 900001" in result.stdout
    assert typist.ask("engagement", "list") == []
