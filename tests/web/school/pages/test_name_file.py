"""A list of people as a file fills the rows of the form: looked at, mended there and taken as a whole or in part."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from tests.journeys import Journey
from tests.web.school.pages.test_names import FORM, named, rows
from tests.web.visitor import Visitor
from workflow.store.tables.uploads.upload import Upload

LIST = (
    "Staff list 2025\n"
    "\n"
    "Name,E-mail,Phase\n"
    "Dov Rosen,dov@polwhevral.example.org,2\n"
    '"Hay, Kit",Kit@Polwhevral.example.org,An Effective Mentor\n'
    "Dov Rosen,dov@polwhevral.example.org,2\n"
    "Olive Tonkin,,Expert\n"
)


def upload(visitor: Visitor, school: str, content: bytes, name: str = "staff.csv") -> Visitor:
    fields: dict[str, Any] = visitor.open(f"{school}/people").fields("upload-people")
    return visitor.post(f"{school}/upload-people", fields | {"file": (BytesIO(content), name)})


def workbook(*lines: tuple[object, ...]) -> bytes:
    book, packed = Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(packed)
    return packed.getvalue()


def test_a_file_fills_the_rows_and_names_nobody(anybody: Visitor, journey: Journey, school: str) -> None:
    upload(anybody, school, LIST.encode())
    assert "Nobody is named yet. Your file has 3 people. Look at them below." in anybody.words
    for value in ("Dov Rosen", "dov@polwhevral.example.org", "Kit Hay", "kit@polwhevral.example.org", "Olive Tonkin"):
        assert f'value="{value}"' in anybody.answer.text
    assert "Person 3: enter their work email address" in anybody.words
    assert "Person 3: choose the phase that fits their experience" in anybody.words
    assert named(journey) == []
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Upload)) == 0, "nothing of a file is kept"


def test_what_is_wrong_is_mended_in_place_or_left_for_later(anybody: Visitor, journey: Journey, school: str) -> None:
    upload(anybody, school, LIST.encode())
    typed = rows(
        ("Dov Rosen", "dov@polwhevral.example.org", "2"),
        ("Kit Hay", "kit@polwhevral.example.org", "1"),
        ("Olive Tonkin", "", ""),
    )
    anybody.post(f"{school}/{FORM}", anybody.fields(FORM) | typed | {"good": "yes"})
    assert "Thank you. 2 people are named" in anybody.words
    assert 'value="Olive Tonkin"' in anybody.answer.text
    mended = rows(("Olive Tonkin", "olive@polwhevral.example.org", "3"))
    anybody.post(f"{school}/{FORM}", anybody.fields(FORM) | mended)
    assert "Thank you. 1 person is named" in anybody.follow().words
    assert named(journey) == [("Dov Rosen", 2, False), ("Kit Hay", 1, False), ("Olive Tonkin", 3, False)]


def test_a_workbook_without_phases_begins_everybody_at_the_first(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    content = workbook(("First name", "Last name", "Email address"), ("Dov", "Rosen", "dov@polwhevral.example.org"))
    upload(anybody, school, content, "staff.xlsx")
    assert "Your file has 1 person." in anybody.words
    assert (
        "Where it says no phase, the first is chosen: An Effective Mentor. Change it where another fits."
        in anybody.words
    )
    anybody.post(f"{school}/{FORM}", anybody.fields(FORM) | rows(("Dov Rosen", "dov@polwhevral.example.org", "1")))
    assert named(journey) == [("Dov Rosen", 1, False)]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "staff.csv", "The file is empty."),
        (b"%PDF-1.7", "staff.pdf", "staff.pdf is a PDF. Export the table itself as CSV or Excel."),
        (b"PK\x03\x04broken", "staff.xlsx", "damaged"),
        (b"Name,Phase\nDov Rosen,2\n", "staff.csv", "There is no column called “Email”"),
        (b"Name,Email,Phase\n", "staff.csv", "staff.csv has a header and no rows below it."),
    ],
    ids=["empty", "pdf", "broken", "no column", "no rows"],
)
def test_what_is_no_list_is_said_at_the_field_of_the_file(
    anybody: Visitor, school: str, content: bytes, name: str, words: str
) -> None:
    upload(anybody, school, content, name)
    assert anybody.answer.status_code == 422
    assert 'href="#upload-people-file"' in anybody.answer.text
    assert words in anybody.words


def test_no_file_is_asked_for(anybody: Visitor, school: str) -> None:
    fields = anybody.open(f"{school}/people").fields("upload-people")
    assert "Choose a file" in anybody.post(f"{school}/upload-people", fields).words


def test_a_long_list_comes_in_parts(anybody: Visitor, school: str) -> None:
    lines = [f"Jo Rowe,jo{number}@example.org,1" for number in range(45)]
    upload(anybody, school, "\n".join(["Name,Email,Phase", *lines]).encode())
    assert "Your file has 45 people. Look at them below. Here are the first 40" in anybody.words
    assert "Your order pays for 12 places, with 12 of them left." in anybody.words
    assert 'id="person-41"' not in anybody.answer.text


def test_a_template_has_the_columns_that_are_read(anybody: Visitor, school: str) -> None:
    text = anybody.open(f"{school}/people/template.csv").answer.text
    assert text.lstrip("\ufeff").splitlines() == ["Name,Email,Phase"]
    sheet = load_workbook(BytesIO(anybody.open(f"{school}/people/template.xlsx").answer.data)).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [["Name", "Email", "Phase"]]
    filled = text + "Dov Rosen,dov@polwhevral.example.org,2\n"
    upload(anybody, school, filled.encode())
    assert "Your file has 1 person." in anybody.words


def test_a_file_with_more_rows_than_a_school_has_staff_is_read_no_further(anybody: Visitor, school: str) -> None:
    person = b"P %d,p%d@polwhevral.example.org,1\n"
    for count, said in (
        (1000, "Your file has 1000 people"),
        (1001, "has more than 1,000 rows. Send a list of your own"),
    ):
        lines = b"".join(person % (number, number) for number in range(count))
        upload(anybody, school, b"name,email,phase\n" + lines)
        assert said in anybody.words
