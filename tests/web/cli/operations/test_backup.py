"""`recognition backup` and `recognition restore`, as they are typed."""

import shutil
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.conftest import NOW
from tests.web.cli.conftest import Typist, live_in


@pytest.fixture
def saved(staffed: Typist, tmp_path: Path) -> Path:
    """A backup of a home with one engagement, whose letters have not gone out yet."""
    path = tmp_path / "saved.zip"
    said = staffed.do("backup", str(path))
    assert said.startswith(f"Saved into {path}: ")
    assert said.endswith("of offers. Keep it where nobody else can read it.\n")
    return path


@pytest.fixture
def elsewhere(saved: Path, staffed: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typist:
    """Somebody at a home that is empty but for the history's keys."""
    assert saved.exists()
    home = tmp_path / "elsewhere"
    home.mkdir()
    shutil.copy(staffed.home / "history_keys", home)
    live_in(home, monkeypatch)
    return Typist(home)


def test_a_home_comes_back_elsewhere_with_its_secret_and_its_history(
    staffed: Typist, saved: Path, elsewhere: Typist
) -> None:
    said = elsewhere.do("restore", str(saved))
    assert "Restored from" in said
    assert "Every table and every file has the hash it was saved with." in said
    assert "1 engagement checked; every history is whole." in said
    assert "Its offers came back with it, as they were installed." in said
    assert (elsewhere.home / "secret_key").read_text() == (staffed.home / "secret_key").read_text()
    assert elsewhere.do("audit", "verify") == "1 engagement checked; every history is whole.\n"


def test_what_had_not_gone_out_is_asked_about(saved: Path, elsewhere: Typist) -> None:
    said = elsewhere.do("restore", str(saved))
    assert "owed since the backup was made may have gone out already, and wait." in said
    assert "NOT OK" in elsewhere.type("doctor").stdout
    elsewhere.do("tick", "--now", f"{NOW:%Y-%m-%dT%H:%M:%S}")
    assert not list(elsewhere.home.glob("mail/new/*"))
    assert "are owed again and will be tried at once." in elsewhere.do("outbox", "retry", "--held")
    elsewhere.do("tick", "--now", f"{NOW:%Y-%m-%dT%H:%M:%S}")
    assert list(elsewhere.home.glob("mail/new/*"))


def test_what_had_not_gone_out_can_be_dropped_at_once(saved: Path, elsewhere: Typist) -> None:
    elsewhere.do("restore", str(saved))
    assert "are dropped." in elsewhere.do("outbox", "drop", "--held", "--why", "They went out before the disk broke.")
    assert elsewhere.do("outbox", "list") == "Nothing is owed.\n"


def test_offers_come_back_as_they_were_installed_whatever_stands_in_folders_here(
    saved: Path, elsewhere: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other-offers"
    shutil.copytree(OFFERS, other)
    (other / "mentoring-2026-09" / "emails" / "welcome.md").write_text("other words", encoding="utf-8")
    monkeypatch.setenv("RECOGNITION_OFFERS", str(other))
    assert "Its offers came back with it, as they were installed." in elsewhere.do("restore", str(saved))
    assert [one["revision"] for one in elsewhere.ask("offer", "list")] == [1]
    elsewhere.do("offer", "export", "--as", "folder", "--to", str(tmp_path / "out"))
    welcome = Path("mentoring-2026-09", "emails", "welcome.md")
    assert (tmp_path / "out" / "emails" / "welcome.md").read_bytes() == (OFFERS / welcome).read_bytes()


def test_offers_that_installed_themselves_make_way_for_those_of_the_backup(saved: Path, elsewhere: Typist) -> None:
    elsewhere.do("db", "upgrade")
    assert [one["revision"] for one in elsewhere.ask("offer", "list")] == [1]
    assert "Restored from" in elsewhere.do("restore", str(saved))
    assert elsewhere.do("audit", "verify") == "1 engagement checked; every history is whole.\n"


def test_mistakes_are_told(saved: Path, staffed: Typist, tmp_path: Path) -> None:
    assert staffed.type("backup", str(saved)).exit_code == 4
    assert staffed.type("restore", str(saved)).exit_code == 4
    (tmp_path / "no.zip").write_text("no backup")
    assert staffed.type("restore", str(tmp_path / "no.zip")).exit_code == 6
    assert staffed.type("outbox", "retry").exit_code == 2


def test_the_historys_keys_are_in_no_backup_unless_it_is_asked_for(
    saved: Path, staffed: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds a backup cannot write another history; whoever restores one is told what is missing."""
    staffed.do("backup", str(tmp_path / "with-keys.zip"), "--with-keys")
    home = tmp_path / "a third home"
    home.mkdir()
    live_in(home, monkeypatch)
    refused = Typist(home).type("restore", str(saved))
    assert refused.exit_code == 8
    assert "Bring the file there from where you keep it, then restore once more." in refused.stderr
    Typist(home).do("restore", str(tmp_path / "with-keys.zip"))
    assert (home / "history_keys").read_bytes() == (staffed.home / "history_keys").read_bytes()
    assert Typist(home).do("audit", "verify") == "1 engagement checked; every history is whole.\n"
