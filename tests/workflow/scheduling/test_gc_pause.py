"""The collector rests during a batch, and never longer."""

import gc
from collections.abc import Iterator

import pytest

from workflow.scheduling.gc_pause import collecting_later


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.enable()


def test_it_rests_until_the_block_ends() -> None:
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_awake_again_after_trouble() -> None:
    with pytest.raises(ValueError, match="trouble"), collecting_later():
        raise ValueError("trouble")
    assert gc.isenabled()


def test_who_had_it_rest_already_finds_it_so() -> None:
    gc.disable()
    with collecting_later():
        pass
    assert not gc.isenabled()
