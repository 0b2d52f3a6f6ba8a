"""A checkpoint that is kept elsewhere shows what was set back, whatever the seals say."""

import pytest
from sqlalchemy import text

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.keys import KEY
from workflow.errors import BadInput
from workflow.queries.audit import verify
from workflow.store.history import checkpoint
from workflow.store.session import Store


@pytest.fixture
def begun(store: Store) -> Journey:
    furnish(store, NOW)
    return Journey(store, NOW).begin()


def against(store: Store, told: str) -> list[str]:
    with store.reading() as session:
        return [sentence for _, sentence in checkpoint.faults_against(session, checkpoint.read(told))]


def taken(store: Store) -> str:
    with store.reading() as session:
        return checkpoint.written(checkpoint.take(session, NOW))


def test_what_goes_on_since_is_no_fault(begun: Journey) -> None:
    told = taken(begun.store)
    begun.nominate()
    assert against(begun.store, told) == []


def test_a_record_that_was_set_back_with_its_seals_is_told_only_by_a_checkpoint(begun: Journey) -> None:
    """Somebody kept the row of an earlier day, and cuts the tail to fit it."""
    was = begun.row
    begun.nominate()
    told = taken(begun.store)
    with begun.store.engine.begin() as connection:
        for table, column in (("timer", "armed_seq"), ("promise", "opened_seq"), ("outbox", "seq"), ("event", "seq")):
            connection.execute(text(f"DELETE FROM {table} WHERE {column} > {was.version}"))
        connection.execute(text("DELETE FROM participant"))
        connection.execute(
            text("UPDATE engagement SET version = :version, head = :head, seal = :seal, stage = :stage"),
            {"version": was.version, "head": was.head, "seal": was.seal, "stage": was.stage},
        )
    with begun.store.reading() as session:
        assert verify(session).faults == ()
    (sentence,) = against(begun.store, told)
    assert sentence.endswith("and the tail is cut since.")


def test_an_engagement_that_is_gone_and_an_event_that_is_another_are_told(begun: Journey) -> None:
    told = taken(begun.store)
    with begun.store.engine.begin() as connection:
        connection.execute(text("UPDATE event SET hash = 'x'"))
    assert against(begun.store, told)[0].startswith("event 1 is not the one that the checkpoint of")
    with begun.store.engine.begin() as connection:
        connection.execute(text("UPDATE engagement SET reference = 'x'"))
    assert against(begun.store, told)[0].endswith("and it is gone.")


def test_a_checkpoint_that_was_changed_is_told(begun: Journey) -> None:
    told = taken(begun.store)
    assert against(begun.store, told.replace('"made_at": "2025', '"made_at": "2024')) == [
        "it was changed after it was written."
    ]
    assert "not known here" in against(begun.store, told.replace(KEY.name, "f00f00f0"))[0]


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"format": 1, "heads": 3}'])
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_what_is_no_checkpoint_is_refused(store: Store, words: str) -> None:
    with pytest.raises(BadInput, match="This is no checkpoint"):
        against(store, words)
