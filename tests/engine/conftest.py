import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from workflow.store.session import Store


@pytest.fixture
def journey(store: Store) -> Journey:
    """An engagement that has just begun."""
    furnish(store, NOW)
    return Journey(store, NOW).begin()


@pytest.fixture
def named(journey: Journey) -> Journey:
    return journey.nominate()


@pytest.fixture
def other(named: Journey) -> Journey:
    """A second engagement of the same offer, with nobody in it."""
    return Journey(named.store, named.now).begin(order="SFS-2")
