"""Text from people: what is tidied, what is refused and with which sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.sanitise import block, line

NAME = "The name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada Pascoe", "Ada Pascoe"),
        ("  Ada   Pascoe \n", "Ada Pascoe"),
        ("Ada\u00a0Pascoe", "Ada Pascoe"),
        ("Ada\tPascoe", "Ada Pascoe"),
        ("Zoë O’Brien-Núñez", "Zoë O’Brien-Núñez"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Dr Ada Pascoe (Maths)", "Dr Ada Pascoe (Maths)"),
        ("李 小龍", "李 小龍"),
        ("Zoe\u0308 Nu\u0301n\u0303ez", "Zo\u00eb N\u00fa\u00f1ez"),
    ],
)
def test_a_name_is_kept_as_people_write_it(typed: str, kept: str) -> None:
    assert line(typed, NAME, 120) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "The name is empty."),
        (" \n\t\u00a0", "The name is empty."),
        ("Ada" * 5, "The name is 15 characters long; at most 13 fit."),
        ("Ada\u200b", "The name has a sign in it that cannot be seen (U+200B zero width space); type it again."),
        ("Ada\u202e", "The name has a sign in it that cannot be seen (U+202E right-to-left override); type it again."),
        ("Ada\x00", "The name has a sign in it that cannot be seen (U+0000); type it again."),
        ("Ada\x1b[31m", "The name has a sign in it that cannot be seen (U+001B); type it again."),
        ("=?utf-8?q?A?=", "The name has “=?” in it, which a mail header may not carry."),
        ("=cmd()", "The name begins with “=”, as a spreadsheet formula does; a name begins with a letter."),
        ("+44 1872", "The name begins with “+”, as a spreadsheet formula does; a name begins with a letter."),
        ("-Ada", "The name begins with “-”, as a spreadsheet formula does; a name begins with a letter."),
        ("@Ada", "The name begins with “@”, as a spreadsheet formula does; a name begins with a letter."),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        line(typed, NAME, 13)
    assert str(refused.value) == sentence


def test_a_name_of_exactly_the_limit_fits() -> None:
    assert line("A" * 12, NAME, 12) == "A" * 12


@given(st.text())
def test_a_name_that_is_taken_is_one_visible_line_that_no_sheet_or_header_acts_on(typed: str) -> None:
    try:
        kept = line(typed, NAME, 120)
    except ValueError:
        return
    assert kept == line(kept, NAME, 120)
    assert kept.isprintable()
    assert 0 < len(kept) <= 120
    assert "=?" not in kept
    assert kept[0] not in "=+-@"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\r\nTwo.  \n", "One.\nTwo."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("One.\rTwo.", "One.\nTwo."),
        ("a\tb", "a b"),
        ("se\x00en\x1b\u202e", "seen"),
        ("=1+1 is 2", "=1+1 is 2"),
    ],
)
def test_a_block_keeps_its_lines_and_loses_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert block(typed, "The note", 100) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "The note is empty."),
        ("\n \n", "The note is empty."),
        ("\x00\x01", "The note is empty."),
        ("12345678901", "The note is 11 characters long; at most 10 fit."),
    ],
)
def test_a_block_that_cannot_be_used_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        block(typed, "The note", 10)
    assert str(refused.value) == sentence


@given(st.text(max_size=200))
def test_a_block_that_is_taken_has_nothing_hidden_in_it(typed: str) -> None:
    try:
        kept = block(typed, "The note", 200)
    except ValueError:
        return
    assert kept == block(kept, "The note", 200)
    assert all(one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Co", "Cs") for one in kept)
