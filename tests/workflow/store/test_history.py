"""History shows every edit, deletion, swap and cut tail."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from tests.journeys import LEAD, Journey
from workflow.queries.audit import verify
from workflow.usecases.undo.undo import undo


@pytest.fixture
def told(journey: Journey) -> Journey:
    """A journey with notes, waivers and automatic moves in its history."""
    journey.fire("start_training", LEAD, override="The third name comes on Monday.")
    journey.nominate().to("training_2")
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    return journey


def faults(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return [fault.sentence for fault in verify(session).faults]


def meddle(journey: Journey, act: Callable[[Connection], object]) -> list[str]:
    """Writes to the tables behind the engine's back, then asks the audit."""
    with journey.store.engine.begin() as connection:
        act(connection)
    return faults(journey)


def test_a_history_nobody_touched_has_no_fault(told: Journey) -> None:
    assert faults(told) == []


def test_steps_that_were_taken_back_are_no_fault(journey: Journey) -> None:
    journey.fire("cancel", LEAD, note="The school has no time.")
    journey.fire("reopen", LEAD, note="It has found some.")
    for stage in ("training_1", "training_2", "certification", "recognised"):
        journey.to(stage)._do(undo, reason="It was too early.", actor=LEAD)
    assert faults(journey) == []


def test_a_step_back_that_nobody_took_is_one(told: Journey) -> None:
    found = meddle(told, lambda on: on.execute(text("UPDATE event SET name = 'undone' WHERE name = 'hold'")))
    assert any("“undone”, cannot lead from active to on_hold" in one for one in found)


@pytest.mark.parametrize("column", ["name", "actor", "from_stage", "from_standing"])
def test_an_edited_event_shows(told: Journey, column: str) -> None:
    found = meddle(told, lambda on: on.execute(text(f"UPDATE event SET {column} = 'other' WHERE seq = 2")))
    assert "event 2 was changed after it was written." in found


def test_edited_data_shows(told: Journey) -> None:
    found = meddle(told, lambda on: on.execute(text("UPDATE event SET data = '{}' WHERE seq = 2")))
    assert found == ["event 2 was changed after it was written."]


def test_a_deleted_event_shows(told: Journey) -> None:
    found = meddle(told, lambda on: on.execute(text("DELETE FROM event WHERE seq = 3")))
    assert "event 3 is missing or out of order." in found


def test_two_swapped_events_show(told: Journey) -> None:
    def swap(on: Connection) -> None:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            on.execute(text("UPDATE event SET seq = :new WHERE seq = :old"), {"old": old, "new": new})

    assert "event 3 does not follow the event before it." in meddle(told, swap)


def test_a_cut_tail_shows(told: Journey) -> None:
    last = told.row.version
    found = meddle(told, lambda on: on.execute(text(f"DELETE FROM event WHERE seq = {last}")))
    assert f"the last event is number {last - 1} and the engagement counts {last}: the tail is cut." in found


def test_a_stage_written_behind_the_engines_back_shows(told: Journey) -> None:
    found = meddle(told, lambda on: on.execute(text("UPDATE engagement SET stage = 'recognised'")))
    assert found == ["the history ends at training_2 and the engagement says recognised."]


def test_a_move_the_offer_does_not_allow_shows_even_when_the_hashes_fit(told: Journey) -> None:
    """Somebody who can write the tables can write hashes too; the journey itself gives them away."""

    def forge(on: Connection) -> None:
        on.execute(text("UPDATE event SET name = 'resume', from_stage = 'framework' WHERE seq = 2"))

    assert "event 2, “resume”, cannot lead from framework to training_1." in meddle(told, forge)


def test_an_edited_note_shows_and_an_erased_one_does_not(told: Journey) -> None:
    found = meddle(told, lambda on: on.execute(text("UPDATE note SET text = 'Other.' WHERE seq = 2")))
    assert found == ["the note of event 2 was changed after it was written."]
    assert meddle(told, lambda on: on.execute(text("DELETE FROM note"))) == []
