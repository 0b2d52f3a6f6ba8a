"""Orders find their offer by their product, and its version by their day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import furnish
from tests.keys import keys
from tests.workflow.imports.test_purchases import SERVICE, bring_in, problems
from tests.workflow.offer.pages import READING
from tests.workflow.usecases.offers.editing import Folder
from workflow.domain.actor import SYSTEM
from workflow.store.databases.patience import Patience
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.usecases.offers.install import install
from workflow.usecases.offers.offer_folders import OfferFolders
from workflow.usecases.offers.opening import open_record

BOOKS = "Reading quality mark"


@pytest.fixture
def several(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Two versions of the first offer, the second for orders from 3 October 2025, and another offer beside them."""
    furnish(store, NOW)
    first = Folder(tmp_path / "first")
    later = Folder(tmp_path / "later").change("offer.toml", 'version = "2026-09"', 'version = "2027-09"')
    install(store, first.path, actor=SYSTEM, now=NOW)
    install(store, later.path, actor=SYSTEM, now=NOW, starts_on=date(2025, 10, 3))
    install(store, READING, actor=SYSTEM, now=NOW)
    url = store.engine.url.render_as_string(hide_password=False)
    folders = OfferFolders(tmp_path, tmp_path / "shelf", follow=False)
    with_offers = open_record(url, {"keys": keys}, Patience(), folders, NOW)
    yield with_offers
    with_offers.close()


def row(number: str, product: str, day: str) -> str:
    return f"{number},{product},900001,£265.00,{day},Jenna Rowe,Jenna@Example.org,Paid"


def begun(store: Store) -> dict[str | None, tuple[str, str]]:
    with store.reading() as session:
        return {one.order_number: (one.offer_code, one.offer_version) for one in session.scalars(select(Engagement))}


def test_each_order_begins_under_the_version_of_its_day(several: Store) -> None:
    report = bring_in(several, row("A", SERVICE, "02/10/2025"), row("B", SERVICE, "03/10/2025"))
    assert (report.added, problems(report)) == (2, [])
    assert begun(several) == {"A": ("mentoring", "2026-09"), "B": ("mentoring", "2027-09")}


def test_orders_of_one_file_find_their_offers_by_their_products(several: Store) -> None:
    report = bring_in(several, row("A", SERVICE, "02/10/2025"), row("A", BOOKS, "02/10/2025"))
    assert (report.added, problems(report)) == (2, [])
    with several.reading() as session:
        codes = set(session.scalars(select(Engagement.offer_code)))
    assert codes == {"mentoring", "reading"}
    assert bring_in(several, row("A", BOOKS, "02/10/2025")).unchanged == 1


def test_an_order_from_before_the_first_version_is_refused_in_a_sentence(store: Store, tmp_path: Path) -> None:
    furnish(store, NOW)
    install(store, Folder(tmp_path / "one").path, actor=SYSTEM, now=NOW, starts_on=date(2025, 10, 3))
    url = store.engine.url.render_as_string(hide_password=False)
    opened = open_record(url, {"keys": keys}, Patience(), OfferFolders(tmp_path, tmp_path / "shelf", follow=False), NOW)
    (problem,) = problems(bring_in(opened, row("A", SERVICE, "02/10/2025")))
    assert problem.endswith("nobody could order this before Friday 3 October 2025; correct the day, or leave it out.")
    assert begun(opened) == {}
    opened.close()


def test_a_product_that_two_offers_sell_is_asked_about(several: Store, tmp_path: Path) -> None:
    twin = Folder(tmp_path / "twin").change("offer.toml", 'code = "mentoring"', 'code = "twin"')
    install(several, twin.path, actor=SYSTEM, now=NOW)
    url = several.engine.url.render_as_string(hide_password=False)
    opened = open_record(url, {"keys": keys}, Patience(), OfferFolders(tmp_path, tmp_path / "shelf", follow=False), NOW)
    (problem,) = problems(bring_in(opened, row("A", SERVICE, "02/10/2025")))
    assert problem.endswith("mentoring and twin all sell this; say which offer is meant.")
    opened.close()
