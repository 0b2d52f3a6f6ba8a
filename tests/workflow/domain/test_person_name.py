"""Names: kept whole as they will be printed, or refused in a sentence that shows the sign."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.domain.name_corpus import KEPT, REFUSED, STRAIGHTENED
from workflow.domain.person_name import NAME_LIMIT, WORD_LIMIT, person_name, printable_line
from workflow.domain.printable import PRINTABLE


@pytest.mark.parametrize("typed", KEPT)
def test_a_name_that_can_be_printed_is_kept_as_it_is(typed: str) -> None:
    assert person_name(typed) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(("typed", "kept"), STRAIGHTENED)
def test_a_typing_habit_is_straightened(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


@pytest.mark.parametrize(("typed", "shown"), REFUSED)
def test_what_is_no_name_or_cannot_be_printed_is_refused_with_what_is_wrong_shown(typed: str, shown: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        person_name(typed)
    assert shown in str(refused.value)
    assert str(refused.value).isprintable()


@given(st.text())
def test_whatever_is_kept_can_be_printed_and_is_kept_again_as_it_is(typed: str) -> None:
    try:
        kept = person_name(typed)
    except ValueError:
        return
    assert set(kept) <= PRINTABLE | {"ʼ"}
    assert unicodedata.is_normalized("NFC", kept)
    assert len(kept) <= NAME_LIMIT
    assert max(map(len, kept.replace("-", " ").replace("‐", " ").split())) <= WORD_LIMIT
    assert person_name(kept) == kept


def test_a_line_on_the_certificate_that_no_font_can_print_is_refused() -> None:
    assert printable_line("St Piran’s & St Ia’s C of E (VA) School", "The school's name", 200)
    with pytest.raises(ValueError, match=r"The school's name has “李” in it, which a certificate cannot print."):
        printable_line("李 School", "The school's name", 200)
