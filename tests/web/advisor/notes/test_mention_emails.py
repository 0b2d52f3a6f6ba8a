"""An email tells a colleague of a note that mentions them: once, without its words, unless they want none."""

from pathlib import Path

from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import Journey
from tests.web.advisor.account.test_settings import change as change_settings
from tests.web.advisor.notes.test_notes import write
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.user import User
from workflow.usecases.notes.mention_letters import AT_MOST

_TOLD = select(OwedEffect).where(OwedEffect.name == "mentioned").order_by(OwedEffect.id)


def _owed(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return [one.recipient for one in session.scalars(_TOLD)]


def test_one_email_goes_out_with_the_address_of_the_note_and_not_its_words(
    advisor: Visitor, journey: Journey, case: str, tmp_path: Path
) -> None:
    write(advisor, f"{case}/notes", "@Denzil Hocking, they seem short of money.")
    pass_once(world_with(journey.store, mail_server(f"maildir:{tmp_path}")), journey.now)
    with journey.store.reading() as session:
        sent = session.scalars(
            select(SentEmail)
            .join(OwedEffect, OwedEffect.id == SentEmail.outbox_id)
            .where(OwedEffect.name == "mentioned")
        ).one()
    assert (sent.to_email, sent.subject) == ("lead_advisor.web@example.org", "A note on Polwhevral School mentions you")
    assert f"Read the note:\nhttp://127.0.0.1:8000{case}/notes/1" in sent.text
    assert "money" not in sent.text


def test_a_note_that_is_changed_tells_only_whom_it_did_not_tell_before(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    note = f"{case}/notes/1"
    write(advisor, f"{case}/notes", "@Denzil Hocking, ring them.")
    for text in ("Nobody.", "@Denzil Hocking and @Hedra Vos, ring them."):
        fields = advisor.open(note).fields(f'action="{note}"')
        advisor.post(note, fields | {"text": text, "shown_to": "council"})
        assert advisor.answer.status_code == 303
    assert len(_owed(journey)) == len(set(_owed(journey))) == 2


def test_whoever_wants_none_gets_none_and_finds_the_note_on_their_page(
    advisor: Visitor, lead: Visitor, journey: Journey, case: str
) -> None:
    change_settings(lead, shortcuts="on", mentions="off")
    assert 'value="off" checked' in lead.open("/advisor/settings").answer.text
    write(advisor, f"{case}/notes", "@Denzil Hocking, ring them.")
    assert _owed(journey) == []
    assert "@Denzil Hocking, ring them." in lead.open("/advisor/mentions").words


def test_one_note_writes_to_so_many_and_no_more(advisor: Visitor, journey: Journey, case: str) -> None:
    with journey.store.writing() as session:
        for number in range(AT_MOST + 3):
            session.add(User(
                email=f"c{number}@example.org", name=f"Colleague Number{number:02}", role="advisor", password_hash="-",
                created_at=journey.now,
            ))  # fmt: skip
    text = " ".join(f"@Colleague Number{number:02}" for number in range(AT_MOST + 3))
    write(advisor, f"{case}/notes", text)
    assert advisor.answer.status_code == 303
    assert len(_owed(journey)) == AT_MOST


def test_a_step_that_is_taken_back_says_nothing_of_it(advisor: Visitor, journey: Journey, case: str) -> None:
    write(advisor, f"{case}/notes", "@Denzil Hocking, ring them.")
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-12-03"})
    with journey.store.reading() as session:
        assert [one.seq for one in session.scalars(_TOLD)] == [1]
    assert "mentioned" not in advisor.open(f"{case}/undo/").words
