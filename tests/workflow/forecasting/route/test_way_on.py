"""A stage at which a journey is given up is on nobody's way but of those who are there."""

from tests.offers.together import FOLDERS
from workflow.forecasting.route.way_on import stages_on_the_way
from workflow.offer.loader import load_offer


def test_a_way_out_is_shown_to_those_who_took_it() -> None:
    library = load_offer(FOLDERS["library"])
    assert stages_on_the_way(library, "mark_held") == ("joining", "shelf_visit", "library_panel", "mark_held")
    assert stages_on_the_way(library, "given_up")[-1] == "given_up"


def test_without_certificates_it_is_the_first_end_on_the_page_that_a_journey_makes_for() -> None:
    gate = load_offer(FOLDERS["gate"])
    assert gate.goals == {"gates_open"}
    assert stages_on_the_way(gate, "gate_arrivals") == tuple(gate.stage)[:-1]
    assert stages_on_the_way(gate, "gates_shut") == tuple(gate.stage)


def test_every_stage_that_leads_on_is_shown() -> None:
    for code in ("mentoring", "pledge"):
        offer = load_offer(FOLDERS[code])
        assert stages_on_the_way(offer, offer.offer.start) == tuple(offer.stage)
