"""Drafts as pages show them: for their owner alone, until the form is sent or what it was for is gone."""

import pytest
from flask import Flask

from tests.journeys import LEAD, Journey
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.forms.begun import CODES, KEEP, OTHERS, WORDS, begin, kept, reviews, save, send_back, send_in
from tests.web.visitor import Visitor
from web.forms import drafts


def test_a_draft_is_kept_by_a_button_and_shown_again_with_when_it_was_written(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS, "decision-1.1": "not_met"})
    assert (advisor.answer.status_code, advisor.answer.location) == (303, waiting)
    words = advisor.follow().words
    assert "Your draft is kept. Come back to this page to go on with it, until 4 January 2026." in words
    assert "This is your draft of 6 October 2025 at 12pm." in words
    assert ">Say what &lt;changed&gt; in the classroom.</textarea>" in advisor.answer.text
    assert 'value="not_met" checked' in advisor.answer.text
    assert reviews(journey) == 0
    advisor.open(waiting)
    assert "There is a problem" not in advisor.words


def test_nobody_else_sees_a_draft(advisor: Visitor, lead: Visitor, assessor: Visitor, waiting: str) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    for colleague in (lead, assessor):
        text = colleague.open(waiting).answer.text
        assert "classroom" not in text
        assert "your draft" not in text
    assert "classroom" in advisor.open(waiting).answer.text


def test_a_draft_is_thrown_away(advisor: Visitor, journey: Journey, waiting: str) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    fields = advisor.open(waiting).fields("throw_away")
    advisor.post(KEEP, fields | {"throw_away": "yes"})
    words = advisor.follow().words
    assert "The draft is thrown away." in words
    assert "your draft of" not in words
    assert "classroom" not in advisor.answer.text
    assert kept(journey) == []
    assert save(advisor, fields | {"draft_version": "1", "comment-1.1": WORDS})[1]["said"] == (
        "Draft kept at 12pm. The draft that you opened was sent or thrown away elsewhere since."
    )


