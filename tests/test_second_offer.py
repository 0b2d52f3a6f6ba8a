"""A quite different offer runs from its order to its certificate as a folder of data, with no line of Python for it."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from config.settings import OFFERS
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ADVISOR, ASSESSOR, LEAD, Journey
from tests.mailboxes import letters_in
from tests.workflow.offer.pages import READING
from tests.worlds import installation
from workflow.errors import Refused
from workflow.offer.check import check
from workflow.offer.loader import load_offer
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import participants
from workflow.usecases.participants import Nominee

ROOT = OFFERS.parent.parent
#: A Monday in the offer's own spring term.
ORDERED = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
READER = Nominee("Elowen Trewin", "elowen@polwhevral.example.org", 1)
STAGES = ["sign_up", "self_review", "school_visit", "panel", "mark_awarded"]


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An installation that has this offer and no other."""
    with installation(tmp_path, READING.parent, "reading@example.org", ORDERED) as world:
        yield world


@pytest.fixture
def journey(world: World) -> Journey:
    return Journey(world.store, ORDERED).begin(price="90.00", order="BK-7")


def delivered(world: World, maildir: Path, now: datetime) -> set[tuple[str, str]]:
    """Who was written to about what in this pass."""
    before = {str(one["Message-ID"]) for one in letters_in(maildir)} if maildir.exists() else set()
    pass_once(world, now)
    new = [one for one in letters_in(maildir) if str(one["Message-ID"]) not in before]
    return {(one["To"].addresses[0].addr_spec, str(one["Subject"])) for one in new}


def to_the_panel(journey: Journey) -> Journey:
    complete(journey.nominate((READER,))).meet("visit").fire("report_well", ASSESSOR)
    return journey


def complete(journey: Journey) -> Journey:
    with journey.store.writing() as session:
        participants.move(session, journey.id, READER.email, "complete", actor=ADVISOR, now=journey.now)
    return journey


def confirm_name(journey: Journey, name: str) -> None:
    with journey.store.writing() as session:
        participants.confirm_name(session, journey.id, READER.email, name=name, actor=ADVISOR, now=journey.now)


def test_nothing_is_wrong_with_the_page() -> None:
    assert check(load_offer(READING)) == []


def test_it_runs_from_the_order_to_the_last_stage(journey: Journey) -> None:
    passed = [journey.stage, journey.nominate((READER,)).stage, complete(journey).stage]
    journey.meet("visit").fire("report_well", ASSESSOR)
    passed.append(journey.stage)
    outcome = journey.fire("agree_mark", LEAD)
    assert [*passed, journey.stage] == STAGES
    assert outcome.settled == ("award_mark",)
    assert journey.row.standing == "completed"
    assert journey.reference.startswith("RQM-26-0001-")


def test_its_own_emails_arrive_at_every_step(journey: Journey, world: World, maildir: Path) -> None:
    lead, reader, ref = "jenna@polwhevral.example.org", READER.email, journey.reference
    assert delivered(world, maildir, journey.now) == {
        (lead, f"Welcome to the Reading quality mark ({ref})"),
        ("advisor@example.org", "Reading order in: Polwhevral School"),
    }
    journey.nominate((READER,))
    assert delivered(world, maildir, journey.now) == {(reader, "Your self-review is open")}
    complete(journey)
    assert delivered(world, maildir, journey.now) == {(lead, "The visit comes next")}
    journey.meet("visit").fire("report_not_yet", ASSESSOR, note="Open the library at lunch.")
    assert delivered(world, maildir, journey.now) == {(lead, "After the visit: what to do next")}
    journey.meet("visit").fire("report_well", ASSESSOR)
    assert delivered(world, maildir, journey.now) == {
        (lead, "The visit went well"),
        ("lead_advisor@example.org", f"For the panel: {ref}"),
    }
    journey.fire("agree_mark", LEAD)
    (serial,) = serials_after(world, journey)
    assert {(one["To"].addresses[0].addr_spec, str(one["Subject"])) for one in letters_in(maildir)} >= {
        (lead, "Polwhevral School has the Reading quality mark"),
        (reader, f"Your certificate {serial}"),
    }


def serials_after(world: World, journey: Journey) -> list[str]:
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        return list(session.scalars(select(Certificate.serial)))


def test_a_letter_that_is_sent_late_tells_what_was_promised_when_it_was_owed(
    journey: Journey, world: World, maildir: Path
) -> None:
    complete(journey.nominate((READER,))).book("visit")
    pass_once(world, journey.now)
    (letter,) = (one for one in letters_in(maildir) if one["Subject"] == "The visit comes next")
    (text, _) = written(letter)
    assert "We will offer a date for the reading visit by Monday 9 February 2026." in " ".join(text.split())


