"""An advisor records on the case's page what took place and what was decided, and the case moves by itself."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.journeys import PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor


@pytest.fixture
def advisor(app: Flask) -> Visitor:
    return Visitor(app).sign_in("advisor.web@example.org")


def page(journey: Journey) -> str:
    return f"/advisor/engagement/{journey.reference}"


def send(visitor: Visitor, journey: Journey, form: str, **typed: str) -> Visitor:
    """Opens the page of the case and sends the form whose address ends like this."""
    fields = visitor.open(page(journey)).fields(f'{page(journey)}/{form}"')
    return visitor.post(f"{page(journey)}/{form}", fields | typed)


def agree_on_today(visitor: Visitor, journey: Journey, kind: str) -> Visitor:
    date = {"date-day": "6", "date-month": "10", "date-year": "2025", "time": "13:00"}
    return send(visitor, journey, f"meeting/{kind}/book", **date)


def test_a_date_and_a_register_complete_a_training_session(journey: Journey, advisor: Visitor, clock: Clock) -> None:
    journey.to("training_1")
    agreed = agree_on_today(advisor, journey, "training_1")
    assert agreed.answer.status_code == 303, agreed.words
    agreed.follow()
    assert "Training session 1 is on Monday 6 October 2025 at 1pm" in agreed.words
    clock.now += timedelta(hours=4)
    marks = {f"mark-{number}": "present" for number in range(1, len(PEOPLE) + 1)}
    taken = send(advisor, journey, "meeting/training_1/register", **marks).follow()
    assert (
        "The register of Training session 1 is taken: 3 of 3 present. The stage is now Training session 2."
        in taken.words
    )
    assert journey.stage == "training_2"


def test_a_day_that_is_none_is_told_beside_what_was_typed_and_nothing_is_agreed(
    journey: Journey, advisor: Visitor
) -> None:
    journey.to("training_1")
    before = journey.row.version
    date = {"date-day": "31", "date-month": "2", "date-year": "2026", "time": "half past one"}
    refused = send(advisor, journey, "meeting/training_1/book", **date)
    assert refused.answer.status_code == 422
    assert "There is a problem" in refused.words
    assert 'value="half past one"' in refused.answer.text
    assert journey.row.version == before


def test_the_last_decision_completes_the_framework(journey: Journey, advisor: Visitor) -> None:
    journey.to("framework")
    for number in (1, 2):
        send(advisor, journey, f"people/{number}/decide", decision="complete")
    assert journey.stage == "framework"
    send(advisor, journey, "people/3/decide", decision="withdraw", note="She has moved away.")
    assert journey.stage == "follow_up_1"


def test_a_form_that_was_opened_before_something_changed_is_a_conflict(journey: Journey, advisor: Visitor) -> None:
    journey.to("framework")
    address = f"{page(journey)}/people/1/decide"
    stale = advisor.open(page(journey)).fields(f'{address}"')
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert advisor.post(address, stale | {"decision": "complete"}).answer.status_code == 409
    assert "has changed since you looked at it" in advisor.words


def test_an_assessor_records_no_facts(app: Flask, journey: Journey) -> None:
    journey.to("framework")
    assessor = Visitor(app).sign_in("assessor.web@example.org").open(page(journey))
    assert f"{page(journey)}/people/1/decide" not in assessor.answer.text
    with pytest.raises(StopIteration):
        assessor.fields("/people/1/decide")
