"""What a route supposes of a verb is what the engine makes of it."""

from pathlib import Path

from tests.workflow.forecasting.route.beginnings import TODAY, beginning, meeting
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.forecasting.route.act import RouteAct
from workflow.forecasting.route.act_results import after
from workflow.forecasting.route.situation import Situation

VERB = """
[[transition]]
trigger = "start_anew"
title = "Not met: start with the framework again"
done = "Not met: framework begun again"
school = "Your framework begins again"
from = "qa_visit"
to = "framework"
by = ["assessor"]
guards = [{ awaiting_judgement = "qa_visit", waivable = false }, { not_lead_advisor = true }]
records = { judgement = "not_yet_met", of = "qa_visit" }

"""
BELOW = "# --- The small journeys"


def test_a_verb_that_leads_back_judges_the_visit_of_the_round_that_it_ends(tmp_path: Path) -> None:
    offer = edited_offer(tmp_path, Edit(PAGE, BELOW, VERB + BELOW))
    facts = beginning("qa_visit", appointments=(meeting("qa_visit", "held", weeks=-1),)).facts
    at = Situation(offer, offer.calendar, "qa_visit", facts, TODAY)
    then = after(at, RouteAct("fire", "council", "start_anew"), TODAY).facts
    assert [one.outcome for one in then.judgements] == ["not_yet_met"]
    assert all(one.former for one in then.appointments)
    assert then.judged("qa_visit") == ()