def test_what_was_written_elsewhere_since_is_not_thrown_away_unseen(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    fields = advisor.open(waiting).fields("throw_away") | {"throw_away": "yes"}
    begin(advisor, waiting, "review", **{"comment-1.1": OTHERS})
    advisor.post(KEEP, fields)
    assert "You have written more of it elsewhere since." in advisor.follow().words
    assert [one.fields["comment-1.1"] for one in kept(journey)] == [[OTHERS]]


def test_sending_the_form_ends_its_draft_and_a_refusal_does_not(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    fields = advisor.open(waiting).fields("/review")
    advisor.post(f"{waiting}review", fields | {"comment-1.1": f"{WORDS} And more.", "decision-1.1": "not_met"})
    assert advisor.answer.status_code == 422
    assert "And more.</textarea>" in advisor.answer.text
    assert "This is your draft" not in advisor.words
    assert advisor.fields("/review")["draft_version"] == "1"
    assert len(kept(journey)) == 1
    decided = {f"decision-{code}": "met" for code in CODES}
    advisor.post(f"{waiting}review", fields | decided)
    assert advisor.answer.status_code == 303
    assert (kept(journey), reviews(journey)) == ([], 1)


def test_a_review_that_somebody_else_made_is_told_of_and_the_text_is_still_there(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    send_back(journey)
    words = advisor.open(waiting).words
    assert "You have a draft of 6 October 2025 at 12pm that cannot be sent any more." in words
    assert "Since then: Evidence returned" in words
    assert "The assessor" in words.partition("Since then")[2].partition("Copy what")[0]
    assert WORDS in words
    advisor.post(KEEP, advisor.fields("throw_away") | {"throw_away": "yes"})
    assert kept(journey) == []


def test_a_newer_version_is_told_of_and_the_draft_goes_on(advisor: Visitor, journey: Journey, waiting: str) -> None:
    begin(advisor, waiting, "review", **{"comment-1.2": WORDS})
    send_back(journey)
    send_in(journey, "1.2")
    words = advisor.open(waiting).words
    assert "This is your draft of 6 October 2025 at 12pm. What it is about has changed since you wrote it." in words
    assert f"{WORDS}" in words
    begin(advisor, waiting, "review", **{"comment-1.2": OTHERS})
    assert "has changed since you wrote it" not in advisor.follow().words


@pytest.mark.parametrize("told", ["visits plan/qa_visit/add what", "messages message text", "people hand-over note"])
def test_each_long_text_of_an_engagement_is_kept(lead: Visitor, journey: Journey, case: str, told: str) -> None:
    where, form, field = told.split()
    journey.to("qa_visit").meet("qa_visit")
    page = f"{case}/{where}"
    lead.post(KEEP, lead.open(page).fields(f'action="{case}/{form}"') | {field: WORDS})
    assert lead.answer.location == page
    text = lead.follow().answer.text
    assert "This is your draft of" in text
    assert "&lt;changed&gt; in the classroom.</textarea>" in text
    assert "classroom" not in lead.open(case).answer.text


def test_what_was_agreed_at_a_meeting_is_kept_and_ends_when_it_is_written_down(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("follow_up_1").meet("follow_up_1")
    clock.now = journey.now
    advisor.sign_in("advisor.web@example.org")
    form = f"{case}/meeting/follow_up_1/outputs"
    advisor.post(KEEP, advisor.open(f"{case}/meetings").fields(f'action="{form}"') | {"outputs": WORDS})
    assert "classroom" in advisor.follow().answer.text
    advisor.post(form, advisor.fields(f'action="{form}"') | {"outputs": WORDS})
    assert advisor.answer.status_code == 303
    assert kept(journey) == []


def test_what_a_judgement_rests_on_is_kept_until_it_is_recorded(lead: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit").meet("qa_visit")
    visits, field = f"{case}/visits", 'id="defer_qa-note"'
    lead.post(KEEP, lead.open(visits).fields(field) | {"note": WORDS})
    assert (lead.answer.location, [one.form for one in kept(journey)]) == (visits, ["defer_qa"])
    text = lead.follow().answer.text
    assert "&lt;changed&gt; in the classroom.</textarea>" in text
    assert 'id="form-defer_qa" class="govuk-details app-choice" open' in text
    lead.post(case, lead.fields(field) | {"note": WORDS})
    assert (lead.answer.status_code, kept(journey)) == (303, [])


def test_a_note_and_a_change_of_it_are_kept_until_they_are_written(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    notes = f"{case}/notes"
    advisor.post(KEEP, advisor.open(notes).fields(f'action="{notes}"') | {"text": WORDS, "shown_to": "school"})
    assert 'value="school" checked' in advisor.follow().answer.text
    advisor.post(notes, advisor.fields("note-text") | {"text": WORDS, "shown_to": "council"})
    assert kept(journey) == []
    note = f"{notes}/1"
    advisor.post(KEEP, advisor.open(note).fields(f'action="{note}"') | {"text": OTHERS, "shown_to": "council"})
    assert f">{OTHERS}</textarea>" in advisor.follow().answer.text
    advisor.post(note, advisor.fields(f'action="{note}"') | {"text": OTHERS, "shown_to": "council"})
    assert (advisor.answer.status_code, kept(journey)) == (303, [])


def test_the_page_that_asks_whether_it_is_meant_ends_the_draft_once_it_is_confirmed(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    page, form = f"{case}/messages", f"{case}/message"
    advisor.post(KEEP, advisor.open(page).fields(f'action="{form}"') | {"text": WORDS})
    advisor.ask(form, advisor.follow().fields(f'action="{form}"') | {"text": WORDS})
    assert "before you send" in advisor.words
    assert len(kept(journey)) == 1
    advisor.confirm()
    assert (advisor.answer.status_code, kept(journey)) == (303, [])


def test_drafts_cost_one_question_and_two_more_where_something_has_happened_since(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    def asked() -> list[str]:
        with counted(journey.store) as statements:
            advisor.open(waiting)
        return statements

    without = len(asked())
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    assert len(asked()) == without
    send_back(journey)
    send_in(journey, "1.2")
    changed = asked()
    assert sum("FROM draft" in one for one in changed) == 1
    assert sum("FROM event" in one for one in changed) == 1


def test_the_plan_of_the_question_uses_an_index(journey: Journey) -> None:
    query = "SELECT * FROM draft WHERE user_id = 1 AND page = 'x'"
    with journey.store.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        old = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN DELETE FROM draft WHERE changed_at < 'x'").all()
    assert ["USING INDEX" in one.detail or "USING COVERING INDEX" in one.detail for one in (*plan, *old)] == [
        True,
        True,
    ]


def test_what_was_written_elsewhere_and_not_seen_is_not_lost_by_sending(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    desk, train = (advisor.open(waiting).fields("/review") for _ in range(2))
    save(advisor, train | {"comment-1.1": WORDS})
    advisor.post(f"{waiting}review", desk | {f"decision-{code}": "met" for code in CODES})
    assert (advisor.answer.status_code, reviews(journey)) == (303, 1)
    words = advisor.follow().words
    assert "You have a draft of 6 October 2025 at 12pm that cannot be sent any more." in words
    assert WORDS in words


def test_today_leads_to_what_one_has_begun_to_write(advisor: Visitor, lead: Visitor, case: str, waiting: str) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    advisor.open("/advisor/")
    assert "What you have begun to write" in advisor.words
    assert "6 October 2025 at 12pm" in advisor.words
    assert advisor.link(f"{case.rpartition('/')[2]}, people") == waiting
    assert "begun to write" not in lead.open("/advisor/").words


def test_a_message_to_many_is_kept_with_whom_it_is_for_until_it_is_asked_for(lead: Visitor, journey: Journey) -> None:
    Journey(journey.store, journey.now).begin(order="SFS-2")
    page = "/advisor/bulk/message?stage=purchase"
    fields = lead.open(page).fields("/advisor/bulk/message") | {"text": WORDS, "which": journey.reference}
    assert lead.answer.text.count(" checked") == 2
    lead.post(KEEP, fields)
    assert lead.answer.location == page
    assert "This is your draft of" in lead.follow().words
    assert "&lt;changed&gt; in the classroom.</textarea>" in lead.answer.text
    assert lead.answer.text.count(" checked") == 1
    assert "Several schools, message" in lead.open("/advisor/").words
    assert "your draft" not in lead.open("/advisor/bulk/message").words
    lead.post(page, lead.open(page).fields('name="which"') | {"text": WORDS, "which": journey.reference})
    assert (lead.answer.status_code, kept(journey)) == (303, [])


def test_an_address_that_says_too_much_keeps_no_draft(app: Flask, journey: Journey) -> None:
    with app.app_context(), journey.store.reading() as session:
        assert drafts.of_many(session, LEAD, "/advisor/bulk/message?".ljust(200, "a")) is not None
        assert drafts.of_many(session, LEAD, "/advisor/bulk/message?".ljust(201, "a")) is None
