"""What the address of a list asks for."""

from datetime import date

import pytest

from web.lists.list_filter import day_typed


@pytest.mark.parametrize(
    "text", ["1/11/2026", "1/11/26", "01.11.2026", "1 Nov 2026", " 1  november, 2026 ", "2026-11-01", "1 nov 26"]
)
def test_a_day_is_understood_however_it_is_written(text: str) -> None:
    assert day_typed(text) == date(2026, 11, 1)


@pytest.mark.parametrize("text", ["", "soon", "31/2/2026", "1/11", "1/11/1926", "1/11/20266", "x" * 500, "\0"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_typed(text) is None
