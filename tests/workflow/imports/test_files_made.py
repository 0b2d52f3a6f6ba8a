"""Twenty files as people make them: read and noted where that is plain, asked or refused in a sentence where not."""

import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.workflow.imports.file_table import PAGE, page
from tests.workflow.imports.files_made import FILES
from workflow.store.session import Store


@pytest.fixture
def journey(store: Store) -> Journey:
    furnish(store, NOW)
    return Journey(store, NOW).begin(order="SFS-99")


def test_there_are_twenty_different_ones() -> None:
    assert len({one.data for one in FILES}) >= 20


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_the_page_says_what_becomes_of_each(journey: Journey) -> None:
    """If it should say something else, write it anew: python -m tests.workflow.imports.file_table."""
    assert page(journey) == PAGE.read_text(encoding="utf-8")
