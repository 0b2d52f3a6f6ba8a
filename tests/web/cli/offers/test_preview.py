"""An offer in one file, at the console: of one that is installed, and of a folder that somebody is still writing."""

import re
from pathlib import Path

from tests.web.cli.conftest import Typist
from tests.workflow.offer.pages import PAGE, READING, Edit, edited

_ELSEWHERE = re.compile(r"""(?:src|href)=["'](?!data:|#)|@import|url\(""")


def test_it_holds_everything_there_is_to_see_and_asks_for_no_other_file(bare: Typist) -> None:
    said = bare.do("offer", "preview", "mentoring-2026-09", "--on", "2025-09-03")
    for words in (
        "The page is sound: the checker finds nothing.",
        ": tell us who is taking part",
        '<time datetime="2025-10-15">Wednesday 15 October 2025</time>',
        "data:image/svg+xml;base64,",
        "data:application/pdf;base64,",
    ):
        assert words in said
    assert not _ELSEWHERE.search(said)


def test_a_folder_with_a_fault_is_shown_with_the_way_that_shows_it(bare: Typist, tmp_path: Path) -> None:
    folder = edited(tmp_path, Edit("emails/qa-met.md", "{{ school }}", "{{ meeting_when }}"))
    said = bare.do("offer", "preview", str(folder))
    assert (
        "The email “qa-met” to the school_lead has no value for {{ meeting_when }} when “record_qa_met” is fired"
        in said
    )
    assert "There is no value for {{ meeting_when }}" in said


def test_an_offer_without_certificates_shows_none(bare: Typist) -> None:
    assert "data:application/pdf" in bare.do("offer", "preview", str(READING))
    assert "<h2>The certificate</h2>" not in bare.do("offer", "preview", "tests/offers/pledge-2026-01")


def test_a_folder_that_cannot_be_read_says_what_to_mend(bare: Typist, tmp_path: Path) -> None:
    folder = edited(tmp_path, Edit(PAGE, 'to = "training_1"', 'to = "training_one"'))
    result = bare.type("offer", "preview", str(folder))
    assert (result.exit_code, result.stdout) == (6, "")
