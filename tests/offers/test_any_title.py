"""Whatever stages, meetings and phases are called, what people read is English: on pages, in refusals and lines."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.journeys import Journey
from tests.offers.alone import Alone, alone_in
from tests.offers.any_title import NASTY, lines_of, odd, retitle
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS, installed
from tests.offers.walk import Walk
from tests.records import Files
from tests.suite_size import SIZE
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from tests.workflow.domain.guards.test_guards import ALL_CASES
from workflow.domain.guards import judge

COUNCILS = ("", "/people", "/evidence", "/meetings", "/visits", "/messages", "/history", "/undo")
SCHOOLS = ("", "/people", "/dates", "/messages")
LISTS = ("/advisor/", "/advisor/engagements?show=all", "/advisor/promises", "/advisor/insight", "/advisor/calendar")


def test_what_is_odd_is_found() -> None:
    wrong = (
        "Trainings has not been held.",
        "A date for An appointment is agreed.",
        "For this QA visits.",
        "See the the heads’ evenings.",
    )
    right = ("Not held yet: Trainings.", "For an appointment there are none.", "It stays at “An appointment”.")
    assert odd((*wrong, *right), NASTY) == list(wrong)


@pytest.mark.parametrize("title", NASTY)
def test_each_refusal_of_a_guard_is_english(title: str) -> None:
    told = [judge(case.facts, replace(case.rule, title=case.rule.title and title)) for case in ALL_CASES.values()]
    assert odd([one.sentence for one in told if one is not None], NASTY) == []


@pytest.mark.parametrize("code", SIZE.walked)
def test_each_page_at_every_step_is_english(files: Files, tmp_path: Path, code: str) -> None:
    offers = installed(tmp_path, code)
    titles = retitle(offers / FOLDERS[code].name)
    with alone_in(files, tmp_path, offers) as there:
        walk = Walk.begin(Journey(there.store, ORDERED), code)
        assert [line for markup in _of_the_offer(there, walk.journey) for line in odd(lines_of(markup), titles)] == []
        for step in walk.steps():
            there.clock.now = walk.journey.now
            found = [line for markup in _pages(there, walk.journey) for line in odd(lines_of(markup), titles)]
            assert found == [], step
            walk.do(step)


def _of_the_offer(there: Alone, journey: Journey) -> list[str]:
    """They say the same at every step."""
    admin = Visitor(there.app).sign_in("admin@example.org")
    own = f"/admin/offers/{journey.row.offer_code}-{journey.row.offer_version}"
    return [admin.open(f"{own}{place}").answer.text for place in ("", "/days")]


def _pages(there: Alone, journey: Journey) -> list[str]:
    lead, school = Visitor(there.app).sign_in("lead@example.org"), Visitor(there.app)
    case, theirs = f"/advisor/engagement/{journey.reference}", let_in(school, journey.reference)
    council = [lead.open(path).answer.text for path in (*LISTS, *(f"{case}{place}" for place in COUNCILS))]
    return council + [school.open(f"{theirs}{place}").answer.text for place in SCHOOLS]
