"""The school's page: its own journey and nobody else's."""

import re
from datetime import timedelta

import pytest

from config.settings import Settings
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.journeys import ADVISOR, LEAD, PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.mail.signed_links import Links
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import appointments, participants
from workflow.usecases.contacts import contacts

#: What stands behind the token in a link to a school's pages.
_END = re.compile(r"/school/[A-Za-z0-9_.-]{20,}(/\w+|)")


def test_the_school_sees_its_stages_and_what_it_owes(anybody: Visitor, journey: Journey, links: Links) -> None:
    words = anybody.open(links.status(journey.reference)).words
    assert "Polwhevral School" in words
    assert "Name at least three staff Please do this by Monday 20 October 2025." in words
    assert "Purchase Tell us who is taking part In progress" in words
    assert "Recognised To come" in words


def test_the_council_admits_when_it_is_late(anybody: Visitor, journey: Journey, links: Links, clock: Clock) -> None:
    journey.nominate()
    assert (
        "We: Offer dates for training session 1 We will do this by"
        in anybody.open(links.status(journey.reference)).words
    )
    clock.now += timedelta(days=60)
    words = anybody.open(links.status(journey.reference)).words
    assert "We: Offer dates for training session 1 We were to do this by" in words
    assert "We are late" in words


def test_the_page_shows_both_clocks_when_the_council_took_too_long(
    anybody: Visitor, journey: Journey, links: Links, clock: Clock
) -> None:
    journey.to("framework").each("submit")
    journey.now += timedelta(days=150)
    for person in PEOPLE:
        journey._do(participants.move, person.email, "review")
        journey._do(participants.move, person.email, "return", note="More is needed.")
    clock.now = journey.now
    words = anybody.open(links.status(journey.reference)).words
    assert "You are late" not in words
    assert "Your day was Monday 19 January 2026. We were to read the framework evidence that was sent in by" in words
    assert "it was done on Friday 6 March 2026, so the time starts anew." in words


def test_people_and_the_next_meeting_are_there(anybody: Visitor, journey: Journey, links: Links) -> None:
    journey.nominate()
    meeting = journey.now + timedelta(days=20)
    with journey.store.writing() as session:
        appointments.book(session, journey.id, "training_1", meeting, actor=ADVISOR, now=journey.now)
    words = anybody.open(links.status(journey.reference)).words
    assert "Training session 1 Sunday 26 October 2025 at 12pm Date agreed" in words
    assert "Ada Pascoe Phase An Effective Mentor Where they are Named by the school" in words


@pytest.mark.parametrize(("trigger", "sentence"), [("hold", "is on hold"), ("lapse", "it has lapsed")])
def test_a_journey_that_rests_or_ended_says_so(
    anybody: Visitor, journey: Journey, links: Links, trigger: str, sentence: str
) -> None:
    asked = {"note": "Because", "values": {"review_on": "2026-01-05"}} if trigger == "hold" else {}
    journey.fire(trigger, LEAD, **asked)
    assert sentence in anybody.open(links.status(journey.reference)).words


def test_a_link_shows_one_school_and_no_other(anybody: Visitor, journey: Journey, links: Links) -> None:
    journey.nominate()
    other = Journey(journey.store, journey.now).begin(order="SFS-2", urn="900002")
    text = anybody.open(links.status(other.reference)).answer.text
    assert "Nanskerris School" in text
    assert "Polwhevral" not in text
    assert "Ada Pascoe" not in text
    assert journey.reference not in text


def test_a_link_that_was_changed_or_made_elsewhere_shows_nothing(
    anybody: Visitor, journey: Journey, links: Links
) -> None:
    token = links.school_token(journey.reference)
    forged = Links("", "another secret, forty characters in all").school_token(journey.reference)
    said, _, signature = token.rpartition(".")
    # The first letter: the last one has two bits that base64 does not use, so a change there may change nothing.
    changed = f"{said}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
    for wrong in (changed, forged, journey.reference):
        anybody.open(f"/school/{wrong}")
        assert anybody.answer.status_code == 404
        assert "Polwhevral" not in anybody.answer.text


def test_search_engines_and_other_sites_learn_nothing(anybody: Visitor, journey: Journey, links: Links) -> None:
    headers = anybody.open(links.status(journey.reference)).answer.headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_letters_lead_to_the_page_that_they_ask_for_and_whoever_cannot_come_in_to_where_the_school_is(
    journey: Journey, settings: Settings
) -> None:
    journey._do(contacts.change, "head", name="Jo Rowe", email="jo@polwhevral.example.org")
    journey.to("recognised")
    deliver_due(world_with(journey.store, mail_server(f"maildir:{settings.home / 'mail'}")), lambda: journey.now)
    with journey.store.reading() as session:
        sent = session.query(SentEmail).order_by(SentEmail.outbox_id).all()
    led = {(one.to_name, one.subject.partition(":")[0]): _END.findall(one.text) for one in sent}
    assert led["Jenna Rowe", f"Your order {journey.reference}"] == ["/people"]
    assert led["Jenna Rowe", "Training is complete"] == ["/people"]
    assert led["Jenna Rowe", "Training session 1 is complete"] == [""]
    assert led["Jenna Rowe", "Your school's certificates are on their way"] == ["/certificates"]
    assert led["Jo Rowe", "Your school's certificates are on their way"] == [""]
