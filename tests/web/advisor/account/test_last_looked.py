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


def test_a_page_that_was_slow_signs_nobody_in_again(advisor: Visitor, case: str) -> None:
    advisor.open("/advisor/").open(case)
    set_by_it = " ".join(advisor.answer.headers.getlist("Set-Cookie"))
    assert "recognition-looked=" in set_by_it
    assert "recognition=" not in set_by_it


def test_what_no_page_has_written_leads_nowhere(advisor: Visitor, case: str) -> None:
    advisor.open(case)
    kept = advisor.client.get_cookie("recognition-looked")
    mark = kept.value.partition(".")[2] if kept else ""
    assert mark
    advisor.client.set_cookie("recognition-looked", f"../../sign-out.{mark}")
    assert "Last looked at" not in advisor.open("/advisor/").words
