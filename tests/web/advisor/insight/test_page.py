"""The overview: every figure as picture, table and file, for whoever leads the team, in a bounded number of queries."""

import csv
import io

import pytest

from tests.journeys import LEAD, Journey
from tests.queries_counted import counted
from tests.web.visitor import Visitor
from workflow.store.session import Store

OVERVIEW = "/advisor/insight"
TITLES = [
    "How far engagements have come",
    "Where cases really wait",
    "Whose turn it was while they waited",
    "Days at each stage",
    "Promises kept by their day",
    "Certificates to come",
    "Who has how much in hand",
    "How long those under way have been at their stage",
]


def test_every_figure_is_there_with_its_picture_its_table_and_its_file(lead: Visitor, journey: Journey) -> None:
    journey.to("follow_up_1")
    lead.open(OVERVIEW)
    assert lead.texts("h2") == TITLES
    assert lead.answer.text.count("<svg xmlns") == 5, "of certificates, promises and turns nothing can be said yet"
    assert lead.answer.text.count("<table") == 7
    assert "Too few engagements have left" in lead.words
    assert "style=" not in lead.answer.text
    for link in [one for one in lead.answer.text.split('"') if one.endswith(".csv")]:
        assert lead.open(link).answer.content_type == "text/csv; charset=utf-8"


def test_a_file_says_what_the_table_says(lead: Visitor, journey: Journey) -> None:
    journey.to("training_2")
    answer = lead.open(f"{OVERVIEW}/funnel.csv").answer
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["Stage", "Came so far", "Under way"]
    assert [row[1] for row in rows[1:5]] == ["1", "1", "1", "0"]
    assert 'filename="funnel-2025-10-06.csv"' in answer.headers["Content-Disposition"]


def test_an_empty_record_says_so_and_draws_nothing_it_does_not_know(lead: Visitor) -> None:
    lead.open(OVERVIEW)
    assert lead.answer.status_code == 200
    assert "No engagement has left a stage yet." in lead.words
    assert "Nothing is under way." in lead.words


def test_a_way_that_was_gone_out_of_the_journey_is_in_the_table(lead: Visitor, journey: Journey) -> None:
    journey.to("training_1").fire("cancel", LEAD, note="A mistake.")
    answer = lead.open(f"{OVERVIEW}/waits.csv").answer
    assert "Training session 1,Cancelled,1," in answer.text


def test_it_asks_the_record_as_often_however_many_engagements_there_are(
    lead: Visitor, journey: Journey, store: Store
) -> None:
    journey.to("training_1")
    Journey(store, journey.now).begin(order="SFS-2")
    with counted(store) as asked:
        lead.open(OVERVIEW)
    assert len(asked) == 6, "who is signed in, and five figures' questions"


@pytest.mark.parametrize("path", [OVERVIEW, f"{OVERVIEW}/funnel.csv", f"{OVERVIEW}/what-if"])
def test_it_is_the_lead_advisors(advisor: Visitor, path: str) -> None:
    assert advisor.open(path).answer.status_code == 403
    assert "Overview" not in advisor.texts("a")


@pytest.mark.parametrize("path", [f"{OVERVIEW}/nothing.csv", f"{OVERVIEW}?offer=nothing"])
def test_what_is_not_there_is_not_found(lead: Visitor, path: str) -> None:
    assert lead.open(path).answer.status_code == 404
