"""What can be chosen among several offers and their versions."""

from zoneinfo import ZoneInfo

import pytest

from workflow.errors import NotFound
from workflow.offer.installed.editions import Edition, Editions, merged
from workflow.offer.outline import Outline

ZONE = ZoneInfo("Europe/London")


def outline(title: str, **stages: str) -> Outline:
    return Outline(title, stages, ZONE, tuple(stages))


TWO = Editions(
    {
        ("mark", "2025-01"): outline("Old mark", ask="Asking", look="Looking", rest="Resting"),
        ("mark", "2026-01"): outline("Mark", ask="Asked", look="Looked at"),
        ("vow", "2026-01"): outline("A vow", ask="Vowing", kept="Kept"),
    }
)


def test_an_offer_is_called_as_its_newest_version_is_and_versions_are_told_where_there_are_several() -> None:
    assert list(TWO.choices.items()) == [
        ("vow", "A vow"),
        ("mark", "Mark"),
        ("mark-2026-01", "Mark, version 2026-01"),
        ("mark-2025-01", "Mark, version 2025-01"),
    ]


def test_where_there_is_one_there_is_nothing_to_choose() -> None:
    alone = Editions({("vow", "2026-01"): outline("A vow")})
    assert (alone.choices, alone.newest) == ({}, Edition("vow"))
    assert Editions({}).newest is None


def test_offers_of_one_title_have_their_code_beside_it() -> None:
    alike = Editions({("a", "2026-01"): outline("Mark"), ("b", "2026-01"): outline("Mark")})
    assert [*alike.choices.values()] == ["Mark (a)", "Mark (b)"]


def test_a_word_is_an_offer_or_one_version_of_it() -> None:
    assert (TWO.read(""), TWO.read("mark"), TWO.read("mark-2025-01")) == (
        None,
        Edition("mark"),
        Edition("mark", "2025-01"),
    )
    for word in ("mark-2024-01", "Mark", "vow-"):
        with pytest.raises(NotFound, match=f"There is no offer called “{word}” here. Installed: vow or mark."):
            TWO.read(word)


def test_stages_are_those_of_all_versions_each_under_its_newest_title_and_where_it_stood() -> None:
    mark = {"ask": "Asked", "look": "Looked at", "rest": "Resting"}
    assert list(TWO.stages(Edition("mark")).items()) == list(mark.items())
    assert TWO.stages(Edition("mark", "2025-01"))["look"] == "Looking"
    assert TWO.stages(None) == {"ask": "Vowing or Asked", "kept": "Kept", "look": "Looked at", "rest": "Resting"}
    old = {"a": "A", "x": "Between", "b": "Bee", "y": "Before c", "c": "C", "z": "C"}
    assert list(merged([("2027-01", {"a": "A", "b": "B", "c": "C"}), ("2026-01", old)]).items()) == [
        ("a", "A"),
        ("x", "Between"),
        ("b", "B"),
        ("y", "Before c"),
        ("c", "C"),
        ("z", "C (version 2026-01)"),
    ]
