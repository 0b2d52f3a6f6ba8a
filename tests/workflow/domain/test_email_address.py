"""Addresses: kept as letters can be sent to them, or refused in a sentence that shows the sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made_up import ADDRESSES_WANTED, MadeUp, addresses
from workflow.domain.email_address import as_kept, email_address, name_beside, wire_address

ALL = addresses()


def test_there_are_two_hundred_different_ones() -> None:
    assert len({one.typed for one in ALL}) == ADDRESSES_WANTED


@pytest.mark.parametrize("one", [one for one in ALL if one.kept])
def test_an_address_that_can_be_written_to_is_kept_without_what_belongs_to_none(one: MadeUp) -> None:
    assert email_address(one.typed) == one.kept
    assert email_address(one.kept) == one.kept
    assert wire_address(one.kept).isascii()


@pytest.mark.parametrize("one", [one for one in ALL if not one.kept])
def test_an_address_that_cannot_be_written_to_is_refused_with_the_sign_shown(one: MadeUp) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        email_address(one.typed)
    assert one.shown in str(refused.value)
    assert str(refused.value).isprintable()


@given(st.text())
def test_whatever_is_kept_can_stand_in_a_header_and_be_written_to(typed: str) -> None:
    try:
        kept = email_address(f"{typed}@example.org")
    except ValueError:
        return
    assert kept.isprintable()
    assert not set(kept) & set(" ,;<>\r\n")
    assert wire_address(kept).isascii()
    assert email_address(kept) == kept


@given(st.text(min_size=1))
def test_so_can_every_domain_that_is_kept(typed: str) -> None:
    try:
        kept = email_address(f"ada@{typed}.example.org")
    except ValueError:
        return
    assert wire_address(kept).isascii()
    assert email_address(wire_address(kept)) == kept


def test_a_domain_goes_out_in_the_spelling_that_names_it_today() -> None:
    """An older one made “strasse” of “straße”, which is somebody else's domain."""
    assert wire_address("ada@straße.example.org") == "ada@xn--strae-oqa.example.org"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada Pascoe <ada@example.org>", "Ada Pascoe"),
        ("'Pascoe, Ada' <ada@example.org>;", "Pascoe, Ada"),
        ("<ada@example.org>", ""),
        ("ada@example.org<mailto:ada@example.org>", ""),
        ("ada@example.org", ""),
    ],
)
def test_a_name_that_was_pasted_with_an_address_is_told(typed: str, name: str) -> None:
    assert name_beside(typed) == name


def test_an_address_from_before_these_rules_is_still_found() -> None:
    assert as_kept(" Zoë@example.org") == "zoë@example.org"
    assert as_kept("O’Brien@example.org") == "o'brien@example.org"
