"""Folders that are made from answers: sound, as long as a journey, and never half there."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import NEW_OFFER
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.offers.walk import Walk
from tests.records import Files, Originals
from tests.workflow.offer.making.asked import PEOPLE, PLAIN, combinations
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput, CheckFailed, Conflict
from workflow.offer.check.on_disk import prove
from workflow.offer.loader import load_offer, load_offers
from workflow.offer.making.answers import Answers, read
from workflow.offer.making.folder import make
from workflow.queries.audit import verify
from workflow.store.session import Store

ORDERED = datetime(2027, 1, 11, 10, tzinfo=UTC)
EVERY = {one.code: one for one in combinations()}
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=30)


def described(one: Answers) -> str:
    there = [name for name in ("evidence", "visited", "certificate") if getattr(one, name)]
    return "-".join([f"{len(one.phases)} phases", f"{one.meetings} meetings", *there])


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each combination of answers."""
    root = tmp_path_factory.mktemp("made")
    for code, answers in EVERY.items():
        make(answers, NEW_OFFER, root / code)
    return root


@pytest.fixture(scope="session")
def catalogue(made: Path) -> Catalogue:
    return Catalogue(load_offers((made,)))


@pytest.fixture(scope="session")
def with_all(catalogue: Catalogue) -> Originals:
    return Originals({"keys": keys, "offers": catalogue})


def schools(store: Store) -> None:
    furnish(store, ORDERED)


@pytest.fixture
def store(files: Files, with_all: Originals) -> Iterator[Store]:
    with with_all.copy(files, schools) as store:
        yield store


@pytest.mark.parametrize("code", EVERY, ids=map(described, EVERY.values()))
def test_every_combination_of_answers_makes_a_sound_folder(made: Path, code: str) -> None:
    assert prove(made / code) == []
    assert load_offer(made / code).offer.price == EVERY[code].price


@pytest.mark.parametrize("code", EVERY, ids=map(described, EVERY.values()))
def test_a_journey_of_each_goes_through_every_stage_to_its_end(store: Store, catalogue: Catalogue, code: str) -> None:
    journey = Journey(store, ORDERED).begin(price=str(EVERY[code].price), order=f"W-{code}", offer=code)
    walk = Walk(journey, code, [journey.stage])
    for act in walk.steps():
        walk.do(act)
    assert walk.passed == list(catalogue.latest(code).stage)
    assert journey.row.standing == "completed"
    with store.reading() as session:
        assert verify(session).faults == ()


@settings(max_examples=25)
@given(title=WORDS, provider=WORDS, phase=WORDS)
def test_whatever_the_names_are_the_folder_is_sound(
    tmp_path_factory: pytest.TempPathFactory, title: str, provider: str, phase: str
) -> None:
    """Quotation marks, brackets and backslashes are words like others; what no name may have is refused before."""
    given = PLAIN | PEOPLE | {"title": title, "provider": provider, "phases": (phase,), "certificate": True}
    try:
        answers = read(given)
    except BadInput:
        return
    folder = tmp_path_factory.mktemp("named") / "offer"
    make(answers, NEW_OFFER, folder)
    offer = load_offer(folder)
    assert (offer.offer.title, offer.offer.provider) == (answers.title, answers.provider)
    assert [one.title for one in offer.phases] == list(answers.phases)


def test_a_folder_has_what_its_page_names_and_nothing_else(tmp_path: Path) -> None:
    make(read(PLAIN | {"meetings": 0}), NEW_OFFER, tmp_path / "bare")
    make(read(PLAIN | PEOPLE | {"evidence": True, "visited": True, "certificate": True}), NEW_OFFER, tmp_path / "full")
    assert [one.name for one in (tmp_path / "bare").iterdir() if one.suffix == ".typ"] == []
    assert {one.name for one in (tmp_path / "bare" / "emails").iterdir()} < emails_in(NEW_OFFER)
    assert emails_in(tmp_path / "full") == emails_in(NEW_OFFER)


def emails_in(folder: Path) -> set[str]:
    return {one.name for one in (folder / "emails").iterdir()}


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "offer.toml").write_text("mine", encoding="utf-8")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    for name in ("mine", "gone"):
        with pytest.raises(Conflict, match="is there already, and nothing in it was changed"):
            make(read(PLAIN), NEW_OFFER, tmp_path / name)
    assert (tmp_path / "mine" / "offer.toml").read_text(encoding="utf-8") == "mine"


def test_nothing_is_left_where_the_folder_cannot_be_sound(tmp_path: Path) -> None:
    """Templates that someone spoiled: no half of a folder stays, and nothing beside it."""
    templates, place = tmp_path / "templates", tmp_path / "place"
    shutil.copytree(NEW_OFFER, templates)
    letter = templates / "emails" / "finished.md"
    letter.write_text(letter.read_text(encoding="utf-8").replace("{{ school }}", "{{ nobody }}"), encoding="utf-8")
    place.mkdir()
    with pytest.raises(CheckFailed, match=r"make no sound offer: .*finished"):
        make(read(PLAIN), templates, place / "new")
    assert list(place.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match=r"file/new cannot be written: "):
        make(read(PLAIN), NEW_OFFER, tmp_path / "file" / "new")
