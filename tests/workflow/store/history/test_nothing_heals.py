"""What was tampered with is not made whole by the next honest step: nobody seals what nobody sealed before."""

import pytest
from sqlalchemy import text

from tests.conftest import NOW
from tests.journeys import Journey
from workflow.queries.audit import verify

#: The last event goes, and the engagement says that the one before was the last.
CUT = (
    "DELETE FROM note WHERE engagement_id = 1 AND seq = (SELECT version FROM engagement WHERE id = 1)",
    "DELETE FROM event WHERE engagement_id = 1 AND seq = (SELECT version FROM engagement WHERE id = 1)",
    "UPDATE engagement SET version = version - 1 WHERE id = 1",
    """UPDATE engagement SET head = last.hash, stage = last.to_stage, standing = last.to_standing FROM event AS last
    WHERE engagement.id = 1 AND last.engagement_id = 1 AND last.seq = engagement.version""",
)
#: The second engagement goes, with all that is known of it, and its number is given out again.
GONE = (
    *(f"DELETE FROM {table} WHERE engagement_id = 2" for table in ("timer", "promise", "outbox", "note", "event")),
    "DELETE FROM engagement WHERE id = 2",
    "UPDATE reference_counter SET last = last - 1",
)


def tamper(journey: Journey, statements: tuple[str, ...]) -> None:
    with journey.store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def told(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return [one.sentence for one in verify(session).faults]


def test_a_seal_in_the_name_of_a_key_that_nobody_has_is_none(journey: Journey) -> None:
    """As of a program that has not learnt of the newest key: it goes on only where an event names that key too."""
    tamper(
        journey, ("UPDATE engagement SET seal = 'f00f00f0:f00'", "UPDATE reference_counter SET seal = 'f00f00f0:f00'")
    )
    journey.nominate()
    Journey(journey.store, NOW).begin(order="SFS-2")
    assert sorted(one.partition("no seal")[2] for one in told(journey)) == [
        " says that it does.",
        " says that this was the last.",
    ]


@pytest.mark.parametrize("steps", [1, 2])
def test_a_tail_that_was_cut_is_told_after_honest_steps_too(journey: Journey, steps: int) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    tamper(journey, CUT)
    journey.nominate()
    if steps > 1:
        journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert [one.partition(" ends at")[2] for one in told(journey)] == [
        f" event {journey.row.version}, and no seal says that this was the last."
    ]


def test_an_engagement_that_is_gone_is_told_after_others_were_begun(journey: Journey) -> None:
    Journey(journey.store, NOW).begin(order="SFS-2")
    tamper(journey, GONE)
    for number in (3, 4):
        Journey(journey.store, NOW).begin(order=f"SFS-{number}")
    assert told(journey) == ["the register of 2025 counts 3, and no seal says that it does."]
