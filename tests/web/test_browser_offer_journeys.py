"""Every offer from its order to where it leads, in a real browser, with nothing but the pages.

Who does what, and where, is read from the pages. Written here is what no page asks for, and what came of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.offers.test_every_step import GATE, ROUND
from tests.offers.together import FOLDERS
from tests.offers.walk import BACK
from tests.records import Files
from tests.suite_size import SIZE
from tests.web.journeys.installation import installation
from tests.web.journeys.walk import Walk, walk
from workflow.offer.loader import load_offer

_ALL_SENT = timedelta(days=4)


class Led(NamedTuple):
    """`passed` are the stages it came to; `letters` how many came to whom; `certificates` how many are in force."""

    passed: list[str]
    letters: dict[str, int]
    certificates: int = 0


LED = {
    "library": Led(
        ["joining", *ROUND * 2, "given_up"],
        {"Jenna Rowe": 7, "Ada Pascoe": 2, "The advisor": 1, "The lead_advisor": 2, "Denzil Hocking": 2},
        certificates=2,
    ),
    "mentoring": Led(
        list(load_offer(FOLDERS["mentoring"]).stage),
        {
            "Jenna Rowe": 29,
            **dict.fromkeys(("Ada Pascoe", "Bryn Tregear", "Cara Nance"), 12),
            "The advisor": 18,
            "The lead_advisor": 1,
            "Denzil Hocking": 1,
        },
        certificates=3,
    ),
    "pledge": Led(["pledged", "listed"], {"Jenna Rowe": 2}),
    "gate": Led(GATE, {"Jenna Rowe": 10}),
}
#: What a lead advisor says of it at a stage though no page asks for it, each time that it stands there.
SAID: Mapping[str, Mapping[str, Sequence[str | None]]] = {**BACK, "library": {"mark_held": (None, "give_up_the_mark")}}


@pytest.fixture
def walked(request: pytest.FixtureRequest, files: Files, tmp_path: Path, browser: Browser) -> Iterator[Walk]:
    with installation(request.param, files, tmp_path) as there, walk(there, browser) as one:
        yield one


def came(walked: Walk) -> Counter[str]:
    """How many letters to whom, but for those that let somebody in."""
    letters = [one for one in walked.there.letters if not str(one["Subject"]).startswith("Your link to")]
    return Counter(str(one["To"]).partition(" <")[0] for one in letters)


@pytest.mark.parametrize(("walked", "code"), [(code, code) for code in SIZE.browsed], indirect=["walked"])
def test_it_leads_where_its_page_says(walked: Walk, code: str) -> None:
    stages = {stage.title: stage.name for stage in walked.there.offer.stages}
    said = {stage: iter(words) for stage, words in SAID.get(code, {}).items()}
    for title in walked.goes_on():
        if words := next(said.get(stages[title], iter(())), None):
            walked.says(words)
    assert [stages[title] for title in walked.passed] == LED[code].passed
    assert walked.advisor.standing == "Completed"
    walked.there.until(walked.there.clock.now + _ALL_SENT)
    walked.advisor.looks_everywhere()
    walked.school.looks_everywhere()
    walked.school.look()
    assert "You have come to the end of the journey. Nothing more is due." in walked.school.words()
    assert walked.advisor.letters() == came(walked) == LED[code].letters
    assert "Nothing is on the way." in walked.advisor.words()
    assert len(walked.school.certificates()) == LED[code].certificates
    checks = walked.school.page.locator("footer a", has_text="Check a certificate")
    assert bool(checks.count()) == bool(LED[code].certificates)
