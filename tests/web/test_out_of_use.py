"""What people read whose offer has a mistake in its page: what it means for them, and whom to tell."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config.settings import OFFERS, Settings
from tests.journeys import LEAD, Journey
from tests.keys import keys
from tests.web import readers
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.offer.loader import load_offers
from workflow.store.session import Store

EMAIL = "advisor.web@example.org"


@pytest.fixture
def broken(store: Store, settings: Settings, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """The pages over the same record, once the offer's page is no TOML any more."""
    folder = tmp_path / "offers" / "mentoring-2026-09"
    shutil.copytree(OFFERS / folder.name, folder)
    (folder / "offer.toml").write_text("[offer", encoding="utf-8")
    url = store.engine.url.render_as_string(hide_password=False)
    opened = Store(url, {"keys": keys, "offers": Catalogue(load_offers((folder.parent,))), "hash_cost": "least"})
    yield create_app(settings, clock, opened)
    opened.close()


def test_a_school_is_told_whom_to_ask_in_its_own_words(broken: Flask, journey: Journey, settings: Settings) -> None:
    page = Visitor(broken).open(Links("", settings.secret_key).status(journey.reference))
    assert page.answer.status_code == 503
    assert "a mistake in its rules has to be mended first. Nothing is lost" in page.words
    assert "tell your advisor" in page.words
    assert "doctor" not in page.words


def test_a_reader_of_several_schools_sees_the_list_and_is_told_whom_to_ask(broken: Flask, journey: Journey) -> None:
    reader = Visitor(broken)
    readers.let_in(reader, schools=("900001",))
    assert journey.reference in reader.open("/schools").words
    page = reader.open(f"/schools/{journey.reference}")
    assert page.answer.status_code == 503
    assert "tell whoever invited you" in page.words


def test_an_advisor_is_told_whom_to_ask(broken: Flask, case: str) -> None:
    page = Visitor(broken).sign_in(EMAIL).open(case)
    assert page.answer.status_code == 503
    assert "tell whoever looks after this service" in page.words
    assert "doctor" not in page.words


@pytest.mark.usefixtures("journey")
def test_the_list_says_it_shortly_and_today_why(broken: Flask) -> None:
    advisor = Visitor(broken).sign_in(EMAIL)
    assert advisor.open("/advisor/engagements").words.count("The offer mentoring-2026-09 is out of use.") == 1
    assert advisor.open("/advisor/").words.count("offer.toml: is not TOML") == 1


def test_what_is_over_does_not_count_as_stuck(broken: Flask, journey: Journey) -> None:
    advisor = Visitor(broken).sign_in(EMAIL)
    assert "Sending Stuck The offer mentoring-2026-09 is out of use." in advisor.open("/advisor/engagements").words
    journey.fire("cancel", actor=LEAD, note="They asked us to.")
    words = advisor.open("/advisor/engagements").words
    assert journey.reference in words
    assert "is out of use." not in words


@pytest.mark.usefixtures("journey")
def test_the_promises_board_does_not_say_that_nothing_is_owed(broken: Flask) -> None:
    words = Visitor(broken).sign_in(EMAIL).open("/advisor/promises").words
    assert "Out of use 1" in words
    assert "The council owes nothing just now, as far as can be said." in words
    assert "No school owes anything just now, as far as can be said." in words
