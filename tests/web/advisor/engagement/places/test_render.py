"""The places of one engagement: each says where one is, and reads little, however much was written and done."""

import re

import pytest

from tests.journeys import ASSESSOR, LEAD, Journey
from tests.queries_counted import counted
from tests.web.advisor.engagement.places.letters import write
from tests.web.visitor import Visitor

PLACES = {
    "": "Overview",
    "/people": "People",
    "/meetings": "Meetings",
    "/evidence": "Evidence",
    "/visits": "Visits",
    "/messages": "Messages",
    "/history": "History",
    "/notes": "Notes",
}
#: What one page may ask the database, looking up who has signed in included.
MOST = 12


@pytest.fixture
def busy(journey: Journey) -> Journey:
    """A visit has been judged once, something is planned, and dates are on offer to nobody."""
    journey.to("qa_visit").meet("qa_visit").plan()
    journey.fire("require_action", ASSESSOR, note="Write the policy down.")
    write(journey, 3)
    return journey


@pytest.mark.parametrize(("where", "title"), PLACES.items())
def test_a_place_says_where_one_is_and_leads_to_the_others(
    advisor: Visitor, busy: Journey, case: str, where: str, title: str
) -> None:
    text = advisor.open(f"{case}{where}").answer.text
    nav = text.partition('aria-label="This engagement"')[2].partition("</nav>")[0]
    assert re.findall('href="([^"]+)"', nav) == [f"{case}{one}" for one in PLACES]
    here = re.findall(r'href="([^"]+)"\s+aria-current="page"', nav)
    assert here == [f"{case}{where}"]
    assert busy.reference in text.partition("</title>")[0]
    assert title in advisor.words


@pytest.mark.parametrize("where", [*PLACES, "/people/1/"])
def test_a_place_asks_the_database_little(advisor: Visitor, busy: Journey, case: str, where: str) -> None:
    advisor.open(f"{case}{where}")
    with counted(busy.store) as statements:
        assert advisor.open(f"{case}{where}").answer.status_code == 200
    assert len(statements) <= MOST, "\n\n".join(statements)


@pytest.mark.parametrize("where", PLACES)
def test_a_place_grows_with_nothing_that_was_written_or_done(
    advisor: Visitor, busy: Journey, case: str, where: str
) -> None:
    """A page that is full is no larger for what comes after it."""
    write(busy, 30)
    with counted(busy.store) as few:
        before = advisor.open(f"{case}{where}").answer.text
    write(busy, 60)
    with counted(busy.store) as many:
        after = advisor.open(f"{case}{where}").answer.text
    assert len(many) == len(few)
    assert len(after) < 1.05 * len(before)


def test_the_register_asks_the_database_little_too(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1").book("training_1")
    page = f"{case}/meeting/training_1/register"
    advisor.open(page)
    with counted(journey.store) as statements:
        advisor.open(page)
    assert len(statements) <= MOST


def test_a_form_is_open_for_whoever_comes_for_it(advisor: Visitor, case: str) -> None:
    folded = 'id="form-nominate" class="govuk-details app-choice" open'
    assert folded not in advisor.open(f"{case}/people").answer.text
    assert folded in advisor.open(f"{case}/people?form=nominate").answer.text


def test_what_was_judged_about_a_visit_stands_beside_it(advisor: Visitor, busy: Journey, case: str) -> None:
    words = advisor.open(f"{case}/visits").words
    assert re.search("Held Judgement Not yet met [67] October 2025, by The assessor", words), words
    assert busy.stage == "qa_visit"


def test_what_a_button_about_a_visit_says_is_wrong_stands_with_the_visits(
    lead: Visitor, journey: Journey, case: str
) -> None:
    journey.to("qa_visit").meet("qa_visit").plan()
    fields = lead.open(f"{case}/visits").fields('value="require_action"')
    lead.post(case, fields | {"note": " "})
    assert lead.answer.status_code == 422
    assert "Answer the question: What must the school do before the re-visit?" in lead.words
    assert 'id="form-require_action"' in lead.answer.text
    lead.post(case, fields | {"note": "Write the policy down."})
    assert lead.answer.location == f"{case}/visits"


def test_nobody_records_anything_about_an_engagement_that_has_ended(advisor: Visitor, busy: Journey, case: str) -> None:
    busy.fire("cancel", LEAD, note="They asked us to.")
    for where in ("", "/meetings", "/visits", "/evidence"):
        advisor.open(f"{case}{where}")
        forms = re.findall('<form method="post" action="([^"]+)"', advisor.answer.text)
        assert [one for one in forms if one != case] == []


def test_a_date_that_a_guard_refuses_is_said_beside_the_visits(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit")
    path = f"{case}/meeting/qa_visit/book"
    day = {"date-day": "8", "date-month": "12", "date-year": "2025", "time": "9am"}
    advisor.post(path, advisor.open(path).fields(f'action="{path}"') | day)
    assert advisor.answer.status_code == 422
    (to,) = set(re.findall('<a href="#([^"]+)">[^<]+</a>', advisor.answer.text.partition("error-summary")[2]))
    assert f'id="{to}"' in advisor.answer.text
    assert 'value="9am"' in advisor.answer.text


def test_a_page_that_is_open_is_told_what_has_happened_since(advisor: Visitor, journey: Journey, case: str) -> None:
    opened = re.search(r'data-page="([^"]+)"', advisor.open(f"{case}/meetings").answer.text)
    assert opened is not None
    assert "Since you opened this page" not in advisor.open(opened[1]).words
    journey.to("training_1").book("training_1")
    words = advisor.open(opened[1]).words
    assert "Since you opened this page: Staff nominated (The advisor," in words
    assert "Date agreed: Training session 1 (The advisor," in words
    assert "Since you opened this page" not in advisor.open(f"{case}/meetings?seen=a+word").words
