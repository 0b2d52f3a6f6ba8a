"""Every fault that was put into the page on purpose is found, in a sentence; in the page as it is, none is."""

from pathlib import Path

import pytest

from tests.workflow.offer.check.broken_offers import BROKEN, Broken
from tests.workflow.offer.check.broken_words import MORE_BROKEN
from tests.workflow.offer.lines import line_told
from tests.workflow.offer.pages import MENTORING, READING, edited
from workflow.errors import BadInput
from workflow.offer.check import check
from workflow.offer.check.on_disk import prove
from workflow.offer.loader import load_offer

ALL = BROKEN | MORE_BROKEN


def found(folder: Path) -> list[str]:
    """What is said of an offer, whether it can be read or not."""
    try:
        return check(load_offer(folder))
    except BadInput as refused:
        return [problem.sentence for problem in refused.problems]


@pytest.mark.parametrize("broken", ALL.values(), ids=ALL)
def test_what_was_broken_is_told(broken: Broken, tmp_path: Path) -> None:
    assert broken.sentence in found(edited(tmp_path, *broken.edits))


@pytest.mark.parametrize("broken", ALL.values(), ids=ALL)
def test_each_fault_is_told_with_its_line(broken: Broken, tmp_path: Path) -> None:
    for problem in prove(edited(tmp_path, *broken.edits)):
        assert line_told(problem.where) or problem.where.startswith("emails/"), problem


def test_there_are_at_least_forty() -> None:
    assert len(ALL) == len(BROKEN) + len(MORE_BROKEN) >= 40
    assert len({broken.sentence for broken in ALL.values()}) == len(ALL)


@pytest.mark.parametrize("folder", [MENTORING, READING], ids=lambda folder: folder.name)
def test_nothing_is_said_of_a_page_that_is_sound(folder: Path) -> None:
    assert found(folder) == []
