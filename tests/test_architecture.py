"""The house rules that lint cannot hold: each with the reason it exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import get_args

import pytest

from config.settings import OFFERS, Settings
from tasks.handlers import HANDLERS
from web.access import policy_of
from web.application import create_app
from workflow.domain.effects import EFFECT_KINDS
from workflow.domain.lifecycles import LIFECYCLES
from workflow.offer.check import check
from workflow.offer.definition import Offer
from workflow.offer.event_titles import FACTS
from workflow.offer.loader import load_offers
from workflow.offer.triggers import TimerPolicy
from workflow.store.record import Record
from workflow.store.schema import TABLES

#: All of them read the same files, which takes longer than what they look for.
pytestmark = pytest.mark.xdist_group("architecture")

ROOT = Path(__file__).parent.parent
SHIPPED = tuple(path for folder in ("config", "workflow", "tasks", "web") for path in (ROOT / folder).rglob("*.py"))
ALL = (*SHIPPED, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py"), ROOT / "celeryconfig.py")
ALL_OFFERS = load_offers((OFFERS, ROOT / "tests" / "data" / "offers", ROOT / "tests" / "offers")).offers
_ENGINES_OWN = ("stage", "standing", "version", "head")


#: Words of the general vocabulary that an offer may use as names too.
GENERAL = {*get_args(TimerPolicy), *(verb for noun in LIFECYCLES.values() for verb in (*noun.verbs, *noun.statuses))}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees(paths: tuple[Path, ...]) -> Iterator[tuple[str, ast.Module]]:
    return ((name_of(path), _tree(path)) for path in paths)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[str, int]]:
    """Every function's name and length in lines."""
    for name, tree in trees(ALL):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_300_lines_and_most_are_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert median(lengths.values()) <= 80


def test_no_function_is_longer_than_40_lines_and_most_are_short() -> None:
    lengths = dict(functions())
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert median(lengths.values()) <= 8


def test_every_module_says_why_it_exists() -> None:
    silent = [name for name, tree in trees(SHIPPED) if not ast.get_docstring(tree)]
    assert silent == []


def test_nobody_sets_a_stage() -> None:
    """State written from many files is how such programs rot: a case is frozen, and one writer writes what changed."""
    found = []
    for name, tree in trees(SHIPPED):
        if "migrations" in name:
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            found += [name for one in targets if isinstance(one, ast.Attribute) and one.attr in _ENGINES_OWN]
    assert set(found) == set()


def test_one_function_says_which_day_it_is_there() -> None:
    """A moment's own day and hour are Greenwich's: readers would see a visit, or be late, on another day than theirs.

    Cells of a sheet have no zone: theirs is the day that was typed.
    """
    found = []
    for name, tree in trees(SHIPPED):
        for node in ast.walk(tree):
            is_day = isinstance(node, ast.Call) and not node.args and getattr(node.func, "attr", None) == "date"
            is_hour = isinstance(node, ast.FormattedValue) and "%H" in ast.dump(node.format_spec or node)
            found += [name] if (is_day or is_hour) and not name.startswith("workflow/imports") else []
    assert set(found) == {"workflow/calendar/local_time.py"}


@pytest.mark.parametrize("offer", ALL_OFFERS.values(), ids=lambda offer: offer.offer.code)
def test_no_name_from_an_offer_stands_in_python(offer: Offer) -> None:
    """The test of generality: another offer is a folder, not a change of code."""
    names = {
        *(one.name for one in offer.stages if "_" in one.name),
        *offer.triggers,
        *offer.timer,
        *(name for name in offer.emails if "-" in name),
    } - GENERAL
    literals = {
        (name, node.value)
        for name, tree in trees(tuple(path for path in SHIPPED if "demo" not in path.parts))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {(name, value) for name, value in literals if value in names} == set()


@pytest.mark.parametrize("offer", ALL_OFFERS.values(), ids=lambda offer: offer.offer.code)
def test_every_shipped_offer_is_sound_and_has_words_for_each_audience(offer: Offer) -> None:
    """The loader demands a title and school words of every stage and trigger; `check` proves the rest."""
    assert check(offer) == []


def test_every_kind_of_effect_has_one_handler() -> None:
    assert set(HANDLERS) == set(EFFECT_KINDS)


def test_every_fact_that_is_recorded_has_words() -> None:
    recorded, recording = set(), ("engine.record", "change.happen", "_record")
    for _, tree in trees(SHIPPED):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in recording:
                recorded |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert {"staff_nominated", "register_taken", "certificate_issued"} <= recorded
    assert recorded - set(FACTS) == set()


def test_every_route_declares_its_policy(tmp_path: Path) -> None:
    app = create_app(
        Settings(
            home=tmp_path,
            database_url=f"sqlite:///{tmp_path / 'r.db'}",
            secret_key="s" * 40,
            mail_url=f"maildir:{tmp_path}",
            broker_url="filesystem://",
        )
    )
    undeclared = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None]
    assert undeclared == []


def test_every_enumeration_is_checked_and_every_constraint_named() -> None:
    assert TABLES
    for table in Record.metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


def test_every_column_that_looks_personal_is_marked_with_its_purpose_and_retention() -> None:
    """Export and erasure are made from the marks; a column without one would be forgotten."""
    suspicious = re.compile(r"(^|_)(name|email|text|outputs|trouble|experience|impact|content)$")
    known_as_impersonal = {
        "school.name",
        "event.name",
        "account_event.name",
        "timer.name",
        "outbox.name",
        "reader_event.name",
        "promise.name",
        "pulse.name",
        "setback.name",
    }
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            full = f"{table.name}.{column.name}"
            if suspicious.search(column.name) and full not in known_as_impersonal:
                assert set(column.info) == {"personal", "keep"}, full


def test_only_the_named_modules_read_the_settings() -> None:
    readers = {
        name
        for name, tree in trees(SHIPPED)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("config")
    }
    assert readers - {"config/settings.py"} <= {"web/installation.py", "tasks/app.py", "tasks/console.py"}


def test_nobody_asks_the_clock_below_the_edges() -> None:
    """Time is passed in, or nothing could be rehearsed."""
    asking = {
        name
        for name, tree in trees(SHIPPED)
        if re.search(r"datetime\.now\(|\.utcnow\(|date\.today\(", ast.unparse(tree))
    }
    assert asking <= {"tasks/app.py", "tasks/console.py", "web/installation.py"}
