"""One engagement's page and its buttons."""

from datetime import timedelta

from tests.journeys import LEAD, Journey
from tests.web.visitor import Visitor
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail


def _events(journey: Journey, name: str) -> int:
    with journey.store.reading() as session:
        return session.query(Event).filter_by(engagement_id=journey.id, name=name).count()


def test_the_page_tells_where_what_is_due_and_who(advisor: Visitor, case: str) -> None:
    words = advisor.open(case).words
    assert "Stage 1 of 9: Purchase" in words
    assert "The school is to name at least three staff by Monday 20 October 2025" in words
    assert "Jenna Rowe jenna@polwhevral.example.org" in words


def test_a_refused_trigger_says_why_not(advisor: Visitor, case: str) -> None:
    words = advisor.open(case).words
    assert "Start training 0 members of staff are nominated and 3 are needed." in words
    assert "Override" not in words


def test_triggers_of_another_role_are_folded_away(advisor: Visitor, case: str) -> None:
    aside = advisor.open(case).words.partition("Not for you, or not as things stand")[2]
    assert "“Cancel” is for the lead advisor; you act as advisor." in aside
    assert "“Resume” needs it to be on hold." in aside


def test_a_button_moves_the_case_and_says_what_is_on_its_way(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    advisor.press(case, "complete_follow_up_1")
    assert advisor.answer.status_code == 303
    words = advisor.follow().words
    assert (
        "Success Follow-up meeting 1 completed. The stage is now Follow-up meeting 2. 1 email is on its way." in words
    )
    assert "Success" not in advisor.open(case).words
    told = advisor.open(f"{case}/history").words
    assert "Follow-up meeting 1 completed 6 October 2025 at 12pm, by Tamsin Rowe" in told
    assert journey.stage == "follow_up_2"


def test_history_says_what_happened_by_itself_and_because_of_what(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    journey.nominate()
    assert (
        "3 Training started 6 October 2025 at 1pm, by itself, because of event 2"
        in advisor.open(f"{case}/history").words
    )


def test_a_note_and_a_date_are_asked_for_together(advisor: Visitor, journey: Journey, case: str) -> None:
    advisor.press(case, "hold", note=" ")
    assert advisor.answer.status_code == 422
    assert "There is a problem Answer the question: Why is it going on hold?" in advisor.words
    assert "must be a real date" not in advisor.words
    dated = {"value-review_on-day": "31", "value-review_on-month": "2", "value-review_on-year": "2026"}
    advisor.press(case, "hold", note="The head is away", **dated)
    assert "The date must be a real date, such as 23 11 2026" in advisor.words
    assert ">The head is away</textarea>" in advisor.answer.text
    assert journey.row.standing == "active"
    dated |= {"value-review_on-day": "1", "value-review_on-month": "3"}
    advisor.press(case, "hold", note="The head is away", **dated)
    assert "Success Put on hold." in advisor.follow().words
    assert "The head is away" in advisor.open(f"{case}/history").words


def test_a_case_that_changed_meanwhile_is_a_conflict(advisor: Visitor, journey: Journey, case: str) -> None:
    fields = advisor.open(case).fields('value="hold"')
    journey.nominate()
    advisor.post(case, fields | {"note": "The head is away", "value-review_on-day": "1"})
    assert advisor.answer.status_code == 409
    assert "What you typed is still here: look again, then send it again." in advisor.words
    assert journey.row.standing == "active"


def test_a_double_click_moves_once(lead: Visitor, journey: Journey, case: str) -> None:
    fields = lead.open(case).fields('value="lapse"')
    lead.post(case, fields)
    lead.post(case, fields)
    assert lead.answer.status_code == 303
    assert "Success Lapsed." in lead.follow().words
    assert _events(journey, "lapse") == 1


def test_a_lead_advisor_overrides_with_a_reason_that_is_kept(lead: Visitor, journey: Journey, case: str) -> None:
    lead.press(case, "start_training", override="")
    assert lead.answer.status_code == 422
    assert "Answer the question: Why should it go ahead anyway?" in lead.words
    lead.press(case, "start_training", override="Agreed with the head")
    assert "Success Training started." in lead.follow().words
    told = lead.open(f"{case}/history").words
    assert "Set aside by override: staff nominated Agreed with the head" in told
    assert journey.stage == "training_1"


def test_an_override_by_an_advisor_is_refused(advisor: Visitor, lead: Visitor, journey: Journey, case: str) -> None:
    fields = lead.open(case).fields('value="start_training"') | {"override": "I say so"}
    fields["csrf_token"] = advisor.open(case).fields("/sign-out")["csrf_token"]
    advisor.post(case, fields)
    assert advisor.answer.status_code == 422
    assert "There is a problem 0 members of staff are nominated" in advisor.words
    assert journey.stage == "purchase"


def test_a_trigger_for_another_role_is_not_allowed(
    advisor: Visitor, lead: Visitor, journey: Journey, case: str
) -> None:
    fields = lead.open(case).fields('value="lapse"')
    fields["csrf_token"] = advisor.open(case).fields("/sign-out")["csrf_token"]
    advisor.post(case, fields)
    assert advisor.answer.status_code == 403
    assert "“Let it lapse” is for the lead advisor; you act as advisor." in advisor.words
    assert journey.row.standing == "active"


def test_a_trigger_nobody_knows_and_a_form_in_pieces(lead: Visitor, case: str) -> None:
    fields = lead.open(case).fields('value="lapse"')
    assert lead.post(case, fields | {"trigger": "explode"}).answer.status_code == 404
    assert lead.post(case, fields | {"key": "1"}).answer.status_code == 422
    assert "This form was not whole. Reload the page and try again." in lead.words
    assert lead.post(case, fields | {"version": "²"}).answer.status_code == 422


def test_destructive_buttons_come_last_and_warn(lead: Visitor, case: str) -> None:
    text = lead.open(case).answer.text
    assert text.index('id="form-hold"') < text.index('id="form-cancel"') < text.index('id="form-lapse"')
    assert text.count("govuk-button--warning") >= 2


def test_what_people_wrote_is_never_markup(lead: Visitor, journey: Journey, case: str) -> None:
    journey.fire("cancel", LEAD, note="<script>alert(1)</script>")
    text = lead.open(f"{case}/history").answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text


def test_sent_emails_are_there_in_full_and_owed_ones_as_owed(advisor: Visitor, journey: Journey, case: str) -> None:
    assert "2 still on the way." in advisor.open(case).words
    with journey.store.writing() as session:
        first = session.query(OwedEffect).order_by(OwedEffect.id).first()
        assert first is not None
        first.status = "done"
        session.add(
            SentEmail(
                outbox_id=first.id,
                engagement_id=journey.id,
                message_id="<1@x>",
                to_name="Jenna Rowe",
                to_email="jenna@polwhevral.example.org",
                subject="Your order",
                text="Dear Jenna,\n\nHi",
                sent_at=journey.now + timedelta(hours=1),
            )
        )
    words = advisor.open(f"{case}/messages").words
    assert "1 still on the way." in words
    assert (
        "Your order, to Jenna Rowe Sent 6 October 2025 at 1pm to jenna@polwhevral.example.org Dear Jenna, Hi" in words
    )


def test_a_reference_with_a_slip_or_of_nobody_is_not_found(advisor: Visitor) -> None:
    assert advisor.open("/advisor/engagement/CMC-25-0001-A").answer.status_code == 404
    assert advisor.open("/advisor/engagement/1").answer.status_code == 404
    assert advisor.open("/advisor/engagement/cmc-25-0001-a").answer.status_code == 404
