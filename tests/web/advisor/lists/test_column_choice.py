"""Columns of one's own: the page has them, a file has exactly them, and somebody else's lists have the usual ones."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from tests.journeys import Journey
from tests.web.test_spreadsheets import read_csv
from tests.web.visitor import Visitor
from web.formatting import brief_day
from workflow.store.tables.appointment import Appointment

LIST, CHOICE = "/advisor/engagements", "/advisor/lists/columns"


def choose(advisor: Visitor, *names: str, query: str = "") -> Visitor:
    token = advisor.open(CHOICE).fields(CHOICE)
    fields = MultiDict([*token.items(), *(("columns", name) for name in names)])
    advisor.answer = advisor.client.post(f"{CHOICE}{query}", data=fields, buffered=True)
    return advisor


def heads(advisor: Visitor) -> list[str]:
    return advisor.texts("th")[: len(advisor.texts("th")) - 1]


@pytest.mark.usefixtures("journey")
def test_a_list_and_its_file_have_the_chosen_columns_and_no_others(advisor: Visitor, lead: Visitor) -> None:
    page = choose(advisor, "school", "meeting", "offer", query="?standing=active").follow()
    assert heads(page) == ["Reference", "School", "Next meeting", "Offer"]
    assert "standing=active" in page.link("CSV")
    rows = read_csv(page.open(page.link("CSV")).answer.get_data(as_text=True))
    assert rows[0] == ["Reference", "School", "Town", "Next meeting", "Offer"]
    assert rows[1][1:] == ["Polwhevral School", "Nanskerris", "", "mentoring 2026-09"]
    assert heads(lead.open(LIST)) == ["Reference", "School", "Stage", "State", "What is due", "Sending"]


@pytest.mark.usefixtures("journey")
def test_a_search_says_by_what_it_found_in_its_file_too(advisor: Visitor) -> None:
    page = choose(advisor, "stage", "sending").open(f"{LIST}?find=polwhevral")
    assert heads(page) == ["Reference", "Stage", "Found by"]
    rows = read_csv(page.open(page.link("CSV")).answer.get_data(as_text=True))
    assert rows[1][1:] == ["Purchase", "School Polwhevral School"]


def test_one_at_least_and_back_to_the_usual_ones(advisor: Visitor) -> None:
    page = choose(advisor)
    assert page.answer.status_code == 422
    assert "Choose at least one column" in page.words
    choose(advisor, "phase")
    fields = advisor.open(CHOICE).fields(CHOICE) | {"usual": "yes"}
    assert advisor.post(CHOICE, fields).answer.status_code == 303
    assert "checked" in advisor.open(CHOICE).answer.text.partition('value="sending"')[2][:40]


def test_the_next_meeting_is_a_column_and_a_filter(advisor: Visitor, journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    with journey.store.reading() as session:
        day = session.query(Appointment).one().starts_at
    choose(advisor, "meeting")
    assert f"Next meeting {brief_day(day)}" in advisor.open(f"{LIST}?from={day:%d/%m/%Y}&to={day:%d+%b+%Y}").words
    for query in (f"from={day + timedelta(days=1):%d/%m/%Y}", f"to={day - timedelta(days=1):%d/%m/%Y}"):
        assert "No engagement matches." in advisor.open(f"{LIST}?{query}").words


def test_a_day_that_cannot_be_is_told_and_stays(advisor: Visitor) -> None:
    page = advisor.open(f"{LIST}?from=31/2/2026&to=1/2/26")
    assert "Meeting from: enter a real date, such as 23/11/2026" in page.words
    assert 'value="31/2/2026"' in page.answer.text
    assert "not before" in advisor.open(f"{LIST}?from=3/2/2026&to=1/2/26").words
