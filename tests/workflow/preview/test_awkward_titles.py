"""Whatever an offer calls itself, its stages and its meetings, every sentence of its emails is English."""

import re
from datetime import date

import pytest

from tests.offers.together import FOLDERS
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer
from workflow.preview.letters import preview_emails
from workflow.preview.made_up import MadeUp

AWKWARD = ("An appointment", "The review", "Follow-up visits", "QA visit", "A day of Trainings")
WRONG = {
    "an article behind a determiner": r"\b(?:the|a|an|our|your|their|its|this)\s+(?:the|a|an|our|your)\b",
    "a capital article in mid-sentence": r"[a-z,;]\s+(?:The|A|An)\s+(?:review|appointment|day)\b",
    "the wrong article": r"\ba\s+appointment\b|\ban\s+(?:review|day|follow|visit)\b",
    "one verb for many": r"(?:^|[.!?] )(?:The )?Follow-up visits(?: for [\w ]+?)? (?:is|has|was|lasts|goes)\b",
}


def called(offer: Offer, title: str) -> Offer:
    """The offer with every name that people read called so."""
    return offer.model_copy(
        update={
            "offer": offer.offer.model_copy(update={"title": title}),
            "stages": tuple(one.model_copy(update={"title": title}) for one in offer.stages),
            "appointments": tuple(one.model_copy(update={"title": title}) for one in offer.appointments),
            "phases": tuple(one.model_copy(update={"title": title}) for one in offer.phases),
        }
    )


@pytest.mark.parametrize("title", AWKWARD)
@pytest.mark.parametrize("code", FOLDERS)
def test_every_email_reads_well_with_any_title(code: str, title: str) -> None:
    offer = called(load_offer(FOLDERS[code]), title)
    written = 0
    for email in preview_emails(MadeUp(offer, date(2026, 9, 3))):
        for letter in (one.letter for one in email.letters if one.letter):
            written += 1
            html = re.sub(r"<[^>]+>", " ", re.sub(r"</(?:p|li|td|h\d)>", ". ", letter.rendered.html))
            paragraphs = (" ".join(one.split()) for one in letter.rendered.text.split("\n\n"))
            for words in (letter.rendered.subject, *paragraphs, " ".join(html.split())):
                for wrong, pattern in WRONG.items():
                    found = re.search(pattern, words)
                    assert found is None, (email.name, wrong, words[max(found.start() - 40, 0) : found.end() + 20])
    assert written
