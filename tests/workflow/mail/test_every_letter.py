"""No letter tells its reader to ask themselves, and each says who it is from and where to find help."""

import re

import pytest

from config.settings import OFFERS
from tests.workflow.mail.every_letter import ADVISOR, CONTACT, STAFF, TELEPHONE, Read, every_letter, letter
from workflow.domain.effects import Recipient
from workflow.offer.loader import load_offer

OFFER = load_offer(OFFERS / "mentoring-2026-09")
LETTERS = [pytest.param(one, id=one.id) for one in every_letter(OFFER)]
#: What only somebody at a school may be told to do.
FOR_SCHOOLS = re.compile(
    r"(your|the|lead) advisor\b|reply to this email|write to|telephone|" + re.escape(CONTACT), re.IGNORECASE
)


def body(read: Read) -> str:
    """The words below the greeting, on one line, without what is printed on a certificate."""
    greeting, _, rest = read.letter.rendered.text.partition("\n\n")
    assert greeting == f"Dear {read.letter.to_name},"
    return " ".join(rest.split()).replace(f"Dr {read.letter.to_name}", "")


@pytest.mark.parametrize("read", LETTERS)
def test_no_letter_tells_its_reader_to_ask_themselves(read: Read) -> None:
    words = body(read)
    told_about = read.letter.to_name == STAFF and "participant" in OFFER.emails[read.email].placeholders
    assert read.letter.to_name not in words or told_about
    assert read.letter.to_email not in words
    if read.recipient.at_council:
        assert not FOR_SCHOOLS.search(words)
    else:
        assert "ask a colleague" not in words


@pytest.mark.parametrize("read", LETTERS)
def test_a_school_is_told_a_name_a_telephone_and_where_to_reply_and_the_council_is_not(read: Read) -> None:
    signature = read.letter.rendered.text.rpartition("Kind regards,\n\n")[2]
    team = "Cornwall Council leadership recognition team"
    own = (
        "" if read.recipient.at_council else f"{ADVISOR}\n",
        "" if read.recipient.at_council else (f"\nTelephone: {TELEPHONE}\nEmail: {CONTACT}"),
    )
    assert signature == f"{own[0]}{team}{own[1]}\n"
    assert read.letter.reply_to == CONTACT


def test_without_a_telephone_none_is_told() -> None:
    told = letter(OFFER, "welcome", Recipient("school_lead"), telephone="").rendered.text
    assert "elephone" not in told
    assert f"{ADVISOR}\n" in told


@pytest.mark.parametrize(
    ("name", "recipient", "places"),
    [
        ("we-are-late", Recipient("advisor", 1), ["/engagement/CMC-26-0001-K", "/engagement/CMC-26-0002-K"]),
        ("meeting-soon", Recipient("advisor"), [f"/engagement/CMC-26-000{one}-K/meetings" for one in (1, 2)]),
        ("please-phone", Recipient("lead_advisor", 2), ["/engagement/CMC-26-0001-K", "/engagement/CMC-26-0002-K"]),
    ],
)
def test_several_reminders_lead_each_to_its_place(name: str, recipient: Recipient, places: list[str]) -> None:
    rendered = letter(OFFER, name, recipient, others=1).rendered
    base = "https://recognition.example.org/advisor"
    assert re.findall(r'• <a href="([^"]+)"', rendered.html) == [f"{base}{place}" for place in places]
    assert all(f"\n{base}{place}\n" in rendered.text for place in places)
