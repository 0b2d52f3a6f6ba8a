"""Whatever an offer's page promises to do, a school is led to the page on which it is done."""

import pytest

from tests.workflow.offer.pages import MENTORING, READING
from workflow.offer.loader import load_offer
from workflow.offer.school_pages import page_of

OFFERS = (load_offer(MENTORING), load_offer(READING))


@pytest.mark.parametrize(
    ("stage", "to", "page"),
    [
        ("purchase", "name at least three staff", "people"),
        ("training_1", "choose a date for training session 1", "dates"),
        ("framework", "send in each person's framework evidence", "people"),
        ("certification", "confirm the names for the certificates", "people"),
        ("follow_up_1", "write down what was agreed and complete follow-up meeting 1", "dates"),
        ("purchase", "choose a date for training session 1", ""),
        ("nowhere", "name at least three staff", ""),
    ],
)
def test_a_promise_has_its_page(stage: str, to: str, page: str) -> None:
    assert page_of(OFFERS[0], stage, to) == page


def test_whatever_a_school_promises_has_a_page_in_every_offer() -> None:
    owed = [(offer, stage, one) for offer in OFFERS for stage in offer.stages for one in stage.promises]
    schools = [(offer, stage, one) for offer, stage, one in owed if one.owner == "school"]
    assert len(schools) > 8
    assert [one.to for offer, stage, one in schools if not page_of(offer, stage.name, one.to)] == []
