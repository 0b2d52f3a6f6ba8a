"""The page that helps to choose a phase."""

from playwright.sync_api import Page

from tests.web.browsing import Site, sound
from tests.web.visitor import Visitor


def test_the_answers_lead_to_a_phase_and_what_it_asks_evidence_for(anybody: Visitor) -> None:
    anybody.open("/which-phase?q2-1=yes&q2-2=yes&q3-1=no")
    assert "Phase 2: An Advanced Mentor and Coach fits what you said." in anybody.words
    assert "2.1 Mentoring and coaching, and when each was the right choice" in anybody.words
    assert "Have they led both mentoring and coaching" in anybody.words


def test_a_question_without_an_answer_is_asked_for(anybody: Visitor) -> None:
    anybody.open("/which-phase?q2-1=yes&q2-2=maybe")
    assert anybody.answer.status_code == 422
    assert anybody.answer.text.count("govuk-error-message") == 2
    assert 'href="#q3-1"' in anybody.answer.text
    assert "fits what you said" not in anybody.words


def test_axe_finds_nothing_on_it(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/which-phase")
    sound(page, "Everybody starts at the phase that meets their experience.")
    page.goto(f"{site.url}/which-phase?q2-1=yes&q2-2=yes&q3-1=yes")
    sound(page, "Phase 3: A Master Mentor and Coach fits what you said.")
    page.goto(f"{site.url}/which-phase?q2-1=yes")
    sound(page, "There is a problem")
