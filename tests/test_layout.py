"""The house itself: what each package shows to others, how full a folder may be, and where tests stand.

Which package may import which is import-linter's to hold (`pyproject.toml`).
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What others call, package by package. Everything else in a package is its own business and may change without notice.
FACES = {
    "workflow.acts": (
        "act", "action_plans", "ahead.foreseen", "ahead.own_paragraphs", "appointments", "bulk.jobs", "bulk.request",
        "bulk.take_back", "bulk.work", "certificates", "contacts", "evidence", "fields", "handover", "message",
        "participants", "registry", "rollout.versions",
    ),
    "workflow.backup": ("archive", "restore", "save"),
    "workflow.calendar": (
        "calendar_file", "duration", "explanation", "local_time", "meeting_time", "proposals", "school_year", "span",
        "typed_date", "working_days",
    ),
    "workflow.domain": (
        "actor", "change", "contacts.kinds", "council.contacts", "effects", "email_address", "facts", "guards",
        "happening", "lifecycles",
        "look", "person_name", "plain_words", "reference", "school_phases", "standing",
    ),
    "workflow.documents": ("evidence_file", "guard"),
    "workflow.engine": (
        "", "calendars", "catalogue", "outcome", "promises", "recipients", "rounds.led_back", "status_change",
        "trigger_inputs", "versions.carried",
    ),
    "workflow.forecasting": (
        "certificates_ahead", "forecast", "nearest_route", "route.act", "route.planner", "route.situation",
        "route.telling", "route.way_on", "stay_counts", "upcoming_timers",
    ),
    "workflow.imports": (
        "findings", "orders.sold", "purchases", "school_dates", "school_links", "schools", "sheet", "staff", "uploads",
    ),
    "workflow.mail": (
        "access.write","calendar_feed", "calendar_parts", "letter_rows", "letters", "signed_links"),
    "workflow.offer": (
        "check", "definition", "diagram", "differences.offers", "emails.blanks", "emails.email_template",
        "event_titles", "export.notations", "fields", "graph", "installed", "loader", "making", "outline",
        "phase_guide", "reference.handbook", "reference.page_schema", "refunds", "revisions", "school_pages",
        "terms", "triggers", "versions.names", "words.timers",
    ),
    "workflow.preview": ("certificate", "letters", "made_up", "timetable", "walk.replay"),
    "workflow.queries": (
        "audit", "calendar.closed_days", "calendar.feed", "calendar.meetings", "certificate_check", "engagement_json",
        "engagement_view", "evidence_history", "held_up", "history", "insight", "lists.engagement_list",
        "lists.asked", "lists.proposed", "lists.returned", "lists.search",
        "lists.stage_board", "lists.today", "lists.trusts", "lists.wanted",
        "notes.case_notes", "open_promise", "outbox", "outlines", "participant_view", "places", "privacy",
        "promise_board", "readers", "schools.certificates", "schools.dates", "schools.own_record", "schools.people",
        "schools.steps", "schools.tasks", "vital_signs",
    ),
    "workflow.scheduling": ("due_timers", "gc_pause", "promise_backfill", "quiet_hours", "reschedule"),
    "workflow.simulation": (
        "agents.act_context", "agents.assignment", "agents.caseload", "agents.perform", "asked", "clock", "habits",
        "metrics", "new_orders", "random_draws", "report", "run", "scenario", "snapshot",
    ),
    "workflow.store": (
        "access.readable",
        "cases", "change_writer", "databases.patience", "dialect", "history.chain", "history.checkpoint",
        "history.covered", "history.keys", "history.proof", "history.renewals",
        "history.seals", "history.watched", "letters", "lookups",
        "migrate", "migrations.revision",
        "health.pulse", "health.setbacks", "outbox", "privacy", "record", "reference_numbers",
        "reversals", "schema",
        "search_texts", "session", "unused_files",
        "tables",
    ),
    "workflow.usecases": (
        "accounts", "action_plans", "advisors", "appointments", "calendar_feeds", "certificate_text", "certificates",
        "contacts",
        "dead_letters", "elsewhere.school_changes", "elsewhere.transfers", "evidence", "notes.case_notes",
        "notes.mentions", "notes.questions", "offers", "participants",
        "people.away", "people.drafts", "people.own_lists",
        "people.own_settings", "people.pace", "people.places", "people.unsent_files",
        "phases", "printing.printer", "printing.specimen", "privacy",
        "purchases", "receipts", "registers", "rollout", "undo.heard",
        "undo.last_step", "undo.undo", "users",
    ),
}  # fmt: skip
_FULL, _DIRECTLY_IN_WORKFLOW = 14, 8


def shipped(*tops: str) -> Iterator[Path]:
    return (path for top in tops for path in sorted((ROOT / top).rglob("*.py")))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules of ours that a file imports, by their whole names."""
    return frozenset(
        whole if is_module(whole := f"{node.module}.{one.name}") else node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for one in node.names
    )


def strangers(package: str) -> Iterator[tuple[str, str]]:
    """Who reaches behind the face of a package, and for what."""
    face = FACES[package]
    for path in shipped("workflow", "web", "tasks", "config"):
        name = module_of(path)
        if name == package or name.startswith(f"{package}."):
            continue
        for module in imported(path):
            inside = module.removeprefix(package).lstrip(".")
            ours = module == package or module.startswith(f"{package}.")
            if ours and not any(inside == one or (one and inside.startswith(f"{one}.")) for one in face):
                yield name, module


@pytest.mark.parametrize("package", FACES)
def test_nobody_reaches_behind_the_face_of_a_package(package: str) -> None:
    assert sorted(strangers(package)) == []


@pytest.mark.parametrize("package", FACES)
def test_a_face_shows_nothing_that_nobody_calls(package: str) -> None:
    """Or it would say less than it seems to."""
    called = {
        module
        for path in shipped("workflow", "web", "tasks", "config")
        for module in imported(path)
        if not module_of(path).startswith(f"{package}.")
    }
    unused = [
        one
        for one in FACES[package]
        if not any(f"{module}.".startswith(f"{package}.{one}.") for module in called if one)
    ]
    assert [one for one in unused if one] == []


def test_every_package_of_the_workflow_has_a_face() -> None:
    there = {module_of(path.parent / "__init__.py") for path in (ROOT / "workflow").glob("*/__init__.py")}
    assert there == set(FACES)


def test_no_folder_is_overfull() -> None:
    folders = {path.parent for path in shipped("workflow", "web", "tasks", "config")}
    full = {
        module_of(one): number
        for one in folders
        if (number := sum(path.name != "__init__.py" for path in one.glob("*.py"))) > _FULL
    }
    assert full == {}
    assert sum(path.name != "__init__.py" for path in (ROOT / "workflow").glob("*.py")) <= _DIRECTLY_IN_WORKFLOW


def test_tests_stand_where_the_code_stands() -> None:
    """A folder of tests has the name of a folder of code; what runs through everything stands at the top."""
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    astray = [one.as_posix() for one in folders if one.parts and not (ROOT / one).is_dir()]
    assert set(astray) <= {"lives", "offers", "offers/versions"}
