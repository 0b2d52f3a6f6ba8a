"""Where a journey is given up is no step of it: board and figures have it once somebody stands there."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.journeys import LEAD, Journey
from tests.offers.alone import Alone, alone
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS
from tests.records import Files
from tests.web.visitor import Visitor
from workflow.offer.installed.way import passed
from workflow.offer.loader import load_offer

WAY = ["Arrivals watched", "Your changes", "Evening for families", "Gates open"]


@pytest.fixture
def gate(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "gate") as there:
        yield there


def numbered(titles: list[str]) -> list[str]:
    return [f"{number}. {title}" for number, title in enumerate(titles, 1)]


def funnel(lead: Visitor) -> list[list[str]]:
    text = lead.open("/advisor/insight/funnel.csv").answer.text.removeprefix("\ufeff")
    return [*csv.reader(StringIO(text))][1:]


def test_it_comes_once_somebody_stands_there(gate: Alone) -> None:
    lead = Visitor(gate.app).sign_in("lead@example.org")
    journey = Journey(gate.store, ORDERED).begin(price="45.00", order="G-1", offer="gate")
    assert lead.open("/advisor/board").texts("h2") == numbered(WAY)
    assert [row[0] for row in funnel(lead)] == WAY
    journey.fire("shut_the_gates", LEAD, note="The head has left.")
    assert lead.open("/advisor/board").texts("h2") == [*numbered(WAY), "Gates shut"]
    assert [row[:2] for row in funnel(lead)] == [
        ["Arrivals watched", "1"],
        *([one, "0"] for one in WAY[1:]),
        ["Gates shut", "1"],
    ]
    assert "0 came to “Gates open”" in lead.open("/advisor/insight").words


def test_whoever_gave_up_has_come_as_far_as_they_must_have() -> None:
    library, gate = (load_offer(FOLDERS[code]) for code in ("library", "gate"))
    assert passed(library, "given_up") == ("joining", "shelf_visit", "library_panel", "mark_held", "given_up")
    assert passed(gate, "gates_shut") == ("gate_arrivals", "gates_shut")
    assert passed(gate, "gate_evening") == ("gate_arrivals", "gate_changes", "gate_evening")
