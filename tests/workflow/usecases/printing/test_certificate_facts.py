"""The handbook of an offer's folder names every fact that a certificate's template gets, and no other."""

from pathlib import Path

import pytest
import typst

from tests.workflow.usecases.printing.test_printer import printed
from workflow.domain.look import Look
from workflow.offer.words.vocabulary import CERTIFICATE_FACTS
from workflow.usecases.printing.printer import Printer


def test_the_facts_that_a_template_gets_are_those_that_have_a_meaning(tmp_path: Path) -> None:
    asks = tmp_path / "asks.typ"
    asks.write_text('#panic("facts " + sys.inputs.keys().sorted().join(" ") + " end")', encoding="utf-8")
    look = Look("Kernow Council", header="#123456", accent="#654321")
    with pytest.raises(typst.TypstError) as stopped:
        Printer().certificate(str(asks), printed("Elowen Trewin"), "http://localhost:8000/verify/1", look)
    told = str(stopped.value).partition("facts ")[2].partition(" end")[0]
    assert told.split() == sorted(CERTIFICATE_FACTS)
