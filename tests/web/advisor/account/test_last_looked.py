"""What was looked at last is one link away, for as long as somebody is signed in, and nothing is written for it."""

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.visitor import Visitor


def test_the_menu_leads_back_to_what_was_looked_at_last(advisor: Visitor, journey: Journey, case: str) -> None:
    assert "Last looked at" not in advisor.open("/advisor/").words
    with counted(journey.store) as asked:
        advisor.open(f"{case}/people")
    assert not [one for one in asked if not one.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert advisor.open("/advisor/").link("Last looked at") == case
    assert journey.reference in advisor.words


def test_what_is_not_there_is_not_remembered(advisor: Visitor) -> None:
    assert advisor.open("/advisor/engagement/CMC-25-9999-X").answer.status_code == 404
    assert "Last looked at" not in advisor.open("/advisor/").words


def test_it_is_gone_with_the_session(advisor: Visitor, case: str) -> None:
    advisor.open(case)
    advisor.post("/sign-out", advisor.fields("/sign-out"))
    advisor.sign_in("lead_advisor.web@example.org")
    assert "Last looked at" not in advisor.open("/advisor/").words
