"""Letters as they go out: plain enough for every relay, and told apart from what a person wrote."""

import mailbox
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from sqlalchemy import select

from tasks.mail.mime_message import as_bytes
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ADVISOR, Journey
from tests.servers import Mailbox
from tests.worlds import world_with
from workflow.mail.letters import Letter
from workflow.offer.emails.email_template import Rendered
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import advisors

NOW = datetime(2025, 10, 6, 10, 0, tzinfo=UTC)
_SAFE = ("7bit", "quoted-printable", "base64")
#: RFC 5321, 4.5.3.1.6, without the two that end it.
_LONGEST_LINE = 998
WORDS = {
    "plain": "Dear Jenna,\n\nWelcome.\n",
    "beyond ASCII": "Żółć, “李小龍” – 👩‍🏫\n" * 50,
    "one long line": "é" * 5_000,
    "what a relay may take for the end": ".\n..\nFrom here on\n=\n=3D\n",
    "blanks at the end": "Dear Jenna   \t\n",
    "lines ended otherwise": "a\r\nb\rc\nd",
}


def letter(text: str, **more: object) -> Letter:
    rendered = Rendered("Termin für “李小龍”", text, f"<p>{text}</p>")
    return Letter("Jenna Rowé", "jenna@example.org", "offer@example.org", "Council", rendered, **more)  # type: ignore[arg-type] # whatever a test gives


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"certificate": bytes(range(256)) * 20, "file_name": "certificate-2222.pdf"},
        {"invitation": "BEGIN:VCALENDAR\r\nSUMMARY:Żółć 李\r\nEND:VCALENDAR\r\n".encode(), "method": "REQUEST"},
    ],
    ids=["alone", "with a certificate", "with an invitation"],
)
def test_a_relay_that_knows_seven_bits_can_pass_every_letter_on(text: str, more: dict[str, object]) -> None:
    built = as_bytes(letter(text, **more), "<1@example.org>", "recognition@example.org", NOW)
    assert built.isascii()
    assert b"\x00" not in built
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", built)
    assert max(map(len, built.split(b"\r\n"))) <= _LONGEST_LINE
    parts = [part for part in message_from_bytes(built).walk() if not part.is_multipart()]
    assert {part["Content-Transfer-Encoding"] for part in parts} <= set(_SAFE)


def _sent(box: Mailbox) -> list[Message]:
    return [message_from_bytes(one.original_content or b"") for one in box.received]


def _may_be_answered_by_a_program(message: Message) -> bool:
    """As RFC 3834 and Exchange have it."""
    suppressed = set((message["X-Auto-Response-Suppress"] or "").replace(",", " ").split())
    return message["Auto-Submitted"] in (None, "no") or not {"OOF", "AutoReply"} <= suppressed


def test_no_program_answers_what_a_program_sent(journey: Journey, smtp: tuple[str, Mailbox]) -> None:
    """Reminders, dates and certificates among them; whether a letter could not be delivered is still told."""
    url, box = smtp
    pass_once(world_with(journey.to("recognised").store, mail_server(url)), journey.now)
    journey.now += timedelta(days=400)
    pass_once(world_with(journey.store, mail_server(url)), journey.now)
    assert len(box.received) > 20
    assert [one["Subject"] for one in _sent(box) if _may_be_answered_by_a_program(one)] == []
    assert not any("NDR" in re.split(r"\W+", one["X-Auto-Response-Suppress"]) for one in _sent(box))


def test_what_an_advisor_wrote_may_be_answered_by_anything(journey: Journey, smtp: tuple[str, Mailbox]) -> None:
    """That the head is away until Monday is what its writer has to know."""
    url, box = smtp
    world = world_with(journey.store, mail_server(url))
    pass_once(world, journey.now)
    before = len(box.received)
    with journey.store.writing() as session:
        advisors.write_to_school(session, journey.id, "Could we talk on Friday?", actor=ADVISOR, now=journey.now)
    pass_once(world, journey.now)
    (written,) = _sent(box)[before:]
    assert written["Auto-Submitted"] is None
    assert written["X-Auto-Response-Suppress"] is None


def _report(to: Message) -> EmailMessage:
    """That a letter could not be delivered."""
    report = EmailMessage()
    report["From"], report["To"], report["In-Reply-To"] = "mailer-daemon@example.org", to["From"], to["Message-ID"]
    report["Subject"], report["Auto-Submitted"] = "Undelivered mail returned to sender", "auto-replied"
    report.set_content("550 no such person")
    return report


def _out_of_office(to: Message) -> EmailMessage:
    """From a program that knows no rules."""
    away = EmailMessage()
    away["From"], away["To"], away["In-Reply-To"] = to["To"], to["Reply-To"], to["Message-ID"]
    away["Subject"] = f"Out of office: {to['Subject']}"
    away.set_content("Back on Monday.")
    return away


def test_what_comes_back_is_answered_by_nobody(journey: Journey, world: World, maildir: Path) -> None:
    """Not even where it lands in the folder that letters go out to."""
    pass_once(world, journey.now)
    box = mailbox.Maildir(maildir, create=False)
    for sent in list(box):
        box.add(_report(sent))
        box.add(_out_of_office(sent))
    letters = Counter(one["Message-ID"] for one in box)
    for _ in range(3):
        journey.now += timedelta(seconds=10)
        pass_once(world, journey.now)
    assert Counter(one["Message-ID"] for one in mailbox.Maildir(maildir, create=False)) == letters
    with journey.store.reading() as session:
        assert {one.status for one in session.scalars(select(OwedEffect))} == {"done"}
