"""Titles stand in the middle of sentences as people write them there."""

import pytest

from workflow.english import a, begun, the, within


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("The library visit", "the library visit"),
        ("A look round", "a look round"),
        ("Your last visit", "your last visit"),
        ("Training session 1", "Training session 1"),
        ("QA visit", "QA visit"),
        ("Anniversary visit", "Anniversary visit"),
        ("A", "A"),
    ],
)
def test_a_title_with_an_article_is_a_phrase_and_any_other_is_a_name(title: str, inside: str) -> None:
    assert within(title) == inside


def test_the_article_stands_once() -> None:
    assert [the("The Reading mark"), the("Reading mark")] == ["the Reading mark", "the Reading mark"]


def test_a_verb_begins_small_unless_it_is_an_abbreviation() -> None:
    assert [begun("Sign the mark"), begun("QA is met"), begun("")] == ["sign the mark", "QA is met", ""]


def test_a_noun_has_its_article() -> None:
    assert [a("appointment"), a("Appointment"), a("visit")] == ["an appointment", "an Appointment", "a visit"]


@pytest.mark.parametrize(
    "noun", ["University visit", "UK visit", "one-day visit", "QA visit", "European day", "", "user"]
)
def test_the_article_goes_by_the_sound_where_that_is_no_vowel(noun: str) -> None:
    assert a(noun) == f"a {noun}"


@pytest.mark.parametrize(
    "noun", ["hour", "Honours board", "HR review", "NPQ day", "uninvited guest", "MP", "upper floor"]
)
def test_the_article_goes_by_the_sound_where_that_is_a_vowel(noun: str) -> None:
    assert a(noun) == f"an {noun}"
