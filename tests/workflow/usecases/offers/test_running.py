"""Running: every program that has a record open runs the offers that it holds, whatever happens to folders."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.workflow.usecases.offers.editing import NAME, Folder
from tests.worlds import world_with
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.errors import OutOfUse
from workflow.store.databases.patience import Patience
from workflow.store.session import Store
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases.offers import running
from workflow.usecases.offers.install import install
from workflow.usecases.offers.offer_folders import OfferFolders
from workflow.usecases.offers.opening import open_record
from workflow.usecases.offers.running import place_of

KEY = ("mentoring", "2026-09")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "offers")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs look with every session, not every few seconds."""
    monkeypatch.setattr(running, "_AGAIN", 0.0)


def opened(store: Store, folder: Folder, shelf: str = "shelf", *, follow: bool = False) -> Store:
    """Another program with the same record."""
    url = store.engine.url.render_as_string(hide_password=False)
    folders = OfferFolders(folder.path.parent, folder.path.parent.parent / shelf, follow)
    return open_record(url, {"keys": keys}, Patience(), folders, NOW)


def known(store: Store) -> Catalogue:
    with store.reading() as session:
        return offers_of(session)


def test_a_record_without_offers_runs_those_of_the_folder(store: Store, folder: Folder) -> None:
    program = opened(store, folder)
    assert [one.key for one in known(program)] == [KEY]
    assert known(program).revision(*KEY) is None
    program.close()


def test_a_correction_reaches_programs_that_are_running_on_every_machine(store: Store, folder: Folder) -> None:
    install(store, folder.path, actor=SYSTEM, now=NOW)
    here, there = opened(store, folder), opened(store, folder, "another machine")
    with there.reading() as session:
        before = offers_of(session)
        install(store, folder.change("emails/thank-you.md", "Dear ", "Hello ").path, actor=SYSTEM, now=NOW)
        assert offers_of(session) is before
    for program in (here, there):
        assert known(program).revision(*KEY) == 2
        assert "Hello " in known(program).machine(*KEY).offer.emails["thank-you"].body
        program.close()


def test_nothing_that_happens_to_folders_touches_what_is_installed(store: Store, folder: Folder) -> None:
    install(store, folder.path, actor=SYSTEM, now=NOW)
    program = opened(store, folder)
    shutil.rmtree(folder.path)
    with program.reading() as session:
        place = place_of(session)
    (place / NAME / "offer.toml").write_text("[[stage", encoding="utf-8")
    (place / NAME / "emails" / "welcome.md").unlink()
    again = opened(store, folder)
    assert [one.key for one in known(again)] == [KEY]
    assert "welcome" in known(again).machine(*KEY).offer.emails
    program.close()
    again.close()


def test_an_offer_that_the_record_has_lost_is_out_of_use_and_others_are_not(
    store: Store, folder: Folder, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other").change("offer.toml", 'version = "2026-09"', 'version = "2027-09"')
    other = other.change("offer.toml", "Mentoring, coaching and leadership", "Mentoring and leadership")
    install(store, folder.path, actor=SYSTEM, now=NOW)
    done = install(store, other.path, actor=SYSTEM, now=NOW)
    page = (other.path / "offer.toml").read_bytes()
    with store.writing() as session:
        session.execute(update(OfferFile).where(OfferFile.data == page).values(data=b"[[stage"))
    program = opened(store, folder)
    assert [one.key for one in known(program)] == [KEY]
    with pytest.raises(OutOfUse, match="out of use"):
        known(program).machine("mentoring", "2027-09")
    assert known(program).faults[done.name] == (
        "The record no longer holds offer.toml as it was installed. Install the offer's folder once more."
    )
    program.close()


def test_an_installation_that_follows_its_folder_installs_what_is_new_and_tells_what_it_cannot(
    store: Store, folder: Folder
) -> None:
    program = opened(store, folder, follow=True)
    assert known(program).revision(*KEY) == 1
    program.close()
    folder.change("emails/thank-you.md", "Dear ", "Hello ")
    program = opened(store, folder, follow=True)
    assert known(program).revision(*KEY) == 2
    program.close()
    words = Folder(folder.path.parent.parent / "elsewhere").change("emails/thank-you.md", "Dear ", "Good day ")
    install(store, words.path, actor=SYSTEM, now=NOW)
    program = opened(store, folder, follow=True)
    assert "Good day " in known(program).machine(*KEY).offer.emails["thank-you"].body
    program.close()
    folder.change("offer.toml", 'price = "265.00"', 'price = "300.00"')
    program = opened(store, folder, follow=True)
    assert (known(program).revision(*KEY), str(known(program).machine(*KEY).offer.offer.price)) == (3, "265.00")
    program.close()


def test_letters_and_certificates_say_under_which_wording_they_went(
    store: Store, folder: Folder, maildir: Path
) -> None:
    install(store, folder.path, actor=SYSTEM, now=NOW)
    program = opened(store, folder)
    furnish(program, NOW)
    journey = Journey(program, NOW).begin()
    world = world_with(program, mail_server(f"maildir:{maildir}"))
    pass_once(world, journey.now)
    install(store, folder.change("emails/thank-you.md", "Dear ", "Hello ").path, actor=SYSTEM, now=NOW)
    journey.to("recognised")
    pass_once(world, journey.now)
    with program.reading() as session:
        welcome = session.scalars(select(SentEmail).where(SentEmail.text.contains("Jenna"))).first()
        revisions_sent = set(session.scalars(select(SentEmail.offer_revision)))
        assert set(session.scalars(select(Certificate.offer_revision))) == {2}
    assert welcome is not None
    assert (welcome.offer_revision, revisions_sent) == (1, {1, 2})
    program.close()
