"""How a case's triggers are sorted for its page."""

from tests.journeys import LEAD, Journey
from web.advisor.engagement.trigger_buttons import Actions, sorted_out
from workflow.engine import available
from workflow.engine.catalogue import Catalogue
from workflow.offer.definition import Offer


def _sorted(journey: Journey, offer: Offer, role: str) -> Actions:
    """From the last trigger to the first, so that an order on the page is the sorting's doing."""
    with journey.store.reading() as session:
        return sorted_out(reversed(available(session, journey.id, LEAD)), offer, role)


def test_endings_come_last_whatever_the_offers_order(journey: Journey, offers: Catalogue) -> None:
    found = _sorted(journey, offers.latest(), "lead_advisor")
    assert [action.ending for action in found.open] == [False, True, True, True]


def test_only_a_role_the_offer_names_is_offered_the_override(journey: Journey, offers: Catalogue) -> None:
    for role, offered in (("lead_advisor", True), ("advisor", False)):
        assert [action.waivable for action in _sorted(journey, offers.latest(), role).refused] == [offered]


def test_a_yes_that_others_go_by_takes_a_second_look_and_a_plain_step_does_not(
    journey: Journey, offers: Catalogue
) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    plain = {action.title: action.folded for action in _sorted(journey, offers.latest(), "advisor").open}
    assert (plain["Complete follow-up meeting 1"], plain["Put on hold"]) == (False, True)
    journey.to("certification")
    weighty = {action.title: action.folded for action in _sorted(journey, offers.latest(), "lead_advisor").open}
    assert weighty["Approve the award"]


def test_another_standing_is_put_aside(journey: Journey, offers: Catalogue) -> None:
    aside = [action.trigger for action in _sorted(journey, offers.latest(), "lead_advisor").aside]
    assert sorted(aside) == ["reopen", "resume"]
