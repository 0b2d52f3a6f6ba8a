"""SQLite plans each statement once and by its indices, however large the record grows."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.records import Files, Originals
from tests.worlds import world_with
from workflow.store.cases import read_locked
from workflow.store.record import Record
from workflow.usecases.undo.undo import undo

_WHERE = re.compile(r"(\w+) (=|<>|IN) ")


def _compared_with_a_parameter() -> re.Pattern[str]:
    """A comparison as a partial index makes it, whatever its table is called in the statement."""
    found = {
        rf"{table.name}\w*\.{column} {compared.replace('<>', '!=')} \(?\?"
        for table in Record.metadata.tables.values()
        for index in table.indexes
        for column, compared in _WHERE.findall(str(index.dialect_options["sqlite"]["where"]))
    }
    return re.compile("|".join(sorted(found)))


@pytest.fixture
def journey(files: Files, originals: Originals) -> Iterator[Journey]:
    with originals.copy(files) as store:
        furnish(store, NOW)
        yield Journey(store, NOW).begin()


@pytest.fixture
def asked(journey: Journey) -> list[str]:
    """The statements that are run from now on."""
    statements: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    return statements


def test_no_statement_is_planned_anew_for_the_value_of_a_parameter(
    journey: Journey, asked: list[str], maildir: Path
) -> None:
    """SQLite plans it again each time, in case the value is the one that a partial index is for."""
    world = world_with(journey.store, mail_server(f"maildir:{maildir}"))
    journey.to("qa_visit")
    pass_once(world, journey.now)
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey._do(undo, reason="A mistake.")
    pass_once(world, journey.now + timedelta(weeks=20))
    assert [one for one in asked if _compared_with_a_parameter().search(one)] == []
    assert any("timer.status = 'armed'" in one for one in asked)


def test_cases_are_found_by_their_numbers_and_not_by_looking_at_each(journey: Journey, asked: list[str]) -> None:
    with journey.store.reading() as session:
        assert read_locked(session, [journey.id]).keys() == {journey.id}
        (query,) = (one for one in asked if one.startswith("SELECT json_object"))
        explained = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("lead_advisor", None, "[1]"))
    assert {one.detail.split()[1] for one in explained if one.detail.startswith("SCAN")} == {
        "user_account",
        "json_each",
    }
