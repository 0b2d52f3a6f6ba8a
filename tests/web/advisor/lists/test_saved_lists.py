"""Lists under names, as pages: saved from what is filtered, opened again, begun with, renamed and deleted."""

import pytest

from tests.journeys import Journey
from tests.web.visitor import Visitor

LIST, OWN = "/advisor/engagements", "/advisor/lists"


def save(advisor: Visitor, name: str, query: str, which: str = "") -> Visitor:
    there = f"{OWN}/new?{query}"
    return advisor.post(there, advisor.open(there).fields(f"{OWN}/new") | {"name": name, "which": which})


@pytest.mark.usefixtures("journey")
def test_what_is_filtered_is_saved_under_a_name_and_opened_again(advisor: Visitor) -> None:
    there = advisor.open(f"{LIST}?stage=purchase&advisor=mine&find=polwhevral").link("Save this list under a name")
    words = advisor.open(there).words
    assert "Stage Purchase Looked after by Me" in words
    assert "polwhevral" not in words
    page = save(advisor, "My purchases", there.partition("?")[2]).follow()
    assert "The list is saved as “My purchases”." in page.words
    assert page.link("My purchases") == f"{LIST}?stage=purchase&advisor=mine"
    assert "Save this list" not in page.words
    assert 'aria-current="page">My purchases' in page.answer.text


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(advisor: Visitor) -> None:
    save(advisor, "Late ones", "due=late")
    page = save(advisor, "late ONES", "due=today")
    assert page.answer.status_code == 422
    assert "Error: Save this list" in page.answer.text
    assert "You keep a list called “late ONES” already." in page.words
    assert 'value="late ONES"' in page.answer.text
    assert save(advisor, "", "due=today", which="1").answer.status_code == 303
    assert advisor.open(LIST).link("Late ones") == f"{LIST}?due=today"


def test_the_page_of_engagements_begins_with_the_chosen_one(advisor: Visitor, journey: Journey) -> None:
    save(advisor, "On hold", "standing=on_hold")
    fields = advisor.open(OWN).fields(f"{OWN}/start")
    assert "“On hold” now" in advisor.post(f"{OWN}/start", fields | {"which": "1"}).follow().words
    assert advisor.open(LIST).answer.location == f"{LIST}?standing=on_hold"
    assert journey.reference in advisor.open(advisor.follow().link("show all")).words
    advisor.post(f"{OWN}/start", fields | {"which": "0"})
    assert advisor.open(LIST).answer.status_code == 200


def test_one_is_renamed_and_deleted(advisor: Visitor) -> None:
    save(advisor, "Late ones", "due=late")
    fields = advisor.open(OWN).fields(f"{OWN}/1/rename")
    assert "State" not in advisor.words
    assert "Due: Late" in advisor.words
    assert "Enter a name for the list" in advisor.post(f"{OWN}/1/rename", fields | {"name": " "}).words
    assert "called “Slow ones” now" in advisor.post(f"{OWN}/1/rename", fields | {"name": "Slow ones"}).follow().words
    assert "“Slow ones” is deleted" in advisor.post(f"{OWN}/1/delete", fields).follow().words
    assert "You keep no lists yet." in advisor.words
    assert advisor.post(f"{OWN}/1/delete", fields).answer.status_code == 404


def test_nobody_sees_the_lists_of_another(advisor: Visitor, lead: Visitor) -> None:
    save(advisor, "Late ones", "due=late")
    assert "Late ones" not in lead.open(LIST).words
    fields = lead.open(f"{OWN}/new").fields(f"{OWN}/new")
    assert lead.post(f"{OWN}/1/delete", fields).answer.status_code == 404
