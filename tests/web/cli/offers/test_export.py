"""The journey in notations of others, at the console."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.web.cli.conftest import Typist
from tests.workflow.offer.pages import PAGE, READING, Edit, edited
from workflow.offer.export.notations import NOTATIONS


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_journey_is_written_to_standard_output(bare: Typist, notation: str) -> None:
    said = bare.do("offer", "export", "mentoring-2026-09", "--as", notation)
    assert "Quality assurance visit" in said
    assert ET.fromstring(said.encode()).tag.startswith("{http://")  # noqa: S314 (our own words)
    assert said == bare.do("offer", "export", "--as", notation)


def test_a_folder_need_not_be_installed(bare: Typist) -> None:
    assert "Mark awarded" in bare.do("offer", "export", str(READING), "--as", "bpmn")
    assert "Mark awarded" in bare.do("offer", "diagram", str(READING))


def test_a_folder_with_mistakes_is_refused_with_each_of_them(bare: Typist, tmp_path: Path) -> None:
    folder = edited(tmp_path, Edit(PAGE, 'to = "training_1"', 'to = "training_one"'))
    result = bare.type("offer", "export", str(folder), "--as", "bpmn")
    assert (result.exit_code, result.stdout) == (6, "")
    assert 'There is no stage called "training_one"' in " ".join(result.stderr.split())


def test_a_notation_nobody_writes_is_refused_with_those_that_are(bare: Typist) -> None:
    result = bare.type("offer", "export", "mentoring", "--as", "visio")
    assert result.exit_code == 2
    assert all(f"'{one}'" in result.stderr for one in NOTATIONS)


def test_an_offer_that_is_not_installed_is_not_found(bare: Typist) -> None:
    result = bare.type("offer", "export", "reading", "--as", "scxml")
    assert (result.exit_code, result.stdout) == (5, "")
