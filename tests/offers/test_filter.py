"""Several offers side by side: whatever lists or counts is of all of them, or of the one that the address names."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from config.settings import OFFERS
from tests.journeys import LEAD
from tests.offers import one_town
from tests.offers.one_town import ADVISOR, NOW, Town, meet
from tests.records import Files
from tests.web.readers import let_in
from tests.web.visitor import Visitor
from workflow.offer.installed.editions import Edition
from workflow.queries.calendar.meetings import first_of_each_day, list_meetings
from workflow.queries.lists.engagement_list import page
from workflow.queries.lists.wanted import ORDERS, Wanted
from workflow.usecases import advisors

ALL = {"mentoring", "library", "pledge", "other"}
CALENDAR = "/advisor/calendar?view=list&from=2026-10-01&whose=all"
LISTS = (
    "/advisor/engagements?show=all",
    "/advisor/engagements.csv?show=all",
    "/advisor/engagements?order=newest",
    "/advisor/engagements?order=school",
    "/advisor/engagements?find=Nanskerris",
    "/advisor/engagements.csv?find=Nanskerris",
    "/advisor/promises?show=",
)
#: Every page that has the choice.
PAGES = (
    "/advisor/engagements",
    "/advisor/board",
    "/advisor/promises",
    "/advisor/",
    "/advisor/calendar",
    "/advisor/insight",
)


@pytest.fixture
def lead(town: Town) -> Visitor:
    town.clock.now = NOW + timedelta(days=21)
    return town.visitor()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_of_every_offer_or_of_the_one_that_is_asked_for(town: Town, lead: Visitor, path: str) -> None:
    for asked, expected in (
        ("", ALL),
        ("library", {"library"}),
        ("mentoring", {"mentoring", "other"}),
        ("pledge-2026-01", {"pledge"}),
    ):
        assert town.told(lead.open(f"{path}&offer={asked}").answer.text) == expected, asked


def test_somebodys_day_and_what_it_leads_to_is_of_the_offer_that_is_asked_for(town: Town) -> None:
    theirs = town.library.row.advisor_id
    for one in (town.mentoring, town.other):
        if one.row.advisor_id != theirs:
            one._do(advisors.hand_over, ADVISOR, note="Yours.", actor=LEAD)
    advisor = town.visitor(ADVISOR)
    assert town.told(advisor.open("/advisor/").answer.text) >= {"mentoring", "library", "other"}
    assert town.told(advisor.open("/advisor/?offer=library").answer.text) == {"library"}
    assert town.told(advisor.open("/advisor/?offer=mentoring").answer.text) == {"mentoring", "other"}
    assert "offer=mentoring" in advisor.link("One thing for all of these")


def test_a_workbook_holds_the_engagements_of_the_offer(town: Town, lead: Visitor) -> None:
    sheet = load_workbook(BytesIO(lead.open("/advisor/engagements.xlsx?offer=library").answer.data)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [town.library.reference]


def test_the_board_has_the_stages_of_the_offer(town: Town, lead: Visitor) -> None:
    assert lead.open("/advisor/board?offer=pledge").texts("h2")[:2] == ["1. Pledged", "2. On the list"]
    assert "1 under way" in lead.words
    assert town.told(lead.open(lead.link("1 under way")).answer.text) == {"pledge"}


def test_the_calendar_shows_meetings_of_the_offer_and_goes_on_with_it(town: Town, lead: Visitor) -> None:
    town.mentoring.nominate()
    meet(town.mentoring, "training_1", 14)
    meet(town.library, "shelf_walk", 14)
    for view in ("list", "month", "week"):
        path = f"/advisor/calendar?view={view}&from=2026-10-12&whose=all"
        assert {"Training session 1", "The library visit"} <= _meetings(lead.open(path).words)
        assert _meetings(lead.open(f"{path}&offer=library").words) == {"The library visit"}
    assert "offer=library" in lead.link("Later")
    assert "Calendar: all meetings, School library mark" in lead.words


def _meetings(words: str) -> set[str]:
    return {title for title in ("Training session 1", "The library visit") if title in words}


def test_the_overview_is_of_one_offer_and_leads_to_its_engagements(town: Town, lead: Visitor) -> None:
    lead.open("/advisor/insight?offer=mentoring")
    assert "Of 2 engagements" in lead.words
    assert town.told(lead.open(lead.link("Purchase")).answer.text) == {"mentoring", "other"}
    rows = csv.reader(
        StringIO(lead.open("/advisor/insight/funnel.csv?offer=pledge").answer.text.removeprefix("\ufeff"))
    )
    assert [row[0] for row in rows][1:] == ["Pledged", "On the list"]


def test_a_reader_of_several_schools_sees_the_offer_that_is_asked_for(town: Town) -> None:
    reader = Visitor(town.app)
    let_in(reader, schools=("900001",))
    assert town.told(reader.open("/schools").answer.text) == ALL - {"other"}
    for path in ("/schools?offer=library", "/schools.csv?offer=library"):
        assert town.told(reader.open(path).answer.text) == {"library"}
    assert "1 journey towards" in reader.open("/schools?offer=library").words
    assert reader.open("/schools?offer=nothing").answer.status_code == 404


def test_the_stages_to_choose_from_are_those_of_the_chosen_offer(town: Town, lead: Visitor) -> None:
    assert _stages(lead.open("/advisor/engagements?offer=pledge")) == ["Every stage", "Pledged", "On the list"]
    assert {"Purchase", "Pledged", "Joining"} <= set(_stages(lead.open("/advisor/engagements?show=all")))
    # A stage of another offer asks for nothing once the offer is another one.
    assert town.told(lead.open("/advisor/engagements?offer=pledge&stage=purchase").answer.text) == {"pledge"}


def _stages(page: Visitor) -> list[str]:
    """What can be chosen there."""
    (choice,) = re.findall(r'name="stage">(.*?)</select>', page.answer.text, re.DOTALL)
    return [unescape(one) for one in re.findall(r"<option[^>]*>(.*?)</option>", choice)]


def test_a_list_under_a_name_keeps_the_offer(town: Town, lead: Visitor) -> None:
    path = "/advisor/lists/new?offer=library"
    lead.post(path, lead.open(path).fields('name="name"') | {"name": "Libraries"})
    assert town.told(lead.follow().answer.text) == {"library"}
    assert "Offer: School library mark" in lead.open("/advisor/lists").words


@pytest.mark.parametrize("path", PAGES)
def test_an_offer_that_nobody_knows_is_refused_and_those_there_are_named(lead: Visitor, path: str) -> None:
    answer = lead.open(f"{path}?offer=reading").answer
    assert answer.status_code == 404
    assert "There is no offer called “reading” here. Installed: mentoring, gate, pledge or library." in lead.words


@pytest.fixture
def alone(files: Files, tmp_path: Path) -> Iterator[Visitor]:
    """Where the first offer alone is installed."""
    with one_town.installed(files, OFFERS) as store:
        yield one_town.lead_of(store, tmp_path)


@pytest.mark.parametrize("path", PAGES)
def test_where_one_offer_is_installed_nobody_is_asked_which(lead: Visitor, alone: Visitor, path: str) -> None:
    assert 'name="offer"' in lead.open(path if "engagements" not in path else f"{path}?show=all").answer.text
    assert alone.open(path).answer.status_code == 200
    assert 'name="offer"' not in alone.answer.text


def test_no_page_of_a_list_gathers_all_of_an_offer_to_put_them_in_order(town: Town) -> None:
    """Of one with many, as SQLite does it, which counts nothing beforehand: others are left out on the way."""
    asked: list[tuple[str, Any]] = []
    event.listen(town.store.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    library, days = Edition("library", "2026-01"), [NOW, NOW + timedelta(days=1)]
    with town.store.reading() as session:
        for order in ORDERS:
            page(session, NOW, Wanted(offer=library, order=order, few=False))
        list_meetings(session, days[0], days[1], advisor_id=None, limit=9, offer=library)
        first_of_each_day(session, days, 5, library)
    with town.store.engine.connect() as connection:
        for statement, values in [one for one in asked if "+engagement.offer_code" in one[0]]:
            plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert not [one for one in plan if "offer_code" in one], plan
    assert len([one for one in asked if "+engagement.offer_code" in one[0]]) >= len(ORDERS) + 2
