"""The nearest way as the council, the school and each participant read it, and nobody else's name among it."""

import pytest

from config.settings import Settings
from tests.journeys import LEAD, PEOPLE, Journey
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.tables.participant import Participant
from workflow.store.tables.visit import Judgement
from workflow.usecases import participants

ADA, BRYN = PEOPLE[0].email, PEOPLE[1].email
FROM_THE_START = "The certificates can come on Monday 5 January 2026 at the earliest, if all goes well the first time."


@pytest.fixture
def links(settings: Settings) -> Links:
    return Links("", settings.secret_key)


def own_page(journey: Journey, visitor: Visitor, email: str) -> str:
    """Of somebody who is in for it."""
    with journey.store.reading() as session:
        person = session.query(Participant).filter_by(email=email).one()
    return let_in(visitor, journey.reference, person.id)


def test_an_advisor_reads_who_does_what_and_on_which_day_at_the_earliest(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    words = advisor.open(case).words
    assert f"needed. {FROM_THE_START}" in words, "beside when others usually get there"
    assert "The nearest way to the certificates, step by step 6 October 2025 at the earliest" in words
    assert "The school: Name 3 members of staff" in words
    assert "The participants: Send in the evidence: the staff who are named" in words
    assert "And 15 more steps" in words
    journey.to("framework")
    words = advisor.open(case).words
    assert "The council: Review the evidence of Ada Pascoe, Bryn Tregear and Cara Nance" in words
    assert 'start="6"' in advisor.answer.text, "the steps that are folded away are counted on"


def test_a_school_reads_what_it_does_and_what_we_do(anybody: Visitor, journey: Journey, links: Links) -> None:
    words = anybody.open(links.status(journey.reference)).words
    assert f"Your way to the certificates {FROM_THE_START}" in words
    for said in ("You: Name 3 members of staff", "We: Agree a date for Training session 1", "Your staff: Send in"):
        assert said in words


def test_a_participant_reads_their_own_way_and_nobody_elses_name(anybody: Visitor, journey: Journey) -> None:
    journey.to("framework")
    words = anybody.open(own_page(journey, anybody, ADA)).words
    way = words.partition("Your own way to the certificates")[2]
    for said in (
        "You: Send in your evidence",
        "2 others: send in their evidence",
        "We: Review your evidence",
        "We: Review the evidence of 2 others",
        "You: Confirm your name on the certificate",
    ):
        assert said in way
    assert [name for person in PEOPLE[1:] for name in person.name.split() if name in anybody.answer.text] == []


def test_whoever_is_deferred_reads_that_their_way_has_stopped(anybody: Visitor, journey: Journey) -> None:
    journey.to("framework")._do(participants.move, BRYN, "defer", reason="workload")
    words = anybody.open(own_page(journey, anybody, BRYN)).words
    assert "Your own way has stopped here, as your part is put off. The advisor or lead advisor can let you" in words
    assert "at the earliest" not in words


def test_where_nothing_leads_on_everybody_reads_why(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, links: Links
) -> None:
    journey.to("certification")
    with journey.store.writing() as session:
        session.query(Judgement).delete()
    stuck = "As things stand, the way ends here. The last judgement of Quality assurance visit must be “met”"
    for visitor, page in (
        (advisor, case),
        (anybody, links.status(journey.reference)),
        (anybody, own_page(journey, anybody, ADA)),
    ):
        assert stuck in visitor.open(page).words
        assert "can come on" not in visitor.words


def test_while_it_rests_the_way_begins_with_taking_it_up_again(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, links: Links
) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2026-01-05"})
    assert "at the earliest The council: Resume The school: Name 3" in advisor.open(case).words
    assert "at the earliest We: Resume You: Name 3" in anybody.open(links.status(journey.reference)).words


def test_a_school_whose_journey_has_lapsed_reads_of_no_way_ahead_and_its_advisor_does(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, links: Links
) -> None:
    journey.nominate().fire("lapse", LEAD)
    assert "The council: Reopen" in advisor.open(case).words
    for page in (links.status(journey.reference), own_page(journey, anybody, ADA)):
        assert "way to the certificates" not in anybody.open(page).words


def test_at_the_end_nobody_reads_of_a_way_ahead(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, links: Links
) -> None:
    journey.to("recognised")
    for visitor, page in (
        (advisor, case),
        (anybody, links.status(journey.reference)),
        (anybody, own_page(journey, anybody, ADA)),
    ):
        assert "way to the certificates" not in visitor.open(page).words
