"""What one cell says, as people, portals and spreadsheets write it."""

from datetime import date
from decimal import Decimal

import pytest

from workflow.imports import cells, people
from workflow.imports.cells import Noted

DAY = date(2026, 9, 8)


@pytest.mark.parametrize(
    "text",
    [
        *("08/09/2026", "8/9/2026", "2026-09-08", "08-09-2026", "8.9.2026", "2026/09/08"),
        *("8 September 2026", "8th September 2026", "8 Sept 2026", "08-Sep-2026", "8 Sep 2026", "8/Sep/2026"),
        *("Tuesday 8 September 2026", "Tue, 8 Sep 2026", "September 8, 2026", "Sept. 8 2026"),
        *("08/09/2026 14:30", "2026-09-08T14:30:00", "2026-09-08 14:30:00.000", "2026-09-08T14:30:00+01:00"),
        *("08/09/2026 2:30 PM", "08/09/2026, 14.30", "8 September 2026 at 2:30pm", "2026-09-08 14:30 BST"),
    ],
)
def test_a_day_is_read_in_every_way_that_can_mean_one_thing_only(text: str) -> None:
    assert cells.day(text) == DAY


@pytest.mark.parametrize("text", ["08/09/26", "8-9-26", "08-Sep-26", "8 September 26", "46273", "46273.6041"])
def test_a_day_that_a_habit_or_a_spreadsheet_shortened_is_noted(text: str) -> None:
    assert cells.day(text) == Noted(DAY, f"“{text}” was read as Tuesday 8 September 2026.")


@pytest.mark.parametrize("text", ["09/13/2026", "31/02/2026", "soon", "2026", "1", "123456", "#N/A", "TRUE", "8/9"])
def test_what_is_no_day_is_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}” is not a date; write one such as 08/09/2026."):
        cells.day(text)


@pytest.mark.parametrize("text", ["265", "265.00", "£265.00", "£ 265", "GBP 265", "265.00 GBP", "265 £", "265.0000"])
def test_a_price_may_have_its_currency_on_either_side(text: str) -> None:
    assert cells.price(text) == Decimal("265.00")


@pytest.mark.parametrize(
    ("text", "value"), [("265,00", "265.00"), ("265,5", "265.50"), ("1.265,00", "1265.00"), ("£265,00", "265.00")]
)
def test_a_decimal_comma_is_noted(text: str, value: str) -> None:
    assert cells.price(text) == Noted(Decimal(value), f"“{text}” was read as £{Decimal(value):,}.")


@pytest.mark.parametrize("text", ["1.265", "265.005", "-265", "free", "#VALUE!", "265 or so", "26,5,0"])
def test_what_is_no_price_is_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a price; write one such as £265\.00\."):
        cells.price(text)


def test_thousands_are_no_decimals() -> None:
    assert cells.price("1,265") == Decimal(1265)


def test_an_order_number_is_read_through_what_a_spreadsheet_made_of_it() -> None:
    assert cells.order_number("SFS-0010455") == "SFS-0010455"
    assert cells.order_number("7.0") == Noted("7", "order 7.0 was read as 7.")
    with pytest.raises(ValueError, match="its last digits are lost"):
        cells.order_number("1.00455E+12")


@pytest.mark.parametrize(("one", "other"), [("0010455", "10455"), ("sfs-1", "SFS-1"), ("0", "00")])
def test_two_numbers_are_of_one_order_whatever_a_spreadsheet_did(one: str, other: str) -> None:
    assert cells.order_key(one) == cells.order_key(other)
    assert cells.order_key("SFS-010") != cells.order_key("SFS-10")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Pascoe, Ada", "Ada Pascoe"),
        ("PASCOE , Ada  Jane", "Ada Jane PASCOE"),
        ("van der Berg, Bryn", "Bryn van der Berg"),
        ("Pascoe, Ada, MEd", "Ada Pascoe, MEd"),
    ],
)
def test_a_surname_that_stands_first_is_turned_round_and_noted(text: str, kept: str) -> None:
    assert people.name(text, "The name") == Noted(kept, f"“{text}” was read as “{kept}”.")


@pytest.mark.parametrize("text", ["Ada Pascoe, MEd", "Ada Pascoe, Jr.", "Ada Pascoe, BA (Hons), PhD"])
def test_letters_behind_a_name_stay_there(text: str) -> None:
    assert people.name(text, "The name") == text


@pytest.mark.parametrize("text", ["Dov Rosen, Headteacher", "Rosen, Headteacher", "Ada Pascoe, Bryn Rowe"])
def test_what_may_be_something_else_is_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match="a comma in it"):
        people.name(text, "The name")
