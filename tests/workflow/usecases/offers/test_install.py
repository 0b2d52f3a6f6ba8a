"""Installing: sound folders go in, corrections become revisions, and everything else is another version."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from tests.conftest import NOW
from tests.workflow.usecases.offers.editing import NAME, Folder
from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import BadInput, NotAllowed
from workflow.store.session import Store
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.usecases.offers import revisions
from workflow.usecases.offers.install import Installed, install, was_installed


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def put(store: Store, folder: Folder) -> Installed:
    return install(store, folder.path, actor=SYSTEM, now=NOW)


def test_a_sound_folder_was_installed_and_a_second_time_changes_nothing(store: Store, folder: Folder) -> None:
    assert put(store, folder) == (NAME, 1, "installed")
    assert put(store, folder) == (NAME, 1, "as it was")
    with store.reading() as session:
        assert was_installed(session, folder.path)
        (one,) = revisions.in_use(session)
        kept = dict(revisions.files_of(session, one))
    assert kept == {
        path.relative_to(folder.path).as_posix(): path.read_bytes() for path in folder.path.rglob("*") if path.is_file()
    }


def test_words_are_corrected_and_files_that_stayed_are_kept_once(store: Store, folder: Folder) -> None:
    put(store, folder)
    with store.reading() as session:
        before = session.scalar(select(func.count()).select_from(OfferFile)) or 0
    folder.change("emails/thank-you.md", "Dear ", "Hello ")
    assert put(store, folder) == (NAME, 2, "corrected")
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OfferFile)) == before + 1
        assert [one.revision for one in revisions.of(session, "mentoring", "2026-09")] == [2, 1]
        assert [one.revision for one in revisions.in_use(session)] == [2]


def test_another_price_needs_another_version_and_says_so(store: Store, folder: Folder) -> None:
    put(store, folder)
    with pytest.raises(BadInput, match="Give the page another version for the rest") as refused:
        put(store, folder.change("offer.toml", 'price = "265.00"', 'price = "300.00"'))
    assert refused.value.problems[0].sentence == "The price is now £300.00 instead of £265.00."
    with store.reading() as session:
        assert [one.revision for one in revisions.in_use(session)] == [1]


def test_a_folder_with_faults_leaves_nothing_behind(store: Store, folder: Folder) -> None:
    with pytest.raises(BadInput, match="cannot be installed") as refused:
        put(store, folder.change("emails/welcome.md", "{{", "{{ nobody }} {{"))
    assert "emails/welcome.md" in str(refused.value.problems[0])
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OfferFile)) == 0
        assert revisions.newest(session) == 0


def test_what_the_record_has_lost_is_mended_by_its_folder(store: Store, folder: Folder) -> None:
    put(store, folder)
    with store.writing() as session:
        session.execute(delete(OfferFile))
    assert put(store, folder) == (NAME, 2, "mended")
    with store.reading() as session:
        (one,) = revisions.in_use(session)
        assert len(dict(revisions.files_of(session, one))) == len(one.files)


def test_only_admins_install(store: Store, folder: Folder) -> None:
    for role in ("advisor", "lead_advisor", "auditor", "school"):
        with pytest.raises(NotAllowed, match="Only an admin"):
            install(store, folder.path, actor=Actor(role, 1), now=NOW)


def test_two_who_install_the_same_at_once_make_one_revision(store: Store, folder: Folder) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: put(store, folder), range(4)))
    assert sorted(one.outcome for one in done) == ["as it was", "as it was", "as it was", "installed"]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OfferRevision)) == 1
