"""The overview and what if in a real browser: nothing for axe to find, with figures and without."""

from datetime import date
from typing import Any

from playwright.sync_api import Page

from tests.journeys import Journey
from tests.web.browsing import Site, enter, press, sound, unfold
from workflow.simulation.asked import jobs
from workflow.simulation.asked.question import Question
from workflow.simulation.scenario import DateRange
from workflow.store.tables.requests.rehearsal import Rehearsal

NOVEMBER = DateRange(date(2025, 11, 1), date(2025, 11, 30))
_WEEKS = [f"2025-{month:02}-{day:02}" for month in (10, 11, 12) for day in (1, 8, 15, 22)]


def _future(certificates: int) -> dict[str, Any]:
    weeks = [
        {
            "week": week,
            "late": {"council": place, "school": 0},
            "acts": {"Tamsin Rowe": 3},
            "emails": 1200,
            "emails_on_the_busiest_day": 9,
            "certificates": certificates,
        }
        for place, week in enumerate(_WEEKS * 2)
    ]
    return {"summary": {"certificates": certificates, "emails on the busiest day": 9}, "weeks": weeks}


def test_axe_finds_nothing_on_the_overview_and_on_two_futures(page: Page, site: Site, journey: Journey) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    enter(page, site)
    journey.to("follow_up_1")
    page.goto(f"{site.url}/advisor/insight")
    sound(page, "Where cases really wait")
    assert page.get_by_role("img", name="Days at each stage").count() == 1, "one image to whoever hears it"
    page.goto(f"{site.url}/advisor/insight/what-if")
    press(page, "main form button")
    sound(page, "Choose at least one thing that is different")
    page.select_option("#what-if-no_visits", index=1)
    press(page, "main form button")
    sound(page, "Waiting for a worker")
    with journey.store.writing() as session:
        number = jobs.ask(session, Question(no_visits=(NOVEMBER,)), "lead_advisor:1", journey.now)
        job = session.get_one(Rehearsal, number)
        job.status, job.result = "done", {"until": "2025-12-31", "what_if": _future(2), "as_it_is": _future(3)}
    page.goto(f"{site.url}/advisor/insight/what-if/{number}")
    unfold(page)
    sound(page, "1 fewer certificate by Wednesday 31 December 2025: 3 as it is, and 2 if it comes as asked.")
    assert [one for one in problems if "422" not in one and "400" not in one] == []
