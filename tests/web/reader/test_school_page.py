"""One school for a reader: where it is, who owes what, and how far its people are; nothing beyond what is theirs."""

from datetime import timedelta

from tests.journeys import LEAD, PEOPLE
from tests.queries_counted import counted
from tests.several_schools import TRUST
from tests.web.conftest import NOON
from tests.web.reader.conftest import Trusts
from tests.web.readers import let_in
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.user import User
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece
from workflow.usecases.notes import case_notes, questions

ADA = Actor("participant", participant_id=4)


def test_it_says_where_the_school_is_and_what_is_next(trusts: Trusts, reader: Visitor) -> None:
    words = reader.open(f"/schools/{trusts.first.reference}").words
    for said in (
        "Polwhevral School",
        "What is next The school is to",
        "Ada Pascoe Phase An Effective Mentor Where they are In training",
        "3 people, no certificate in force. In training: 3.",
        "Framework completion",
        "In progress",
        "The council was in time with 4 of 4 things. The school was in time with 1 of 1 thing.",
        f"Reference {trusts.first.reference}",
        "The school lead is Jenna Rowe.",
    ):
        assert said in words


def test_a_school_that_has_just_begun_and_one_on_hold_say_what_there_is(trusts: Trusts, reader: Visitor) -> None:
    page = f"/schools/{trusts.second.reference}"
    assert "Nobody is named yet. The school names its staff on its own page." in reader.open(page).words
    trusts.second.fire("hold", note="Inspection.", values={"review_on": "2025-12-03"})
    assert "This journey is on hold. Nothing is due until it starts again." in reader.open(page).words
    trusts.second.fire("cancel", LEAD, note="No time.")
    assert "This journey has ended early: it was cancelled." in reader.open(page).words


def test_lateness_is_told_of_either_side(trusts: Trusts, reader: Visitor) -> None:
    trusts.clock.now += timedelta(days=120)
    let_in(reader, "late@example.org", trust=TRUST)
    assert "Late The school was to" in reader.open(f"/schools/{trusts.first.reference}").words


def test_meetings_ahead_are_told(trusts: Trusts, reader: Visitor) -> None:
    trusts.second.to("training_1").book("training_1")
    words = reader.open(f"/schools/{trusts.second.reference}").words
    assert "Training session 1: " in words


def test_at_the_end_there_are_certificates(trusts: Trusts, reader: Visitor) -> None:
    trusts.first.to("recognised")
    words = reader.open(f"/schools/{trusts.first.reference}").words
    assert "This journey has come to its end. Nothing more is due." in words


def test_evidence_notes_and_addresses_are_not_there(trusts: Trusts, reader: Visitor) -> None:
    journey = trusts.first
    pieces = {code: EvidencePiece("What I did in the winter.") for code in ("1.1", "1.2", "1.3", "1.4")}
    journey._do(evidence.send_in, PEOPLE[0].email, pieces, actor=ADA)
    with trusts.store.writing() as session:
        questions.ask(session, journey.id, "A question of the school.", trusts.clock.now)
        for shown_to in ("council", "school"):
            author = session.get_one(User, 2)
            case_notes.write(session, journey.id, "A note of the council.", shown_to, author=author, now=NOON)
    text = reader.open(f"/schools/{journey.reference}").answer.text
    assert "Evidence sent in" in text
    for private in (
        *(one.email for one in PEOPLE),
        "jenna@",
        "the winter",
        "question of the school",
        "note of the council",
    ):
        assert private not in text
    assert "/advisor" not in text


def test_it_is_read_in_as_many_queries_however_many_people_there_are(trusts: Trusts, reader: Visitor) -> None:
    asked = []
    for one in (trusts.second, trusts.first):
        with counted(trusts.store) as statements:
            reader.open(f"/schools/{one.reference}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[1] <= 20
