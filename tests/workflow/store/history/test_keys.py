"""Keys are made once, kept to their owner, and replaced without anything stopping."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from workflow.errors import CheckFailed, Conflict
from workflow.queries.audit import verify
from workflow.store.history.keys import KEYS, KeyFile
from workflow.store.session import Store


@pytest.fixture
def kept(tmp_path: Path) -> KeyFile:
    file = KeyFile(tmp_path / "history_keys")
    with file.begin(NOW):
        pass
    return file


def test_a_key_file_is_its_owners_alone(kept: KeyFile) -> None:
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.is_private()
    assert len(kept().keys) == 1


def test_a_key_is_never_made_over_another(kept: KeyFile) -> None:
    with pytest.raises(Conflict), kept.begin(NOW):
        pass


def break_off(file: KeyFile) -> None:
    with file.begin(NOW) as keys:
        raise InterruptedError(keys().sealing.name)


def test_whoever_broke_off_before_all_was_sealed_goes_on_with_the_same_key(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "history_keys")
    with pytest.raises(InterruptedError) as broke:
        break_off(file)
    assert not file.exists()
    with file.begin(NOW) as keys:
        first = keys().sealing
    assert str(broke.value) == first.name
    assert file().sealing == first


@pytest.mark.parametrize("text", ["", "{}", '{"keys": []}', '{"keys": [{"name": 1}]}'])
def test_a_file_that_holds_no_keys_is_told_of(kept: KeyFile, text: str) -> None:
    kept.path.write_text(text)
    with pytest.raises(CheckFailed, match="cannot be read as the history's keys"):
        kept()


def test_a_missing_file_is_told_of_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="Bring the file back from where you keep it"):
        KeyFile(tmp_path / "history_keys")()


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_program_that_runs_learns_of_a_new_key_and_the_old_one_counts_for_a_while(
    store: Store, kept: KeyFile
) -> None:
    """What the old key seals after that is told: it may have been stolen."""
    old = KeyFile(kept.path)()
    running = Store(store.engine.url.render_as_string(), {**store.reading().info, KEYS: kept})
    furnish(running, NOW)
    journey = Journey(running, NOW).begin()
    kept.rotate(journey.now, timedelta(hours=4))
    journey.nominate()
    with running.reading() as session:
        assert verify(session).faults == ()
    late = Journey(Store(store.engine.url.render_as_string(), {**running.reading().info, KEYS: lambda: old}),
                   journey.now, journey.id)  # fmt: skip
    late.train("training_1")
    with running.reading() as session:
        assert verify(session).faults == ()
    late.train("training_2")
    with running.reading() as session:
        assert any("after it had been replaced" in one.sentence for one in verify(session).faults)
