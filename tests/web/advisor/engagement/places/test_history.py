"""The history of one engagement, a page at a time."""

import re

from tests.journeys import Journey
from tests.web.advisor.engagement.places.letters import write
from tests.web.visitor import Visitor
from workflow.queries.history import PAGE


def _events(visitor: Visitor, page: str) -> list[int]:
    return [int(number) for number in re.findall('id="event-([0-9]+)"', visitor.open(page).answer.text)]


def test_every_event_stands_on_one_page_and_the_newest_come_first(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    write(journey, PAGE + 5)
    first = _events(advisor, f"{case}/history")
    (older,) = re.findall(r'href="([^"]+before=[0-9]+)"', advisor.answer.text)
    second = _events(advisor, older)
    assert first + second == list(range(journey.row.version, 0, -1))
    assert len(first) == PAGE
    assert f'href="{case}/history"' in advisor.answer.text, "and back to the newest"


def test_what_an_event_follows_from_is_found_on_its_page(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.nominate()
    assert 'href="#event-2"' in advisor.open(f"{case}/history").answer.text
    write(journey, PAGE - 1)
    assert f'href="{case}/history?before=3#event-2"' in advisor.open(f"{case}/history").answer.text
    assert _events(advisor, f"{case}/history?before=3") == [2, 1]


def test_before_the_first_event_there_is_none(advisor: Visitor, journey: Journey, case: str) -> None:
    assert _events(advisor, f"{case}/history?before=1") == []
    assert "Nothing happened before that." in advisor.words
    assert _events(advisor, f"{case}/history?before=²") == [1], "what is no number is left out"
    assert journey.row.version == 1
