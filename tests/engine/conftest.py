import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from workflow.store.session import Store


@pytest.fixture
def journey(store: Store) -> Journey:
    """An engagement that has just begun."""
    furnish(store, NOW)
    return Journey(store, NOW).begin()
