"""Evidence that waits for a review, for those who begin one."""

import pytest

from tests.journeys import Journey
from tests.web.forms.begun import CODES, send_in


@pytest.fixture
def waiting(journey: Journey, case: str) -> str:
    """Ada's page for the council, with evidence that waits for a review."""
    journey.to("framework")
    send_in(journey, *CODES)
    return f"{case}/people/1/"
