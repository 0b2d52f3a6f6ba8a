"""The pages of an engagement whose offer is a different one: each opens at every stage and in every round."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import Settings
from tests.journeys import ASSESSOR, LEAD, Journey, furnish
from tests.keys import keys
from tests.offers.test_library import ELOWEN, HERE
from tests.records import Files, Originals
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases import participants
from workflow.usecases.accounts import members

ORDERED = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
PLACES = ("", "/people", "/meetings", "/evidence", "/visits", "/messages", "/history", "/notes")
SCHOOLS = ("", "/people", "/dates", "/messages", "/certificates")
LISTS = ("/advisor/", "/advisor/engagements", "/advisor/board", "/advisor/calendar", "/advisor/insight")


@pytest.fixture
def store(files: Files) -> Iterator[Store]:
    known = {"keys": keys, "offers": Catalogue(load_offers((HERE,))), "hash_cost": "least"}
    with Originals(known).copy(files) as store:
        furnish(store, ORDERED)
        with store.writing() as session:
            members.add(session, "lead@example.org", name="Lead", role="lead_advisor", password=PASSWORD, now=ORDERED)
        yield store


Stations = Iterator[tuple[Journey, int]]


def library(store: Store) -> Stations:
    """Every stage on the way, twice round, and the round that it is in."""
    journey = Journey(store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library")
    yield journey, 1
    journey.nominate((ELOWEN,))
    for number in (1, 2):
        yield journey, number
        journey._do(participants.move, ELOWEN.email, "complete")
        journey.meet("shelf_walk").fire("library_good", ASSESSOR)
        yield journey, number
        journey._do(participants.confirm_name, ELOWEN.email, name=None)
        journey.fire("sign_the_mark", LEAD)
        journey._do(participants.move, ELOWEN.email, "recognise", actor=SYSTEM)
        yield journey, number
        if number == 1:
            journey.fire("come_again", LEAD)
    journey.fire("give_up_the_mark", LEAD, note="The school closes its library.")
    yield journey, 2


def pledge(store: Store) -> Stations:
    """Two stages, with nobody in them."""
    journey = Journey(store, ORDERED).begin(price="10.00", order="PLEDGE-1", offer="pledge")
    yield journey, 1
    journey.fire("write_into_the_list")
    yield journey, 1


def assert_nobody_is_asked_for(lead: Visitor, school: Visitor, case: str, theirs: str) -> None:
    """Nor promised a certificate, in an offer that has neither."""
    council = " ".join(lead.open(f"{case}{place}").words for place in ("", "/people", "/messages", "/history"))
    own = " ".join(school.open(f"{theirs}{place}").words for place in ("", "/people", "/messages"))
    for words in ("Nobody is named", "Who takes part", "certificates will come", "your people have come", "Dates "):
        assert words not in council + own, words


@pytest.mark.parametrize("walk", [library, pledge])
def test_every_page_opens_at_every_stage_of_every_round(
    store: Store, tmp_path: Path, walk: Callable[[Store], Stations]
) -> None:
    clock = Clock(ORDERED)
    settings = Settings(home=tmp_path, database_url="sqlite://", secret_key="s" * 40, second_factor=())
    app = create_app(settings, clock, store)
    for journey, number in walk(store):
        case = f"/advisor/engagement/{journey.reference}"
        clock.now = journey.now
        lead, school = Visitor(app).sign_in("lead@example.org"), Visitor(app)
        theirs = let_in(school, journey.reference)
        paths = [*LISTS, *(f"{case}{place}" for place in PLACES)]
        answers = {path: lead.open(path).answer.status_code for path in paths}
        assert set(answers.values()) == {200}, answers
        heading = "The journey" if number == 1 else f"The journey, round {number}"
        assert heading in lead.open(case).texts("h2"), (journey.stage, lead.texts("h2"))
        assert "Give the mark up" not in lead.open(case).words.partition("What you can do")[0], journey.stage
        if walk is pledge:
            assert_nobody_is_asked_for(lead, school, case, theirs)
        told = {place: school.open(f"{theirs}{place}").answer.status_code for place in SCHOOLS}
        none = {"/certificates"} if walk is pledge else set()
        assert {place for place, status in told.items() if status != 200} == none, (journey.stage, told)
        assert heading.replace("The", "Your") in school.open(theirs).texts("h2"), (journey.stage, school.texts("h2"))
