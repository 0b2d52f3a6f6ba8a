"""A certificate is looked at as it is printed in earnest, with “SPECIMEN” across it."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from config.settings import OFFERS
from tests.test_layout import ROOT
from tests.workflow.offer.pages import Edit, edited_offer
from tests.workflow.preview.test_letters import SEPTEMBER
from workflow.errors import BadInput, NotFound
from workflow.offer.loader import load_offer
from workflow.preview.certificate import preview_certificate
from workflow.preview.made_up import MadeUp


def test_it_is_made_out_to_somebody_made_up_at_the_phase_that_is_asked_for() -> None:
    about = MadeUp(load_offer(OFFERS / "mentoring-2026-09"), SEPTEMBER)
    words = PdfReader(io.BytesIO(preview_certificate(about, "pdf", 2))).pages[0].extract_text()
    for said in ("Elowen Angove", "Pendrea Primary School", "An Advanced Mentor and Coach", "3 September 2025"):
        assert said in words
    assert "SPECIMEN" in words
    assert preview_certificate(about, "png").startswith(b"\x89PNG")


def test_an_offer_without_certificates_has_none_to_show() -> None:
    about = MadeUp(load_offer(ROOT / "tests" / "offers" / "pledge-2026-01"), SEPTEMBER)
    with pytest.raises(NotFound):
        preview_certificate(about, "pdf")


def test_a_design_that_cannot_be_printed_says_why(tmp_path: Path) -> None:
    about = MadeUp(edited_offer(tmp_path, Edit("certificate.typ", None, "#no-such-function()")), SEPTEMBER)
    with pytest.raises(BadInput, match="cannot be printed"):
        preview_certificate(about, "pdf")
