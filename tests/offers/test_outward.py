"""What leaves the service beside letters is told by offer too: calendars that subscribe, the outbox, figures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.journeys import Journey
from tests.offers.alone import alone
from tests.offers.conftest import Installation
from tests.offers.one_town import NOW, Town, meet
from tests.offers.test_console import ORDERS, ordered
from tests.offers.test_library import ORDERED
from tests.records import Files
from tests.web.visitor import Visitor
from workflow.usecases import appointments, calendar_feeds

TRAINING, WALK = "Training session 1, Polwhevral School", "The library visit, Polwhevral School"


@pytest.fixture
def address(town: Town) -> str:
    """All meetings, of whom there are two, each of another offer."""
    town.mentoring.nominate()
    meet(town.mentoring, "training_1", 14)
    meet(town.library, "shelf_walk", 15)
    with town.store.writing() as session:
        return f"/calendar/{calendar_feeds.make(session, 1, 'all', NOW)}.ics"


def read(visitor: Visitor, address: str) -> Any:
    return Calendar.from_ical(visitor.open(address).answer.text)


def test_a_calendar_tells_the_meetings_of_each_offer_apart(town: Town, address: str) -> None:
    events = {str(one["summary"]): one for one in read(Visitor(town.app), address).walk("VEVENT")}
    assert [str(one) for one in events[WALK]["categories"].cats] == ["School library mark"]
    assert str(events[WALK]["description"]).startswith(f"School library mark\n{town.library.reference}\n")
    assert [str(one) for one in events[TRAINING]["categories"].cats] != ["School library mark"]


def test_an_address_that_names_an_offer_has_its_meetings_alone(town: Town, address: str) -> None:
    calendar = read(Visitor(town.app), f"{address}?offer=library")
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == [WALK]
    assert str(calendar["name"]) == "Recognition: all meetings, School library mark"
    assert len(read(Visitor(town.app), address).walk("VEVENT")) == 2
    assert Visitor(town.app).open(f"{address}?offer=reading").answer.status_code == 404


def test_an_address_made_where_an_offer_is_chosen_names_it(town: Town) -> None:
    lead = town.visitor()
    for asked, told in (("library", "shows all meetings under School library mark."), ("", "shows all meetings.")):
        form = lead.open(f"/advisor/calendar?offer={asked}").fields('action="/advisor/calendar/feed"')
        lead.post("/advisor/calendar/feed", form | {"whose": "all"})
        assert told in lead.words
        assert (".ics?offer=library" in lead.answer.text) == bool(asked)


def test_where_one_offer_is_installed_no_meeting_says_which(files: Files, tmp_path: Path) -> None:
    with alone(files, tmp_path, "library") as there:
        journey = Journey(there.store, ORDERED).begin(price="120.00", order="S-1", offer="library")
        journey._do(appointments.book, "shelf_walk", ORDERED + timedelta(days=9))
        with there.store.writing() as session:
            secret = calendar_feeds.make(session, 1, "all", ORDERED)
        (one,) = read(Visitor(there.app), f"/calendar/{secret}.ics").walk("VEVENT")
        assert "categories" not in one
        assert str(one["description"]).startswith(journey.reference)


def test_the_outbox_is_listed_by_offer(typist_of: Installation) -> None:
    typist = typist_of()
    ordered(typist, "library")
    orders = typist.home / "pledges.csv"
    orders.write_text(ORDERS["pledge"], encoding="utf-8")
    typist.do("import", "purchases", str(orders))
    every, library = typist.ask("outbox", "list"), typist.ask("outbox", "list", "--offer", "library")
    own = {one["ref"] for one in typist.ask("engagement", "list", "--offer", "library")}
    assert {one["ref"] for one in library} == own
    assert {one["ref"] for one in every} > own
    assert typist.type("outbox", "list", "--offer", "reading").exit_code == 5


def test_certificates_to_come_are_those_of_the_offer(town: Town) -> None:
    lead = town.visitor()
    assert "Certificates to come" in lead.open("/advisor/insight?offer=library").texts("h2")
    assert lead.open("/advisor/insight/certificates.csv?offer=library").answer.status_code == 200
    assert "Certificates to come" not in lead.open("/advisor/insight?offer=pledge").texts("h2")
    assert lead.open("/advisor/insight/certificates.csv?offer=pledge").answer.status_code == 404
