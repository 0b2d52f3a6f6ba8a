"""Orders begin engagements, once each; whatever cannot be used is named by row and column."""

import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import furnish
from workflow.domain.actor import SYSTEM
from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.orders.sold import sold_by
from workflow.imports.purchases import import_purchases
from workflow.imports.sheet import read
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement

HEADER = "Order no,Product,URN,Price,Date,Contact name,Email,Status"
SERVICE = '"Mentoring, coaching and leadership recognition"'
NO_SCHOOL = "there is no school 999999. Correct the URN, or import the register of schools first."
FORMULA = "The school lead's name begins with “=”, as a spreadsheet formula does; a name begins with a letter."
GOOD = f"SFS-1,{SERVICE},900001,£265.00,01/10/2025,Jenna Rowe,Jenna@Example.org,Paid"


@pytest.fixture
def ready(store: Store) -> Store:
    furnish(store, NOW)
    return store


def bring_in(store: Store, *rows: str, mode: Mode = Mode.WHOLE, header: str = HEADER) -> ImportReport:
    sheet = read(io.BytesIO("\n".join([header, *rows]).encode()), "orders.csv", limit=2_000_000)
    with store.writing() as session:
        return import_purchases(session, sold_by(session), sheet, actor=SYSTEM, now=NOW, mode=mode)


def engagements(store: Store) -> list[Engagement]:
    with store.reading() as session:
        return list(session.scalars(select(Engagement).order_by(Engagement.id)))


def problems(report: ImportReport) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_an_order_begins_an_engagement_and_the_same_order_never_a_second(ready: Store) -> None:
    assert bring_in(ready, GOOD).added == 1
    again = bring_in(ready, GOOD)
    assert (again.added, again.unchanged, again.written) == (0, 1, True)
    (one,) = engagements(ready)
    assert (one.order_number, str(one.price_paid), one.lead_email) == ("SFS-1", "265.00", "jenna@example.org")
    assert one.ordered_at == datetime(2025, 10, 1, 11, 0, tzinfo=UTC)


def test_an_order_that_a_spreadsheet_robbed_of_its_zeros_begins_no_second_engagement(ready: Store) -> None:
    bring_in(ready, GOOD.replace("SFS-1", "0010455"))
    (begun,) = engagements(ready)
    again = bring_in(ready, GOOD.replace("SFS-1", "10455"))
    assert (again.added, again.unchanged) == (0, 1)
    assert again.notes == (f"orders.csv, row 2: order 10455 is order 0010455, which began {begun.reference}.",)
    refunded = bring_in(ready, GOOD.replace("SFS-1", "10455.0").replace("Paid", "Refunded"))
    assert f"It began {begun.reference}, which goes on" in refunded.notes[0]
    assert [one.order_number for one in engagements(ready)] == ["0010455"]


@pytest.mark.parametrize("price", ["265", "£265.00", '"1,265.00"', "GBP 265.5"])
def test_prices_are_read_as_people_write_them(ready: Store, price: str) -> None:
    assert not bring_in(ready, GOOD.replace("£265.00", price)).problems


@pytest.mark.parametrize("day", ["01/10/2025", "2025-10-01", "01-10-2025", "01/10/2025 14:33", "2025-10-01T14:33:00"])
def test_dates_are_read_as_portals_write_them(ready: Store, day: str) -> None:
    bring_in(ready, GOOD.replace("01/10/2025", day))
    assert engagements(ready)[0].ordered_at.date().isoformat() == "2025-10-01"


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("900001", "999999", "column URN: " + NO_SCHOOL),
        ("900001", "9000", "column URN: “9000” is not a URN, which is six digits."),
        ("£265.00", "free", "column Price: “free” is not a price; write one such as £265.00."),
        ("£265.00", "265.005", "column Price: “265.005” is not a price; write one such as £265.00."),
        ("01/10/2025", "10/13/2025", "column Date: “10/13/2025” is not a date; write one such as 08/09/2026."),
        ("01/10/2025", "01/10/2026", "column Date: Thursday 1 October 2026 has not come yet."),
        ("Jenna Rowe", "=cmd()", "column Contact name: " + FORMULA),
        ("Jenna@Example.org", "jenna", "column Email: “jenna” is not an email address."),
        ("SFS-1,", ",", "column Order no: The order number is empty."),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(ready: Store, was: str, becomes: str, problem: str) -> None:
    report = bring_in(ready, GOOD.replace("SFS-1", "SFS-0"), GOOD.replace(was, becomes))
    assert problems(report) == [f"orders.csv, row 3, {problem}"]
    assert not engagements(ready)


def test_one_order_twice_in_a_file_is_a_problem_and_the_good_rows_can_be_accepted(ready: Store) -> None:
    report = bring_in(ready, GOOD, GOOD, GOOD.replace("SFS-1", "SFS-2"), mode=Mode.GOOD_ROWS)
    assert problems(report) == [
        "orders.csv, row 3, column Order no: order SFS-1 stands in row 2 too; keep one of them."
    ]
    assert [one.order_number for one in engagements(ready)] == ["SFS-1", "SFS-2"]


def test_other_services_are_left_out_and_counted(ready: Store) -> None:
    report = bring_in(ready, GOOD, "SFS-9,Music lessons,900001,£30.00,01/10/2025,A B,a@example.org,Paid")
    assert (report.added, report.ignored) == (1, 1)
    assert report.notes == ("1 row for other services left out, such as “Music lessons”.",)


def test_cancelled_and_refunded_orders_are_left_out_and_said(ready: Store) -> None:
    bring_in(ready, GOOD)
    reference = engagements(ready)[0].reference
    report = bring_in(
        ready, GOOD.replace("Paid", "Refunded"), GOOD.replace("SFS-1", "SFS-2").replace("Paid", "Cancelled")
    )
    goes_on = f"It began {reference}, which goes on until a lead advisor cancels it."
    assert report.notes == (
        "orders.csv, row 2: order SFS-1 is refunded, so it was left out. " + goes_on,
        "orders.csv, row 3: order SFS-2 is cancelled, so it was left out.",
    )
    assert len(engagements(ready)) == 1


def test_a_row_longer_than_its_header_is_a_problem(ready: Store) -> None:
    report = bring_in(ready, GOOD + ",and more")
    assert problems(report) == [
        "orders.csv, row 2: has 9 cells and the header has 8. A cell with a comma in it may lack its quotation marks."
    ]


def test_a_wrong_price_is_no_fault_of_the_file(ready: Store) -> None:
    """The guards of the journey say it, and a lead advisor may agree it."""
    assert bring_in(ready, GOOD.replace("265", "225")).added == 1


def test_a_rehearsal_begins_nothing(ready: Store) -> None:
    assert bring_in(ready, GOOD, mode=Mode.CHECK).added == 1
    assert not engagements(ready)


def test_a_header_alone_is_refused(ready: Store) -> None:
    with pytest.raises(BadInput, match=r"orders.csv has a header and no rows below it."):
        bring_in(ready)
