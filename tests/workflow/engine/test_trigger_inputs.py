"""What a trigger asks for: every note and value that is missing, wrong or not wanted is told at once."""

from typing import Any

import pytest

from workflow.engine import trigger_inputs
from workflow.errors import BadInput
from workflow.offer.triggers import Input, Transition

WHEN = Input(name="review_on", kind="date", ask="When should we look at this again?")
COUNT = Input(name="days", kind="number", ask="How many days?")


def transition(*asked: Input, note: str | None = None) -> Transition:
    """Made without a page: only its title and what it asks for matter here."""
    whole: dict[str, Any] = {"title": "Pause", "note": note, "inputs": asked}
    return Transition.model_construct(None, **whole)


def problems(asking: Transition, note: str | None, **values: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        trigger_inputs.read(asking, note, values)
    assert refused.value.sentence == "“Pause” needs more."
    return [str(problem) for problem in refused.value.problems]


def test_nothing_asked_and_nothing_given_is_nothing() -> None:
    assert trigger_inputs.read(transition(), None, {}) == {}


def test_values_come_out_typed() -> None:
    given = {"review_on": " 2026-11-23 ", "days": "3"}
    assert trigger_inputs.read(transition(WHEN, COUNT), None, given) == {"review_on": "2026-11-23", "days": 3}


def test_a_note_that_was_not_asked_for_is_welcome() -> None:
    assert trigger_inputs.read(transition(), "By the way.", {}) == {}


@pytest.mark.parametrize("note", [None, "", "  \n", "\x00\u200b"])
def test_a_note_that_is_asked_for_must_say_something(note: str | None) -> None:
    assert problems(transition(note="Why is it paused?"), note) == ["note: Why is it paused?"]


def test_a_note_has_a_limit() -> None:
    assert trigger_inputs.read(transition(), "n" * trigger_inputs.NOTE_LIMIT, {}) == {}
    assert problems(transition(), "n" * (trigger_inputs.NOTE_LIMIT + 1)) == [
        "note: is longer than 4000 characters; shorten it."
    ]


@pytest.mark.parametrize("typed", ["", "soon", "23/11/2026", "2026-13-01", "2026-02-29", "２０２６-11-23x"])
def test_a_date_that_is_none_is_asked_for_again_with_an_example(typed: str) -> None:
    assert problems(transition(WHEN), None, review_on=typed) == [
        "review_on: When should we look at this again? Write a date such as 2026-11-23."
    ]


@pytest.mark.parametrize("typed", ["", "three", "1.5", "3 days", "1_000", "9" * 30, "-3"])
def test_a_number_that_is_none_is_asked_for_again_with_an_example(typed: str) -> None:
    assert problems(transition(COUNT), None, days=typed) == ["days: How many days? Write a whole number such as 3."]


def test_a_value_nobody_asked_for_is_refused() -> None:
    assert problems(transition(), None, colour="blue") == ["colour: is not asked for by this trigger."]


def test_everything_wrong_is_told_at_once() -> None:
    assert problems(transition(WHEN, COUNT, note="Why?"), " ", days="many", colour="blue") == [
        "note: Why?",
        "colour: is not asked for by this trigger.",
        "review_on: When should we look at this again? Write a date such as 2026-11-23.",
        "days: How many days? Write a whole number such as 3.",
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, None),
        ("", None),
        (" \n ", None),
        ("\x00", None),
        ("  The head is away.\n", "The head is away."),
        ("One.\r\nTwo.", "One.\nTwo."),
        ("se\x00en", "seen"),
    ],
)
def test_a_note_is_kept_without_what_cannot_be_seen(typed: Any, kept: str | None) -> None:
    assert trigger_inputs.clean(typed) == kept
