"""Every email of every offer is written as each of its readers would get it, about a school that is made up."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.test_layout import ROOT
from tests.workflow.offer.pages import READING, Edit, edited_offer
from workflow.domain.look import USUAL, Look
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer
from workflow.preview.letters import PreviewedEmail, PreviewedLetter, preview_emails
from workflow.preview.made_up import MadeUp

FOLDERS = (OFFERS / "mentoring-2026-09", READING, *sorted((ROOT / "tests" / "offers").glob("*-*")))
SEPTEMBER = date(2025, 9, 3)


def previewed(offer: Offer, look: Look = USUAL) -> dict[str, PreviewedEmail]:
    return {one.name: one for one in preview_emails(MadeUp(offer, SEPTEMBER), look)}


@pytest.fixture
def mentoring() -> Offer:
    return load_offer(OFFERS / "mentoring-2026-09")


def every(found: dict[str, PreviewedEmail]) -> Iterator[PreviewedLetter]:
    return (letter for email in found.values() for letter in email.letters)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_email_is_written_to_somebody_and_says_when_it_is_sent(folder: Path) -> None:
    offer = load_offer(folder)
    found = previewed(offer)
    assert set(found) == set(offer.emails)
    assert [one.name for one in found.values() if not one.letters or not one.sent] == []
    assert [one.trouble for one in every(found) if one.trouble] == []
    assert [one for one in every(found) if one.letter and "{{" in one.letter.rendered.text] == []


def test_each_reader_gets_a_letter_of_their_own(mentoring: Offer) -> None:
    told = previewed(mentoring)["meeting-booked"]
    assert [one.reader for one in told.letters] == [
        "the school lead",
        "the deputy",
        "somebody who takes part",
        "the advisor",
    ]
    assert len({one.letter.to_email for one in told.letters if one.letter}) == 4
    assert all(one.letter.invitation for one in told.letters if one.letter)


def test_a_timer_that_goes_higher_is_read_by_those_whom_it_names(mentoring: Offer) -> None:
    overdue = previewed(mentoring)["overdue"]
    assert [one.reader for one in overdue.letters] == ["the school lead", "the head"]
    assert overdue.sent[2] == "10 school days after the day by which the school is to act"


def test_what_is_promised_falls_on_a_real_day(mentoring: Offer) -> None:
    (welcome,) = previewed(mentoring)["welcome"].letters
    assert welcome.letter is not None
    assert "Wednesday 17 September 2025" in " ".join(welcome.letter.rendered.text.split())


def test_several_reminders_become_the_one_email_that_they_become_in_earnest(mentoring: Offer) -> None:
    digest = previewed(mentoring)[mentoring.policy.digest or ""]
    school = next(one for one in digest.letters if one.reader == "the school lead")
    assert school.letter is not None
    assert school.letter.rendered.text.count("• Pendrea Primary School") == 2


def test_an_offer_that_is_nowhere_kept_is_written_with_its_own_words(mentoring: Offer) -> None:
    other = mentoring.emails["welcome"].model_copy(update={"subject": "Hello {{ name }}, this is a draft"})
    draft = mentoring.model_copy(update={"emails": {**mentoring.emails, "welcome": other}})
    (welcome,) = previewed(draft)["welcome"].letters
    assert welcome.letter is not None
    assert welcome.letter.rendered.subject == "Hello Morwenna Tregear, this is a draft"


def test_a_council_s_colours_are_those_of_its_letters(mentoring: Offer) -> None:
    (welcome,) = previewed(mentoring, Look(accent="#7a1f5c"))["welcome"].letters
    assert welcome.letter is not None
    assert "#7a1f5c" in welcome.letter.rendered.html


def test_a_placeholder_without_a_value_is_told_beside_its_reader(tmp_path: Path) -> None:
    offer = edited_offer(tmp_path, Edit("emails/welcome.md", "{{ promise_by }}", "{{ meeting_when }}"))
    (welcome,) = previewed(offer)["welcome"].letters
    assert welcome.letter is None
    assert welcome.trouble == "There is no value for {{ meeting_when }} when an order comes in."
