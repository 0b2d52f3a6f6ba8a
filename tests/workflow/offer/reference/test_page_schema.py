"""The JSON Schema of an offer's page, held against pages by the validator that others wrote."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.workflow.offer.export.offers import LIBRARY
from tests.workflow.offer.loading_mistakes import MISTAKES
from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited
from workflow.domain.guards import GUARDS
from workflow.offer.fields import OPTIONS
from workflow.offer.reference.page_schema import page_schema

#: What no schema could know: whether a name is declared, whether a file is there, what stands twice, and which
#: stage comes before another.
DANGLING = {
    "an email that is not there",
    "a stage that is not there",
    "an appointment that is not there",
    "a name that stands twice",
    "an approval nobody gives",
    "a timer's trigger that is not there",
    "a timer about a meeting that is not there",
    "a certificate's email that is not there",
    "a template that is not there",
    "people who start again where nothing does",
}
#: Mistakes in the page itself, and not in the files beside it.
IN_THE_PAGE = {name: one.edit for name, one in MISTAKES.items() if one.edit.file == PAGE}
#: More that an editor has to mark while somebody types.
TYPED = {
    "a verb of another small journey": Edit(PAGE, 'verb = "hold"', 'verb = "issue"'),
    "a status of another small journey": Edit(PAGE, 'to = "held"', 'to = "issued"'),
    "a letter that references do not have": Edit(PAGE, 'reference = "CMC"', 'reference = "SMC"'),
    "a version that is no month": Edit(PAGE, 'version = "2026-09"', 'version = "autumn"'),
    "a part of a penny": Edit(PAGE, '"265.00"', '"265.005"'),
    "a promise that does not say when": Edit(PAGE, 'within = "5 council days" # to confirm with the council\n', ""),
    "a judgement that does not say of what": Edit(PAGE, 'met", of = "qa_visit" }', 'met" }'),
    "a length in another language": Edit(PAGE, 'length = "3 hours"', 'length = "3 Stunden"'),
    "a name with spaces": Edit(PAGE, 'name = "purchase"', 'name = "The purchase"'),
    "a share of more than everything": Edit(PAGE, "purchase = 100", "purchase = 101"),
    "a guest nobody knows": Edit(PAGE, '"participants", "advisor"]', '"parents", "advisor"]'),
    "an escalation to nobody": Edit(PAGE, 'escalate_to = "head"', 'escalate_to = "headmaster"'),
    "a timer policy nobody has": Edit(PAGE, 'timers = "suspend"', 'timers = "pause"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return page_schema()


def faults(schema: dict[str, Any], folder: Path) -> list[str]:
    page = tomllib.loads((folder / PAGE).read_text(encoding="utf-8"))
    return [one.message for one in Draft202012Validator(schema).iter_errors(page)]


def test_it_is_a_schema_of_the_draft_it_names(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("folder", [MENTORING, READING, LIBRARY], ids=lambda folder: folder.name)
def test_sound_pages_pass(schema: dict[str, Any], folder: Path) -> None:
    assert faults(schema, folder) == []


@pytest.mark.parametrize("name", sorted(IN_THE_PAGE.keys() - DANGLING))
def test_a_page_that_cannot_be_read_is_refused(schema: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert faults(schema, edited(tmp_path, IN_THE_PAGE[name]))


@pytest.mark.parametrize("name", sorted(DANGLING))
def test_names_that_lead_nowhere_are_left_to_the_loader(schema: dict[str, Any], name: str, tmp_path: Path) -> None:
    """What is said here of the schema's limits must be so, or the list would hide what it has come to miss."""
    assert faults(schema, edited(tmp_path, IN_THE_PAGE[name])) == []


@pytest.mark.parametrize("name", TYPED)
def test_a_slip_of_the_hand_is_marked(schema: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert faults(schema, edited(tmp_path, TYPED[name]))


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, table in {"the page": schema, **schema["$defs"]}.items():
        yield from ((name, key, shape) for key, shape in table.get("properties", {}).items())


def test_every_key_says_what_it_means(schema: dict[str, Any]) -> None:
    silent = [f"{table}, {key}" for table, key, shape in keys(schema) if not shape.get("description")]
    assert silent == [], "Write a sentence below these keys, where they are declared."


def test_a_guard_may_be_written_with_everything_its_reader_knows(schema: dict[str, Any]) -> None:
    assert schema["$defs"]["Guard"]["properties"].keys() == GUARDS.keys() | OPTIONS


def test_no_value_is_called_null_as_toml_has_none(schema: dict[str, Any]) -> None:
    assert '"null"' not in str(schema).replace("'", '"')
