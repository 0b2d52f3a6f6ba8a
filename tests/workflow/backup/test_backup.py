"""A backup made while everything runs is all of one moment, and comes back whole on either database."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import func, select, update

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import ADVISOR, Journey, furnish
from tests.records import Files, Originals, Place
from tests.worlds import world_with
from workflow.backup.archive import Manifest, Reader
from workflow.backup.restore import HELD, catch_up, list_held, restore
from workflow.backup.save import save
from workflow.errors import BadInput, Conflict
from workflow.queries.audit import verify
from workflow.queries.certificate_check import Verdict, verify_file
from workflow.queries.held_up import list_held_up
from workflow.queries.outlines import outlines_of
from workflow.store.health import setbacks
from workflow.store.session import Store
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import dead_letters

Empty = Callable[[], Store]


def lived_in(store: Store) -> None:
    """With certificates, letters that went out, and letters that are owed."""
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().to("recognised")
    with TemporaryDirectory() as folder:
        pass_once(world_with(store, mail_server(f"maildir:{folder}/before")), journey.now)
    Journey(store, journey.now).begin(order="SFS-2")


@pytest.fixture
def full(place: Place, originals: Originals) -> Iterator[Journey]:
    with originals.copy(place, lived_in) as store:
        yield Journey.resume(store)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, files: Files, originals: Originals) -> Iterator[Store]:
    """A home nobody has lived in, on the one database or the other."""
    with originals.copy(files if request.param == "sqlite" else request.getfixturevalue("databases")) as store:
        yield store


def saved(store: Store, path: Path) -> Manifest:
    return save(store, path, [("offers/one/offer.toml", b"[offer]\n")], program="0.1.0", now=NOW)


def restored(path: Path, into: Store) -> Manifest:
    reader = Reader(path)
    reader.prove()
    manifest = restore(into, reader, lambda _done, _of: None)
    reader.close()
    return manifest


def wholly_restored(path: Path, into: Store, now: datetime) -> None:
    restored(path, into)
    catch_up(into, now)


@contextmanager
def writing_all_the_time(store: Store) -> Iterator[None]:
    """Orders come in, one after another, as fast as they can be taken."""
    over = Signal()

    def work() -> None:
        number = 0
        while not over.is_set():
            Journey(store, NOW).begin(order=f"BUSY-{number}").nominate()
            number += 1

    busy = Thread(target=work)
    busy.start()
    try:
        yield
    finally:
        over.set()
        busy.join()


def test_what_is_saved_under_load_comes_back_whole_and_nothing_is_sent_again(
    full: Journey, empty: Store, tmp_path: Path
) -> None:
    with writing_all_the_time(full.store):
        manifest = saved(full.store, tmp_path / "backup.zip")
    wholly_restored(tmp_path / "backup.zip", empty, full.now)
    with empty.reading() as session:
        assert verify(session).faults == ()
        assert session.scalar(select(func.count()).select_from(Engagement)) == manifest.rows["engagement"]
        assert [verify_file(session, one.pdf) for one in session.scalars(select(Certificate))] == [Verdict("", ())] * 3
    world = world_with(empty, mail_server(f"maildir:{tmp_path / 'after'}"))
    assert pass_once(world, full.now) == (0, 0)
    assert list((tmp_path / "after").glob("new/*")) == []


def test_what_was_owed_waits_for_somebody_who_says_that_it_may_go(full: Journey, empty: Store, tmp_path: Path) -> None:
    saved(full.store, tmp_path / "backup.zip")
    wholly_restored(tmp_path / "backup.zip", empty, full.now)
    with empty.writing() as session:
        held = list_held(session)
        assert {session.get_one(OwedEffect, one).trouble for one in held} == {HELD}
        for one in held:
            dead_letters.retry(session, one, actor=ADVISOR, now=full.now)
        before = session.scalar(select(func.count()).select_from(SentEmail))
    assert len(held) == 2
    pass_once(world_with(empty, mail_server(f"maildir:{tmp_path / 'after'}")), full.now)
    with empty.reading() as session:
        assert session.scalar(select(func.count()).select_from(SentEmail)) == (before or 0) + 2


def test_life_goes_on_where_it_was_restored(full: Journey, empty: Store, tmp_path: Path) -> None:
    """New rows get new numbers, and the next reference is the next one."""
    saved(full.store, tmp_path / "backup.zip")
    wholly_restored(tmp_path / "backup.zip", empty, full.now)
    later = Journey(empty, full.now + timedelta(days=1)).begin(order="SFS-3")
    later.to("training_1")
    assert (later.id, later.reference) == (3, "CMC-25-0003-A")


def test_a_backup_of_a_backup_is_the_same(full: Journey, empty: Store, tmp_path: Path) -> None:
    with full.store.writing() as session:
        session.execute(update(OwedEffect).where(OwedEffect.status == "owed").values(status="dropped"))
    first = saved(full.store, tmp_path / "first.zip")
    wholly_restored(tmp_path / "first.zip", empty, full.now)
    assert saved(empty, tmp_path / "second.zip").hashes == first.hashes


def test_rows_that_point_to_later_ones_come_back(full: Journey, empty: Store, tmp_path: Path) -> None:
    """As of somebody who went to another school and came back."""
    with full.store.writing() as session:
        first, *_, last = session.scalars(select(Participant).order_by(Participant.id))
        session.execute(update(Participant).where(Participant.id == first.id).values(before_id=last.id))
        pair = first.id, last.id
    saved(full.store, tmp_path / "backup.zip")
    restored(tmp_path / "backup.zip", empty)
    with empty.reading() as session:
        assert session.get_one(Participant, pair[0]).before_id == pair[1]


def test_a_restore_that_broke_off_sends_nothing_and_goes_on_when_it_is_asked_again(
    full: Journey, empty: Store, tmp_path: Path
) -> None:
    """All rows are there, and what time has owed since the backup is not held back yet."""
    saved(full.store, tmp_path / "backup.zip")
    restored(tmp_path / "backup.zip", empty)
    world = world_with(empty, mail_server(f"maildir:{tmp_path / 'after'}"))
    later = full.now + timedelta(weeks=10)
    with empty.writing() as session:
        (told,) = list_held_up(session, outlines_of(session))
        assert (told.what, told.next_try) == ("all emails", None)
        assert setbacks.hurry(session, later) == 0
    pass_once(world, later)
    assert list((tmp_path / "after").glob("new/*")) == []
    restored(tmp_path / "backup.zip", empty)
    catch_up(empty, later)
    pass_once(world, later)
    assert list((tmp_path / "after").glob("new/*")) == []
    with empty.reading() as session:
        assert len(list_held(session)) > 2


# --- refused ---


@pytest.mark.parametrize("name", ["offers/../../slipped.txt", "offers//etc/slipped.txt", "offers/./slipped.txt"])
def test_a_part_that_leads_out_of_its_folder_is_refused(tmp_path: Path, full: Journey, name: str) -> None:
    save(full.store, tmp_path / "backup.zip", [(name, b"gotcha")], program="0.1.0", now=NOW)
    reader = Reader(tmp_path / "backup.zip")
    with pytest.raises(BadInput, match="which no backup of ours has"):
        reader.prove()
    reader.close()


def test_a_place_that_cannot_be_written_to_is_told(full: Journey, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        saved(full.store, tmp_path / "nowhere" / "backup.zip")


def test_a_record_with_something_in_it_is_left_alone(full: Journey, tmp_path: Path) -> None:
    saved(full.store, tmp_path / "backup.zip")
    with pytest.raises(Conflict, match="There is a record here already"):
        restored(tmp_path / "backup.zip", full.store)


def changed(path: Path, name: str, content: bytes) -> Path:
    """A copy in which one part is another."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return copy


