"""A reference that is said, typed or copied wrongly is noticed."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.keys import keys
from tests.workflow.offer.pages import MENTORING, READING
from workflow.domain import reference
from workflow.engine.catalogue import Catalogue
from workflow.errors import NotFound
from workflow.offer.loader import Loaded, load_offer
from workflow.store import reference_numbers
from workflow.store.migrate import upgrade
from workflow.store.session import Store

#: The letters people do not take for digits.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

prefixes = st.text(LETTERS, min_size=2, max_size=5)
references = st.builds(reference.reference_of, prefixes, st.integers(0, 99), st.integers(1, 999_999))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'recognition.db'}", {"keys": keys, "offers": Catalogue(Loaded({}))})
    upgrade(store.engine)
    return store


@given(references)
def test_every_reference_we_give_out_can_be_read_back(text: str) -> None:
    assert reference.parse(text) == text


@given(references, st.data())
def test_any_one_wrong_character_is_caught(text: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([number for number, one in enumerate(text) if one != "-"]))
    wrong = data.draw(st.sampled_from(CHARACTERS.replace(text[place], "")))
    with pytest.raises(NotFound):
        reference.parse(text[:place] + wrong + text[place + 1 :])


@given(references, st.data())
def test_any_swap_of_neighbours_is_caught(text: str, data: st.DataObject) -> None:
    places = [number for number, one in enumerate(text) if one != "-"]
    here, there = data.draw(st.sampled_from(list(pairwise(places))))
    assume(text[here] != text[there])
    swapped = list(text)
    swapped[here], swapped[there] = text[there], text[here]
    with pytest.raises(NotFound):
        reference.parse("".join(swapped))


@pytest.mark.parametrize("typed", ["cmc-26-0042-k", "  CMC-26-0042-K\n", "CMC 26 0042 K", "Cmc 26-0042-k"])
def test_however_it_was_typed_it_is_read(typed: str) -> None:
    assert reference.parse(typed) == "CMC-26-0042-K"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "CMC",
        "42",
        "CMC-26-42-K",
        "CMC-2026-0042-K",
        "CMC-26-0042",
        "CMC-26-００42-K",
        "C-26-0042-K",
        "'; DROP TABLE",
    ],
)
def test_what_is_no_reference_is_answered_with_one(typed: str) -> None:
    with pytest.raises(NotFound, match=r"^That is not a reference\. One looks like CMC-26-0042-K\.$"):
        reference.parse(typed)


def test_a_slip_is_answered_with_where_to_look() -> None:
    with pytest.raises(NotFound) as refused:
        reference.parse("CMC-26-0043-K")
    assert str(refused.value) == (
        "CMC-26-0043-K has a slip in it: the last letter does not fit. Check it against an email about the case."
    )


def test_the_example_in_our_sentences_is_a_good_reference() -> None:
    assert reference.reference_of("CMC", 26, 42) == "CMC-26-0042-K"


@pytest.mark.parametrize("folder", [MENTORING, READING], ids=lambda folder: folder.name)
def test_the_prefix_of_every_offer_can_be_read_back(folder: Path) -> None:
    text = reference.reference_of(load_offer(folder).offer.reference, 26, 1)
    assert reference.parse(text) == text


def test_numbers_run_on_within_a_year_and_a_prefix_and_begin_anew_in_the_next(store: Store) -> None:
    with store.writing() as session:
        taken = [
            reference_numbers.take(session, *asked)
            for asked in (("CMC", 2026), ("CMC", 2026), ("RQM", 2026), ("CMC", 2027))
        ]
    assert [text[:-2] for text in taken] == ["CMC-26-0001", "CMC-26-0002", "RQM-26-0001", "CMC-27-0001"]
    assert [reference.parse(text) for text in taken] == taken


def test_a_number_that_was_not_kept_is_given_out_again(store: Store) -> None:
    with store.writing() as session:
        first = reference_numbers.take(session, "CMC", 2026)
        session.rollback()
    with store.writing() as session:
        assert reference_numbers.take(session, "CMC", 2026) == first


def test_the_ten_thousandth_engagement_of_a_year_has_a_longer_number() -> None:
    text = reference.reference_of("CMC", 26, 10_000)
    assert text.startswith("CMC-26-10000-")
    assert reference.parse(text) == text
