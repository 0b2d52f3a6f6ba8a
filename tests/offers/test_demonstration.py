"""The demonstration shows whatever is installed: one offer has its story, the schools of others act by themselves."""

from collections import Counter
from typing import Any

from tests.offers.conftest import Installation
from tests.suite_size import SIZE
from tests.web.cli.conftest import Typist
from tests.web.cli.demo.told import NOVEMBER
from web.cli.demo import load
from web.installation import load_settings
from web.store import open_store

OTHERS = ("library", "pledge", "gate")


def tables(typist: Typist) -> None:
    typist.do("db", "upgrade")


def told(typist_of: Installation, *codes: str) -> list[Any]:
    """Every engagement, once the demonstration is there; its history is whole, and nothing is stuck."""
    typist = typist_of(*codes, furnish=tables)
    settings = load_settings()
    store = open_store(settings)
    assert load.load(store, settings, NOVEMBER)
    store.close()
    typist.now = NOVEMBER
    assert "every history is whole" in typist.do("audit", "verify")
    assert typist.ask("outbox", "list") == []
    return [typist.ask("engagement", "show", one["ref"]) for one in typist.ask("engagement", "list")]


def test_one_offer_has_its_story_and_the_schools_of_others_act(typist_of: Installation) -> None:
    others = [code for code in SIZE.browsed if code in OTHERS]
    cases = told(typist_of, "mentoring", *others)
    story = [one for one in cases if one["offer"].startswith("mentoring")]
    assert Counter(one["standing"] for one in story) == {"active": 8, "completed": 5, "on_hold": 1, "cancelled": 1}
    acting = [one for one in cases if one not in story]
    assert Counter(one["offer"].partition("-")[0] for one in acting) == dict.fromkeys(others, 5)
    assert all(one["messages"] for one in acting)
    assert {one["stage"] for one in acting} >= {"mark_held", "listed"}
    assert {one["status"] for case in acting for one in case["certificates"]} == {"issued"}
    people = [one["name"] for case in acting for one in case["participants"]]
    assert not any(name.startswith("Staff") for name in people)
