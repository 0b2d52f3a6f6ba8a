"""Files for spreadsheets: every row is there, dates are dates, and nothing in them is carried out."""

import csv
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.journeys import Journey
from tests.web.visitor import Visitor
from web.spreadsheets import csv_of, xlsx_of
from workflow.queries.lists.engagement_list import PAGE

HEADS = ("Name", "Due", "Count")
ROWS = [
    ("=1+1", date(2026, 11, 1), 3),
    ("@cmd", None, 0),
    ("Zoë, “the\nfirst”", date(2026, 1, 31), -2),
    ("-5", None, 1),
]


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def test_csv_holds_what_was_given_and_no_formula() -> None:
    text = "".join(csv_of(HEADS, ROWS))
    assert text.startswith("\ufeff")
    assert read_csv(text) == [
        [*HEADS],
        ["'=1+1", "2026-11-01", "3"],
        ["'@cmd", "", "0"],
        ["Zoë, “the\nfirst”", "2026-01-31", "-2"],
        ["'-5", "", "1"],
    ]


def test_a_workbook_holds_dates_as_dates_and_texts_as_texts() -> None:
    sheet = load_workbook(BytesIO(b"".join(xlsx_of(HEADS, ROWS)))).active
    assert sheet is not None
    first, *rows = sheet.iter_rows()
    assert [one.value for one in first] == [*HEADS]
    assert [one.data_type for one in rows[0]] == ["s", "d", "n"]
    assert rows[0][0].value == "=1+1"
    assert rows[0][1].value.date() == date(2026, 11, 1)
    assert [row[0].value for row in rows] == [row[0] for row in ROWS]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_of_the_list_has_every_row_of_every_page_and_no_other(
    advisor: Visitor, journey: Journey, kind: str
) -> None:
    more = [Journey(journey.store, journey.now).begin(order=f"F-{number}") for number in range(PAGE + 2)]
    more[0].fire("hold", note="Inspection.", values={"review_on": "2026-01-05"})
    address = advisor.open("/advisor/engagements?standing=active&order=newest").link("CSV").replace(".csv", f".{kind}")
    answer = advisor.open(address).answer
    assert f'filename="engagements-2025-10-06.{kind}"' in answer.headers["Content-Disposition"]
    if kind == "csv":
        rows = read_csv(answer.get_data(as_text=True))
    else:
        sheet = load_workbook(BytesIO(answer.data)).active
        assert sheet is not None
        rows = [[str(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == [one.reference for one in (*more[:0:-1], journey)]
    assert rows[1][:3] == [more[-1].reference, "Polwhevral School", "Nanskerris"]


def test_the_file_of_a_search_has_what_was_found(advisor: Visitor, journey: Journey) -> None:
    Journey(journey.store, journey.now).begin(urn="900004", order="F-2")
    rows = read_csv(advisor.open("/advisor/engagements.csv?find=900001").answer.get_data(as_text=True))
    assert [row[0] for row in rows] == ["Reference", journey.reference]