def test_its_certificate_is_its_own_and_arrives_with_its_facts(journey: Journey, world: World, maildir: Path) -> None:
    confirm_name(to_the_panel(journey), "Dr Elowen Trewin-Rowe")
    journey.fire("agree_mark", LEAD)
    (serial,) = serials_after(world, journey)
    (letter,) = (one for one in letters_in(maildir) if serial in str(one["Subject"]))
    (attached,) = letter.iter_attachments()
    pdf = PdfReader(io.BytesIO(attached.get_payload(decode=True)))  # type: ignore[arg-type] # typeshed allows for a message inside
    words = " ".join(pdf.pages[0].extract_text().split())
    assert "Dr Elowen Trewin-Rowe" in words
    assert "A Reading Lead" in words
    assert json.loads(pdf.attachments["recognition.json"][0]) == {
        "serial": serial,
        "name": "Dr Elowen Trewin-Rowe",
        "phase": "1 A Reading Lead",
        "school": "Polwhevral School",
        "title": "Reading quality mark",
        "issued_on": "2026-02-02",
        "valid_until": "2028-02-02",
    }


def test_nothing_is_left_owed_and_nobody_is_written_to_in_another_offers_name(
    journey: Journey, world: World, maildir: Path
) -> None:
    to_the_panel(journey).fire("agree_mark", LEAD)
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        assert set(session.scalars(select(OwedEffect.status))) == {"done"}
    for letter in letters_in(maildir):
        whole = " ".join([*map(str, letter.values()), *written(letter)])
        assert letter["From"].addresses[0].display_name.startswith("Trelantic Council")
        assert letter["Reply-To"] == "reading@example.org"
        assert not re.search(r"(?i)leadership|mentor|coach|Cornwall", whole)


def written(letter: EmailMessage) -> list[str]:
    """The text and the HTML of a letter, without what is attached to it."""
    return [str(part.get_content()) for part in letter.walk() if part.get_content_maintype() == "text"]


def test_its_guards_use_its_own_numbers_and_titles(journey: Journey) -> None:
    complete(journey.nominate((READER,)))
    with pytest.raises(Refused) as refused:
        journey.fire("report_well", ASSESSOR)
    assert str(refused.value) == (
        "Not held since the last judgement: The reading visit. The advisor can record that the meeting took place."
    )


def test_the_price_is_its_own(world: World) -> None:
    journey = Journey(world.store, ORDERED).begin(price="265.00").nominate((READER,))
    assert journey.stage == "sign_up"
    with pytest.raises(Refused) as refused:
        journey.fire("open_self_review")
    assert str(refused.value) == (
        "The order shows £265.00 and the price is £90.00. The lead advisor can agree it or ask the school to correct "
        "the order."
    )


def test_its_timers_run_on_its_own_calendar(journey: Journey, world: World, maildir: Path) -> None:
    delivered(world, maildir, journey.now)
    assert delivered(world, maildir, datetime(2026, 2, 5, 8, 29, tzinfo=UTC)) == set()
    nudged = delivered(world, maildir, datetime(2026, 2, 5, 8, 30, tzinfo=UTC))
    assert nudged == {("jenna@polwhevral.example.org", "Who leads reading at Polwhevral School?")}
    pass_once(world, datetime(2026, 3, 9, 8, 29, tzinfo=UTC))
    assert journey.row.standing == "active"
    pass_once(world, datetime(2026, 3, 9, 8, 30, tzinfo=UTC))
    assert (journey.stage, journey.row.standing) == ("sign_up", "lapsed")


def test_a_pause_moves_its_timers(journey: Journey, world: World, maildir: Path) -> None:
    delivered(world, maildir, journey.now)
    journey.fire("pause_reading", note="The school has moved.")
    paused = delivered(world, maildir, datetime(2026, 2, 6, 12, 0, tzinfo=UTC))
    assert paused == {("jenna@polwhevral.example.org", f"Paused: {journey.reference}")}
    journey.now = datetime(2026, 2, 9, 10, 0, tzinfo=UTC)
    journey.fire("unpause_reading")
    assert delivered(world, maildir, datetime(2026, 2, 12, 8, 29, tzinfo=UTC)) == set()
    assert len(delivered(world, maildir, datetime(2026, 2, 12, 8, 30, tzinfo=UTC))) == 1


def test_the_certificate_ends_two_years_on() -> None:
    terms = load_offer(READING).certificate
    assert terms is not None
    assert terms.valid_until(datetime(2028, 2, 29, tzinfo=UTC)) == datetime(2030, 2, 28, tzinfo=UTC)
