"""Several offers in one installation: what belongs to none of them asks which, or tells of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import OFFERS, Settings
from tests.conftest import NOW
from tests.keys import keys
from tests.offers.conftest import Installation
from tests.offers.test_console import ORDERS, ordered
from tests.offers.together import FOLDERS, HERE
from tests.records import Files, Originals
from tests.web.cli.conftest import Typist
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.offer.installed.newest import house, newest
from workflow.offer.loader import load_offer, load_offers
from workflow.store.session import Store


@pytest.fixture
def store(files: Files) -> Iterator[Store]:
    known = Catalogue(load_offers((HERE, OFFERS)))
    with Originals({"keys": keys, "offers": known, "hash_cost": "least"}).copy(files) as store:
        yield store


@pytest.fixture
def anybody(store: Store, tmp_path: Path) -> Visitor:
    return Visitor(create_app(Settings(home=tmp_path, secret_key="k" * 40), Clock(NOW), store))


@pytest.fixture
def typist(typist_of: Installation) -> Typist:
    return typist_of()


def test_each_is_told_by_its_newest_version() -> None:
    pages = [load_offer(folder) for folder in FOLDERS.values()]
    older = pages[0].model_copy(update={"offer": pages[0].offer.model_copy(update={"version": "2025-01"})})
    assert newest([older, *pages]) == newest([*pages, older])
    assert [one.key for one in newest([*pages, older])] == [
        ("mentoring", "2026-09"),
        ("gate", "2026-01"),
        ("pledge", "2026-01"),
        ("library", "2026-01"),
    ]


def test_letters_that_belong_to_no_offer_are_the_installations() -> None:
    pages = [load_offer(folder) for folder in FOLDERS.values()]
    sender = "recognition@council.example"
    assert house(pages, "", sender) == ("Cornwall Council and Trelantic Council", sender)
    assert house(pages, "Kernow Council", sender) == ("Kernow Council", sender)
    assert house(pages[:1], "", sender) == ("Trelantic Council", "library@example.org")


def test_the_front_door_names_every_offer_and_the_phase_guide_is_of_the_one_that_asks(anybody: Visitor) -> None:
    words = anybody.open("/").words
    assert (
        "This is the service of Cornwall Council and Trelantic Council for schools that have bought the Mentoring, "
        "coaching and leadership recognition framework, Open gates award, Quiet corridors pledge and School library "
        "mark." in words
    )
    assert "Check a certificate" in anybody.texts("h2")
    assert "Phase 2: An Advanced Mentor and Coach fits" in anybody.open("/which-phase?q2-1=yes&q2-2=yes&q3-1=no").words
    assert anybody.open("/which-phase?offer=mentoring").answer.status_code == 200
    assert anybody.open("/which-phase?offer=pledge").answer.status_code == 404


def test_days_are_counted_once_where_all_count_alike(typist: Typist) -> None:
    (line,) = typist.do("calendar", "count", "2026-11-02", "3 days").splitlines()
    assert "Thursday 5 November 2026" in line


def test_days_are_told_for_each_offer_where_they_differ_and_for_the_one_that_is_named(typist: Typist) -> None:
    lines = typist.do("calendar", "count", "2026-02-10", "5 school days").splitlines()
    titles = [one.partition(":")[0] for one in lines]
    assert titles == [one.offer.title for one in newest(Catalogue(load_offers((HERE, OFFERS))))]
    assert (
        typist.do("calendar", "count", "2026-02-10", "5 school days", "--offer", "library")
        == lines[3].partition(": ")[2] + "\n"
    )
    assert typist.do("calendar", "check").startswith("Nothing moves")


def test_one_date_for_many_is_read_by_the_clock_of_those_that_are_named(typist: Typist) -> None:
    told = typist.type("bulk", "book", "shelf_walk", "2026-12-01T13:30", "LBM-26-0001-J")
    assert "There is no engagement" in told.output
    assert told.exit_code == 3


def test_the_console_lists_one_offer_alone_and_names_those_there_are(typist: Typist) -> None:
    libraries = ordered(typist, "library")
    orders = typist.home / "pledges.csv"
    orders.write_text(ORDERS["pledge"], encoding="utf-8")
    typist.do("import", "purchases", str(orders), "--offer", "pledge", "--as", "system")
    pledges = {one["ref"] for one in typist.ask("engagement", "list")} - {*libraries}
    for command in (("engagement", "list"), ("promises",)):
        told = {one["ref"] for one in typist.ask(*command, "--offer", "library")}
        assert told == set(libraries), command
        assert {one["ref"] for one in typist.ask(*command)} == {*libraries, *pledges}
    found = typist.ask("engagement", "list", "--offer", "pledge-2026-01", "--find", "900001")
    assert [one["offer"] for one in found] == ["pledge-2026-01"]
    refused = typist.type("engagement", "list", "--offer", "reading")
    assert (refused.exit_code, "Installed: mentoring, gate, pledge or library." in refused.stderr) == (5, True)
    refused = typist.type("engagement", "list", "--offer", "pledge", "--stage", "joining")
    assert "there is no stage “joining” in pledge; choose from pledged, listed." in refused.stderr