def test_a_part_that_was_changed_is_named_and_nothing_is_restored(
    full: Journey, originals: Originals, files: Files, tmp_path: Path
) -> None:
    saved(full.store, tmp_path / "backup.zip")
    copy = changed(tmp_path / "backup.zip", "tables/message.jsonl", b"")
    with originals.copy(files) as empty:
        with pytest.raises(BadInput, match=r"The part tables/message\.jsonl of the backup is not the one"):
            restored(copy, empty)
        with empty.reading() as session:
            assert session.scalar(select(func.count()).select_from(Engagement)) == 0


def test_a_backup_of_other_tables_is_for_another_version(
    full: Journey, originals: Originals, files: Files, tmp_path: Path
) -> None:
    saved(full.store, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as file:
        manifest = json.loads(file.read("manifest.json")) | {"revision": "0001"}
    copy = changed(tmp_path / "backup.zip", "manifest.json", json.dumps(manifest).encode())
    with originals.copy(files) as empty, pytest.raises(BadInput, match="is of tables in revision 0001"):
        restored(copy, empty)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BadInput, match="is no backup, or not a whole one"):
        Reader(tmp_path / "file")


def test_one_is_never_written_over_another_and_none_is_left_half(full: Journey, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"

    def files() -> Iterator[tuple[str, bytes]]:
        yield "offers/one", b""
        raise OSError("the disk is full")

    with pytest.raises(BadInput, match="the disk is full"):
        save(full.store, path, files(), program="0.1.0", now=NOW)
    assert list(tmp_path.glob("backup.zip*")) == []
    saved(full.store, path)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Conflict, match="is there already"):
        saved(full.store, path)
