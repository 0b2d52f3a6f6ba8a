"""A council's colours are legible wherever they stand, and one that is not comes with one that is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.look import ACCENT, HEADER, LINK, USUAL, Look, colour, contrast

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_whatever_is_taken_is_legible_and_whatever_is_refused_comes_with_one_that_is_taken(given: str) -> None:
    try:
        taken = colour(given.upper())
    except ValueError as error:
        (better,) = re.findall(r"(#[0-9a-f]{6}) would do", str(error))
        taken = colour(better)
        assert contrast(given, "#ffffff") < contrast(better, "#ffffff")
    look = Look(accent=taken)
    assert contrast(taken, "#ffffff") >= 4.5
    assert contrast(taken, look.accent_pale) >= 4.5
    assert contrast(look.accent_dark, "#ffffff") >= 4.5


def test_the_colours_that_it_comes_with_would_be_taken_too() -> None:
    assert [colour(one) for one in (HEADER, ACCENT, LINK)] == [HEADER, ACCENT, LINK]
    assert (USUAL.link, Look(accent="#5a1a6b").link) == (LINK, "#5a1a6b")


@pytest.mark.parametrize("text", ["", "teal", "#12284", "#12284cc", "12284c", "#12284g", "url(#x)", "#12284c;}"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write a colour as six digits"):
        colour(text)


def test_what_is_still_as_it_came_is_known() -> None:
    assert USUAL.usual == ("name", "header", "accent")
    assert Look("Devon County Council", "#5a1a6b", ACCENT).usual == ("accent",)
