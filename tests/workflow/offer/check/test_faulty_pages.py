"""What a council’s own people could really write wrongly: each fault is one sentence, with its line."""

from pathlib import Path

import pytest

from tests.workflow.offer.check.faulty_journeys import JOURNEYS
from tests.workflow.offer.check.faulty_promises import PROMISES
from tests.workflow.offer.check.faulty_terms import TERMS
from tests.workflow.offer.lines import line_told, lines_touched
from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited
from workflow.offer.check.on_disk import prove

OTHERS = Path(__file__).parents[3] / "offers"
FAULTY = JOURNEYS | PROMISES | TERMS
SOUND = [MENTORING, READING, *(page.parent for page in sorted(OTHERS.glob("*/offer.toml")))]
#: Where a fault shows in another table than the one that made it: what stands on the line that is told.
ELSEWHERE = {
    "a hold that nobody ends": 'standing = { from = ["active"], to = "on_hold" }',
    "a hold that ends at some stages only": 'standing = { from = ["active"], to = "on_hold" }',
    "an approval that nothing waits for": 'records = { approval = "evidence" }',
    "outputs of a meeting that writes none down": '{ outputs_recorded = "follow_up_1" }',
    "a timer that asks for a note": 'trigger = "lapse"',
    "a refund of which the policy says nothing": "refund = true",
    "a certificate that nobody gets": "[certificate]",
    "a lapse without a warning": "[[timer]]",
}


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_is_one_sentence_with_its_line(name: str, tmp_path: Path) -> None:
    folder, faulty = edited(tmp_path, *FAULTY[name].edits), FAULTY[name]
    (found,) = prove(folder)
    assert found.sentence == faulty.sentence
    first, *_ = faulty.edits
    assert found.where.startswith(first.file)
    if first.file == PAGE:
        assert line_told(found.where) in lines_touched(first) or name in ELSEWHERE
    if name in ELSEWHERE:
        assert ELSEWHERE[name] in (folder / PAGE).read_text(encoding="utf-8").split("\n")[line_told(found.where) - 1]


@pytest.mark.parametrize("folder", SOUND, ids=lambda folder: folder.name)
def test_nothing_is_said_of_a_page_that_is_sound(folder: Path) -> None:
    assert prove(folder) == []


def test_a_placeholder_is_told_with_its_line_in_the_email(tmp_path: Path) -> None:
    folder = edited(tmp_path, Edit("emails/welcome.md", "Thank you for choosing", "{{ note }} Thank you for choosing"))
    (found,) = prove(folder)
    line = (folder / "emails" / "welcome.md").read_text(encoding="utf-8").split("\n")[line_told(found.where) - 1]
    assert line.startswith("{{ note }} Thank you")


def test_there_are_more_than_thirty_kinds() -> None:
    assert len(FAULTY) == len(JOURNEYS) + len(PROMISES) + len(TERMS) > 30
