"""An offer in which nobody takes part by name: what it leaves out, and what is said to whoever names somebody."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.journeys import ADVISOR, Journey, furnish
from tests.keys import keys
from tests.offers.test_library import ELOWEN, HERE, ORDERED
from tests.records import Originals, Place
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput
from workflow.imports.findings import Mode
from workflow.imports.sheet import read
from workflow.imports.staff import import_staff
from workflow.offer.check import check
from workflow.offer.loader import load_offer, load_offers
from workflow.store.session import Store

NOBODY = "In the Quiet corridors pledge nobody takes part by name, so there is nobody to name."
STAFF = '\n[import.staff]\nname = ["Who"]\nemail = ["Their post"]\nphase = ["Which"]\n'


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with Originals({"keys": keys, "offers": Catalogue(load_offers((HERE,)))}).copy(place) as store:
        furnish(store, ORDERED)
        yield store


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = tmp_path / name
    shutil.copytree(HERE / name, folder)
    page = folder / "offer.toml"
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new))
    return folder


def test_nothing_is_wrong_with_the_page() -> None:
    assert check(load_offer(HERE / "pledge-2026-01")) == []


def test_it_runs_from_the_order_to_its_end(store: Store) -> None:
    journey = Journey(store, ORDERED).begin(price="10.00", order="PLEDGE-1", offer="pledge")
    journey.fire("write_into_the_list")
    assert (journey.stage, journey.row.standing) == ("listed", "completed")


def test_whoever_names_somebody_is_told_that_nobody_takes_part(store: Store) -> None:
    journey = Journey(store, ORDERED).begin(price="10.00", order="PLEDGE-1", offer="pledge")
    with pytest.raises(BadInput) as refused:
        journey.nominate((ELOWEN,))
    assert str(refused.value) == NOBODY
    staff = read(BytesIO(b"Name,Email\nElowen Trewin,elowen@example.org\n"), "staff.csv", limit=1000)
    with store.writing() as session, pytest.raises(BadInput) as refused:
        import_staff(session, journey.id, staff, actor=ADVISOR, now=journey.now, mode=Mode.WHOLE)
    assert str(refused.value) == NOBODY


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("pledge-2026-01", "\n[import.purchases]", f"{STAFF}\n[import.purchases]", "write at least one [[phase]]"),
        (
            "library-2026-01",
            STAFF.replace("Who", "Librarian").replace("Their post", "Their email").replace("Which", "Level"),
            "",
            "so write [import.staff]",
        ),
    ],
)
def test_people_have_a_phase_and_a_list(tmp_path: Path, name: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        load_offer(edited(tmp_path, name, old, new))
    assert [sentence in one.sentence for one in refused.value.problems] == [True]
