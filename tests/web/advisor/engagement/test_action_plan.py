"""What has to be done besides the journey: planned, and recorded as done."""

from tests.journeys import LEAD, Journey
from tests.web.visitor import Visitor
from workflow.store.tables.visit import Action

WHAT = {
    "what": "Write the policy down.",
    "owner": "The headteacher",
    "date-day": "12",
    "date-month": "12",
    "date-year": "2026",
}


def _send(visitor: Visitor, case: str, form: str, **typed: str) -> Visitor:
    path = f"{case}/plan/{form}"
    return visitor.post(path, visitor.open(f"{case}/visits").fields(f'action="{path}"') | typed)


def _actions(journey: Journey) -> list[Action]:
    with journey.store.reading() as session:
        return session.query(Action).order_by(Action.id).all()


def test_an_assessor_plans_what_a_visit_asks_for_and_the_advisor_records_it_as_done(
    assessor: Visitor, advisor: Visitor, journey: Journey, case: str
) -> None:
    journey.to("qa_visit")
    assert "plan an action" not in assessor.open(f"{case}/visits").words, "no visit has taken place"
    journey.meet("qa_visit")
    _send(assessor, case, "qa_visit/add", **WHAT)
    assert "Success Planned: The headteacher has until Saturday 12 December 2026." in assessor.follow().words
    assert "The headteacher, by 12 December 2026" in assessor.words
    journey.fire("require_action", LEAD, note="Write the policy down.")
    _send(advisor, case, "1/done")
    assert "Success Recorded as done: Write the policy down." in advisor.follow().words
    assert "; done on" in advisor.words
    assert [one.done_at is not None for one in _actions(journey)] == [True]


def test_an_action_needs_its_words_its_owner_and_a_day_ahead(assessor: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit").meet("qa_visit")
    _send(assessor, case, "qa_visit/add", **{"date-day": "31", "date-month": "2", "date-year": "2026"})
    assert assessor.answer.status_code == 422
    wrong = {
        "what": "Write down what has to be done",
        "owner": "Enter who has to do it",
        "date-day": "The date must be a real date, such as 23 11 2026",
    }
    for field, sentence in wrong.items():
        assert f'href="#plan-qa_visit-{field}">{sentence}<' in assessor.answer.text
    _send(assessor, case, "qa_visit/add", **WHAT | {"date-year": "2024"})
    assert "The day by which it has to be done lies in the past. Choose a day ahead." in assessor.words
    assert _actions(journey) == []


def test_an_action_of_another_engagement_is_not_there(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit").meet("qa_visit").plan()
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    fields = advisor.open(f"{case}/visits").fields("plan/1/done") | {"version": str(other.row.version)}
    advisor.post(f"/advisor/engagement/{other.reference}/plan/1/done", fields)
    assert advisor.answer.status_code == 404
