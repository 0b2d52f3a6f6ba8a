"""Who looks after a school, and what it is told in an advisor's own words."""

from tests.journeys import Journey
from tests.web.visitor import Visitor
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect


def _send(visitor: Visitor, case: str, form: str, **typed: str) -> Visitor:
    path, page = f"{case}/{form}", "messages" if form == "message" else "people"
    return visitor.post(path, visitor.open(f"{case}/{page}").fields(f'action="{path}"') | typed)


def _last(journey: Journey) -> tuple[str, str, list[str]]:
    """The last event, its note and the emails it owes."""
    with journey.store.reading() as session:
        event = session.query(Event).order_by(Event.seq.desc()).first() or Event()
        note = session.get(Note, (journey.id, event.seq))
        owed = session.query(OwedEffect).filter(OwedEffect.seq == event.seq).order_by(OwedEffect.id).all()
        return event.name, note.text if note else "", sorted(one.name for one in owed)


def test_a_message_goes_to_the_school(advisor: Visitor, journey: Journey, case: str) -> None:
    _send(advisor, case, "message", text=" ")
    assert 'href="#message-text">Write the message<' in advisor.answer.text
    _send(advisor, case, "message", text="We look forward to meeting you.")
    words = advisor.follow().words
    assert "Success The message to Jenna Rowe is written. 1 email is on its way." in words
    assert _last(journey) == ("message_written", "We look forward to meeting you.", ["from-your-advisor"])


def test_a_school_is_handed_over_with_a_note(lead: Visitor, journey: Journey, case: str) -> None:
    _send(lead, case, "hand-over", to="nobody@example.org")
    assert lead.answer.status_code == 422
    for field in ("to", "note"):
        assert f'href="#hand-over-{field}"' in lead.answer.text
    _send(lead, case, "hand-over", to="advisor.web@example.org", note="Ring before ten.")
    assert f"Success {journey.reference} is with Tamsin Rowe now." in lead.follow().words
    assert _last(journey) == ("handed_over", "Ring before ten.", ["handed-over", "new-advisor"])
    lead.open(f"{case}/people")
    assert 'value="advisor.web@example.org"' not in lead.answer.text, "a school cannot be handed to whoever has it"


def test_an_advisor_is_not_asked_to_give_away_a_school_of_somebody_else(
    advisor: Visitor, assessor: Visitor, journey: Journey, case: str
) -> None:
    assert "Hand over to another advisor" not in advisor.open(f"{case}/people").words
    assert "Write to the school" not in assessor.open(f"{case}/messages").words
    assert journey.stage == "purchase"
