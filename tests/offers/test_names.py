"""No program knows a name of any offer: not the shipped one's, and none of those that stand among the tests."""

import ast
from functools import cache
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.workflow.offer.pages import MENTORING, READING
from workflow.offer.loader import load_offer

ROOT = OFFERS.parent.parent
BESIDE = Path(__file__).parent
#: Plain words that a page and the program both need: verbs of appointments, standings and kinds of effect.
SHARED = {"cancel", "cancelled", "certificate", "hold", "lapsed", "recognised", "resume"}


def names(folder: Path) -> set[str]:
    offer = load_offer(folder)
    return {*offer.stage, *offer.triggers, *offer.timer, *offer.emails, *offer.appointment}


SHIPPED = names(MENTORING)
EVERY = SHIPPED.union(*map(names, (READING, *BESIDE.glob("*-2026-01"))))


@cache
def constants() -> dict[str, set[str]]:
    """Every text that stands by itself in the program, and the files it stands in."""
    found: dict[str, set[str]] = {}
    for path in (path for folder in ("config", "workflow", "tasks", "web") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(node.value, set()).add(path.name)
    return found


def test_there_are_many_names_and_many_texts() -> None:
    assert len(EVERY) > 100
    assert len(constants()) > 1000


@pytest.mark.parametrize("name", sorted(EVERY - SHARED))
def test_no_program_knows_it(name: str) -> None:
    assert constants().get(name, set()) == set()


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_word_that_is_shared_is_needed_by_both(name: str) -> None:
    assert name in SHIPPED
    assert constants()[name]
