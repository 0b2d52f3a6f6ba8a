"""A record with a past: what was gone through, taken back, left, and is still under way."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.conftest import NOW
from tests.journeys import LEAD, Journey, furnish
from tests.pasts import Past
from tests.records import Originals, Place
from workflow.store.session import Store
from workflow.usecases.undo import undo

BEGAN = date(2025, 9, 10)


def _walked(store: Store) -> None:
    furnish(store, NOW)
    Past(store, "P-0", BEGAN).to("training_2", training_1=12)
    Past(store, "P-1", BEGAN).to("training_2", training_1=4).wait(3)
    held = Past(store, "P-2", BEGAN).to("training_1").wait(2)
    held.journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    Past(store, "P-3", BEGAN).to("training_1").wait(5).journey.fire("cancel", LEAD, note="A mistake.")
    taken = Past(store, "P-4", BEGAN).to("follow_up_2", follow_up_1=4).wait(3)
    taken.journey._do(undo.undo, reason="The wrong school.", actor=LEAD)
    Journey(store, NOW).begin(order="P-5")


@pytest.fixture
def walked(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, _walked) as store:
        yield store
