"""Corrections: words, calendar and design; nothing else."""

from pathlib import Path

import pytest

from tests.workflow.usecases.offers.editing import Folder
from workflow.offer.loader import load_offer
from workflow.offer.revisions.corrections import more_than_words

WORDS = [
    ("offer.toml", 'title = "Mentoring, coaching', 'title = "Coaching, mentoring'),
    ("offer.toml", '[[stage]]\nname = "purchase"\ntitle = "', '[[stage]]\nname = "purchase"\ntitle = "The '),
    ("emails/thank-you.md", 'subject = "', 'subject = "Again: '),
    ("emails/thank-you.md", "Dear ", "Hello "),
    (
        "calendar.toml",
        "[[closure]]",
        '[[closure]]\nname = "Flood"\nstart = 2026-11-02\nend = 2026-11-03\n\n[[closure]]',
    ),
    ("certificate.typ", "#", "// Wider.\n#"),
    ("offer.toml", 'reference = "CMC"', 'reference = "CMC"\nbrand = { accent = "#8a3324" }'),
]
THANKS = (
    "The email “thank-you” now goes to “lead_advisor”, “school_lead” and “attended” instead of “school_lead” and "
    "“attended”."
)
RULES = [
    ("offer.toml", 'price = "265.00"', 'price = "300.00"', "The price is now £300.00 instead of £265.00."),
    ("offer.toml", "minimum_staff = 3", "minimum_staff = 4", "The least number of staff is now 4 instead of 3."),
    ("emails/thank-you.md", "to = [", 'to = ["lead_advisor", ', THANKS),
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(("file", "was", "now"), WORDS)
def test_this_may_be_corrected(folder: Folder, file: str, was: str, now: str) -> None:
    before = load_offer(folder.path)
    after = load_offer(folder.change(file, was, now).path)
    assert more_than_words(before, after) == []


@pytest.mark.parametrize(("file", "was", "now", "told"), RULES)
def test_this_may_not(folder: Folder, file: str, was: str, now: str, told: str) -> None:
    before = load_offer(folder.path)
    after = load_offer(folder.change(file, was, now).change("emails/welcome.md", "Dear ", "Hello ").path)
    assert more_than_words(before, after)[0] == told
    assert not any("welcome" in one for one in more_than_words(before, after))


def test_rows_that_change_places_are_no_correction(folder: Folder) -> None:
    before = load_offer(folder.path)
    after = before.model_copy(update={"transitions": before.transitions[::-1]})
    (sentence,) = more_than_words(before, after)
    assert sentence.endswith("stand in another order.")


def test_a_row_more_or_less_is_no_correction(folder: Folder) -> None:
    before = load_offer(folder.path)
    after = before.model_copy(update={"timers": before.timers[1:]})
    assert len(more_than_words(before, after)) == 1
    assert len(more_than_words(after, before)) == 1
