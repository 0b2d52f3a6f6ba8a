"""Whoever sets offers up sees what an offer says and does: drawn, written, printed, and on a calendar."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.journeys import furnish
from tests.keys import keys
from tests.queries_counted import counted
from tests.records import Files, Originals
from tests.test_layout import ROOT
from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD, Visitor
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases.accounts import members

KEYS = ("library-2026-01", "pledge-2026-01")


def _begin(store: Store) -> None:
    furnish(store, NOON)
    with store.writing() as session:
        members.add(session, "admin@example.org", name="Kensa", role="admin", password=PASSWORD, now=NOON)


@pytest.fixture(scope="module")
def original() -> Originals:
    """An installation with the offers of the tests, one folder of which cannot be read."""
    loaded = load_offers((ROOT / "tests" / "offers",))._replace(faults={"torn-2026-01": "Its page is torn."})
    return Originals({"keys": keys, "offers": Catalogue(loaded), "hash_cost": "least"})


@pytest.fixture
def store(original: Originals, files: Files) -> Iterator[Store]:
    with original.copy(files, _begin) as store:
        yield store


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return Visitor(app).sign_in("admin@example.org")


def test_the_list_says_of_each_offer_what_the_checker_says(admin: Visitor) -> None:
    told = admin.open("/admin/offers").words
    for said in (
        "School library mark",
        "Quiet corridors pledge",
        "Sound",
        "£120.00",
        "torn-2026-01: Its page is torn.",
    ):
        assert said in told


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("place", ["", "/emails", "/days", "/days?date-day=3&date-month=9&date-year=2025"])
def test_every_page_of_every_offer_opens_and_asks_the_record_nothing_more(
    admin: Visitor, store: Store, key: str, place: str
) -> None:
    with counted(store) as queries:
        assert admin.open(f"/admin/offers/{key}{place}").answer.status_code == 200
    assert len(queries) <= 3, queries


def test_the_journey_is_drawn_and_told_in_words(admin: Visitor) -> None:
    admin.open("/admin/offers/library-2026-01")
    assert 'src="data:image/svg+xml;base64,' in admin.answer.text
    for said in (
        "The page is sound",
        "Plan the library visit (by itself): leads to “Library visit”",
        "a School Librarian",
    ):
        assert said in admin.words


def test_an_offer_without_certificates_promises_none(admin: Visitor) -> None:
    assert "The certificate" not in admin.open("/admin/offers/pledge-2026-01").texts("h2")
    assert admin.open("/admin/offers/pledge-2026-01/certificate.pdf").answer.status_code == 404


def test_the_certificate_is_a_real_pdf_and_a_picture_of_it(admin: Visitor) -> None:
    assert admin.open("/admin/offers/library-2026-01/certificate.pdf?phase=1").answer.data.startswith(b"%PDF")
    assert admin.open("/admin/offers/library-2026-01/certificate.png").answer.data.startswith(b"\x89PNG")


def test_letters_are_read_as_their_readers_read_them(admin: Visitor) -> None:
    told = admin.open("/admin/offers/library-2026-01/emails").words
    for said in ("To the school lead", "Morwenna Tregear", "sent when an order comes in", "LBM-25-0001-"):
        assert said in told


def test_the_day_of_the_order_is_ones_own_choice(admin: Visitor) -> None:
    admin.open("/admin/offers/pledge-2026-01/days?date-day=3&date-month=9&date-year=2025")
    assert "Bought on Wednesday 3 September 2025" in admin.words
    assert "The council is to write you into the list of quiet schools, by Wednesday 17 September 2025" in admin.words


def test_a_day_that_is_none_is_asked_for_again(admin: Visitor) -> None:
    admin.open("/admin/offers/pledge-2026-01/days?date-day=31&date-month=2&date-year=2025")
    assert admin.answer.status_code == 422
    assert "The date must be a real date, such as 23 11 2026" in admin.words
    assert 'value="31"' in admin.answer.text


@pytest.mark.parametrize("place", ["", "/emails", "/days", "/certificate.png"])
def test_an_offer_that_is_not_there_is_not_found(admin: Visitor, place: str) -> None:
    assert admin.open(f"/admin/offers/nothing-2026-01{place}").answer.status_code == 404


def test_no_page_writes_anything(admin: Visitor, store: Store) -> None:
    with counted(store) as queries:
        for place in ("", "/emails", "/days"):
            admin.open(f"/admin/offers/library-2026-01{place}")
    assert [one for one in queries if not one.lstrip().upper().startswith("SELECT")] == []
