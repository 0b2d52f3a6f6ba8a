"""Delivering: real SMTP, a real Maildir, and what happens when they say no or nothing."""

import mailbox
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select, update

from tasks.desk import Desk
from tasks.mail.envelope import Envelope
from tasks.mail.maildir import Maildir
from tasks.mail.mime_message import message_id
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import Journey, name_from_before
from tests.servers import Mailbox
from tests.worlds import world_with
from workflow.queries.certificate_check import Verdict, verify_file
from workflow.store.outbox.claims import Claimed
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail


def owed(journey: Journey) -> dict[str, OwedEffect]:
    with journey.store.reading() as session:
        return {one.name: one for one in session.scalars(select(OwedEffect).order_by(OwedEffect.id))}


def test_an_email_goes_out_over_smtp_with_text_and_html(journey: Journey, smtp: tuple[str, Mailbox]) -> None:
    url, box = smtp
    assert pass_once(world_with(journey.store, mail_server(url)), journey.now) == (0, 2)
    received = message_from_bytes(box.received[0].original_content or b"", policy=policy.default)
    assert box.received[0].rcpt_tos == ["jenna@polwhevral.example.org"]
    assert received["To"] == "Jenna Rowe <jenna@polwhevral.example.org>"
    assert received["Message-ID"] == message_id(
        f"{journey.reference}:1:email:welcome:school_lead", "recognition@example.org"
    )
    text, html = received.get_body(("plain",)), received.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Dear Jenna Rowe" in text.get_content()
    assert ">Dear Jenna Rowe" in html.get_content()


def test_the_maildir_holds_each_email_once_whatever_is_repeated(journey: Journey, world: World, maildir: Path) -> None:
    pass_once(world, journey.now)
    with journey.store.writing() as session:
        for one in session.scalars(select(OwedEffect)):
            one.status = "owed"
        session.query(SentEmail).delete()
    pass_once(world, journey.now)
    assert len(mailbox.Maildir(maildir, create=False)) == 2


def test_a_reader_the_server_refuses_is_dead_at_once_and_the_others_go_out(
    journey: Journey, smtp: tuple[str, Mailbox]
) -> None:
    url, box = smtp
    box.refused = {"jenna@polwhevral.example.org"}
    pass_once(world_with(journey.store, mail_server(url)), journey.now)
    assert owed(journey)["welcome"].status == "dead"
    assert owed(journey)["welcome"].trouble == "The mail server answered 550: no such person."
    assert owed(journey)["new-order"].status == "done"


def test_an_effect_that_was_begun_too_often_is_dead(journey: Journey, world: World) -> None:
    with journey.store.writing() as session:
        for one in session.scalars(select(OwedEffect)):
            one.attempts = 50
    pass_once(world, journey.now)
    assert {one.status for one in owed(journey).values()} == {"dead"}


def test_certificates_are_printed_stored_and_emailed_to_their_owners(
    journey: Journey, world: World, maildir: Path
) -> None:
    journey.to("recognised")
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        certificates = session.scalars(select(Certificate)).all()
        assert {one.name for one in certificates} == {"Ada Pascoe", "Bryn Tregear", "Cara Nance"}
        assert {verify_file(session, one.pdf) for one in certificates} == {Verdict("", ())}
        assert {one.status for one in session.scalars(select(Participant))} == {"recognised"}
        stored = {one.pdf for one in certificates}
    carried = [
        part
        for letter in mailbox.Maildir(maildir, create=False)
        for part in letter.walk()
        if part.get_content_type() == "application/pdf"
    ]
    assert {part.get_payload(decode=True) for part in carried} == stored


def test_a_changed_byte_and_a_changed_name_are_told(journey: Journey, world: World) -> None:
    journey.to("recognised")
    pass_once(world, journey.now)
    with journey.store.writing() as session:
        one, other, *_ = session.scalars(select(Certificate).order_by(Certificate.id)).all()
        assert verify_file(session, one.pdf + b"%").wrong == (
            f"The file is not byte for byte the one we issued: it differs from byte {len(one.pdf) + 1:,} on.",
        )
        forged = update(Certificate).where(Certificate.id == other.id).values(name="Somebody Else", sha256="0" * 64)
        session.execute(forged)
        told = verify_file(session, other.pdf.replace(b"%PDF", b"%PDG", 0) + b"\n").wrong
    assert told[0] == "The name in it is “Bryn Tregear” and we issued “Somebody Else”."


def test_a_name_no_font_can_print_is_dead_with_a_sentence_and_nothing_is_half_written(
    journey: Journey, world: World
) -> None:
    """A name that was entered before names were read as they are now."""
    journey.to("recognised")
    name_from_before(journey, 1, "李")
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        dead = session.scalars(select(OwedEffect).where(OwedEffect.status == "dead")).all()
        assert [one.kind for one in dead] == ["certificate"]
        assert dead[0].trouble.startswith("The name “李” has “李” in it, which the certificate cannot print.")
        assert dead[0].trouble.endswith("Confirm the right name for the certificate, then try this again.")
        assert len(session.scalars(select(Certificate)).all()) == 2


def test_an_effect_that_cannot_be_written_is_dead_and_the_others_go_out(journey: Journey, world: World) -> None:
    """The certificate of somebody who has left since: printing works, writing it down is refused."""
    journey.to("recognised")
    with journey.store.writing() as session:
        first = select(func.min(Participant.id)).scalar_subquery()
        session.execute(update(Participant).where(Participant.id == first).values(status="withdrawn"))
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        dead = session.scalars(select(OwedEffect).where(OwedEffect.status == "dead")).one()
        assert (dead.kind, dead.recipient) == ("certificate", "completed:1")
        assert dead.trouble == "This participant is withdrawn; to recognise it must be completed."
        assert session.scalars(select(OwedEffect).where(OwedEffect.status.in_(("owed", "claimed")))).all() == []


class _Busy(Maildir):
    """A mail folder whose disk takes the first letter only when `go_on` is set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.go_on, self._first = Event(), Event()

    def send(self, envelope: Envelope) -> None:
        if not self._first.is_set():
            self._first.set()
            assert self.go_on.wait(30)
        super().send(envelope)


def test_what_waits_behind_a_letter_that_is_on_its_way_goes_out_in_the_same_pass(
    journey: Journey, maildir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letters that certificates owe are kept in order: nobody may claim them while an elder one is on its way."""
    journey.to("recognised")
    busy, claim = _Busy(maildir), Desk.claim

    def claim_and_tell(desk: Desk) -> list[Claimed]:
        batch = claim(desk)
        if not batch:
            busy.go_on.set()
        return batch

    monkeypatch.setattr(Desk, "claim", claim_and_tell)
    pass_once(world_with(journey.store, busy), journey.now)
    assert busy.go_on.is_set()
    assert {one.status for one in owed(journey).values()} == {"done"}


def test_a_letter_sent_late_tells_the_promise_that_held_when_it_was_owed(journey: Journey, world: World) -> None:
    journey.to("training_1")
    owed_then = journey.now
    journey.now += timedelta(days=40)
    journey.book("training_1")
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        letter = session.scalars(select(SentEmail).where(SentEmail.subject.contains("training comes next"))).one()
    assert owed_then.isoformat().startswith("2025-10-06")
    assert "Monday 20 October 2025" in " ".join(letter.text.split())
