"""Made-up names and addresses come in by all five doors: staff list, order, advisor's page, school's page, console.

At each, a name or an address is kept as it should be, or refused in a sentence that shows what is wrong with it.
"""

from collections.abc import Iterable

import pytest
from flask import Flask

from config.settings import Settings
from tests.journeys import Journey
from tests.made_up import MadeUp, addresses, names
from tests.suite_size import SIZE
from tests.web.doors import Answer, Door, five

FILES = ("staff list", "order")
PLACES = (*FILES, "advisor's page", "school's page", "console")
#: No file of text and no form has these in it.
_NOWHERE = frozenset("\x00\ud800")
EMAIL = "ada@polwhevral.example.org"


@pytest.fixture
def doors(app: Flask, settings: Settings, journey: Journey) -> dict[str, Door]:
    return five(app, settings, journey)


def some(made_up: Iterable[MadeUp], place: str) -> list[MadeUp]:
    """As many as this run has time for, and others at each door. What a file's reader mends comes in by files."""
    able = [one for one in made_up if not set(one.typed) & _NOWHERE]
    mended = [one for one in able if one.in_files] if place in FILES else []
    return [*mended, *able[PLACES.index(place) * 3 :: SIZE.made_up_each]]


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_kept_as_it_should_be_or_refused_with_what_is_wrong_shown(doors: dict[str, Door], place: str) -> None:
    knocked = ((one, doors[place](one.typed, EMAIL)) for one in some(names(), place))
    assert [
        f"{one}: {answer}" for one, answer in knocked if not _right(one, _name(one, place), answer, answer.name)
    ] == []


def _name(one: MadeUp, place: str) -> str:
    return (place in FILES and one.in_files) or one.kept


@pytest.mark.parametrize("place", PLACES)
def test_an_address_is_kept_as_it_should_be_or_refused_with_what_is_wrong_shown(
    doors: dict[str, Door], place: str
) -> None:
    knocked = ((one, doors[place]("Ada Pascoe", one.typed)) for one in some(addresses(), place))
    assert [(one, answer) for one, answer in knocked if not _right(one, one.kept, answer, answer.email)] == []


def _right(one: MadeUp, wanted: str, answer: Answer, kept: str) -> bool:
    """Where nothing at all was typed, a page asks for it in its own words."""
    nothing = one.shown in {"is empty", "no email address"} and "Enter the person’s" in answer.said
    return kept == wanted and bool(wanted or one.shown in answer.said or nothing)
