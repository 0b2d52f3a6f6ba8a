"""Stuck emails: try again, or drop them with a reason."""

import pytest

from tests.journeys import Journey
from tests.web.visitor import Visitor
from workflow.store.tables.owed_effect import OwedEffect


@pytest.fixture
def stuck(journey: Journey) -> int:
    """The number of an email that was given up on."""
    with journey.store.writing() as session:
        row = session.query(OwedEffect).order_by(OwedEffect.id).first()
        assert row is not None
        row.status, row.attempts, row.trouble = "dead", 8, "The mail server said: no such user."
        return row.id


def _status(journey: Journey, number: int) -> str:
    with journey.store.reading() as session:
        return session.get_one(OwedEffect, number).status


@pytest.mark.usefixtures("stuck")
def test_a_stuck_email_is_shown_with_its_trouble(advisor: Visitor, case: str) -> None:
    words = advisor.open(f"{case}/messages").words
    assert "Stuck Email “welcome” for Jenna Rowe" in words
    assert "8 attempts The mail server said: no such user." in words


def test_it_can_be_tried_again(advisor: Visitor, journey: Journey, case: str, stuck: int) -> None:
    advisor.post(f"{case}/owed/{stuck}/retry", advisor.open(f"{case}/messages").fields("/retry"))
    assert "Success It will be tried again now." in advisor.follow().words
    assert _status(journey, stuck) == "owed"


def test_it_is_dropped_only_with_a_reason(advisor: Visitor, journey: Journey, case: str, stuck: int) -> None:
    fields = advisor.open(f"{case}/messages").fields("/drop")
    advisor.post(f"{case}/owed/{stuck}/drop", fields)
    assert advisor.answer.status_code == 422
    assert "There is a problem Say in up to 4000 characters why it should not be sent." in advisor.words
    assert f'action="{case}/owed/{stuck}/retry"' in advisor.answer.text, "it is the page with the form"
    advisor.post(f"{case}/owed/{stuck}/drop", fields | {"why": "Told by telephone"})
    assert "Success It was dropped and will not be sent." in advisor.follow().words
    assert _status(journey, stuck) == "dropped"


def test_one_that_is_not_stuck_is_a_conflict(advisor: Visitor, case: str, stuck: int) -> None:
    token = advisor.open(f"{case}/messages").fields("/retry")
    advisor.post(f"{case}/owed/{stuck + 1}/retry", token)
    assert advisor.answer.status_code == 409
    assert "There is a problem" in advisor.words


def test_one_of_another_engagement_is_not_found(advisor: Visitor, journey: Journey, case: str, stuck: int) -> None:
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    token = advisor.open(f"{case}/messages").fields("/retry")
    advisor.post(f"/advisor/engagement/{other.reference}/owed/{stuck}/retry", token)
    assert advisor.answer.status_code == 404
    assert _status(journey, stuck) == "dead"
