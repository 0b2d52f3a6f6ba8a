"""`recognition audit` and `recognition keys`, as they are typed."""

from pathlib import Path

import pytest

from tests.web.cli.conftest import Typist


def test_a_checkpoint_is_written_sent_and_held_against_the_record(ref: str, furnished: Typist, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.json"
    said = furnished.do("audit", "checkpoint", str(file), "--mail", "keeper@example.org")
    assert said.splitlines()[1] == "Sent to keeper@example.org."
    (letter,) = (furnished.home / "mail" / "new").iterdir()
    assert 'filename="checkpoint.json"' in letter.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "knew of 1 engagement is there, unchanged." in furnished.do("audit", "verify", "--against", str(file))
    assert furnished.type("audit", "checkpoint", str(file)).exit_code == 4
    assert furnished.type("audit", "verify", "--against", str(furnished.home / "orders.csv")).exit_code == 6
    assert furnished.ask("audit", "verify", ref) == {"checked": 1, "older": 0, "faults": []}


def test_keys_are_made_once_listed_without_their_secrets_and_replaced(typist: Typist) -> None:
    (first,) = typist.ask("keys", "list")
    assert first.keys() == {"name", "made_at", "until"}
    assert typist.type("keys", "make").exit_code == 4
    assert "seals from now on" in typist.do("keys", "rotate", "--overlap", "2")
    before, after = typist.ask("keys", "list")
    assert (before["name"], after["until"]) == (first["name"], None)
    assert before["until"]


@pytest.mark.usefixtures("ref")
def test_a_missing_key_is_told_with_what_to_do_and_no_other_takes_its_place(furnished: Typist) -> None:
    (furnished.home / "history_keys").rename(furnished.home / "elsewhere")
    for words in (("db", "upgrade"), ("audit", "verify"), ("keys", "list")):
        refused = furnished.type(*words)
        assert refused.exit_code == 8
        assert "Bring the file back from where you keep it" in refused.stderr
    (furnished.home / "elsewhere").rename(furnished.home / "history_keys")
    assert "every history is whole" in furnished.do("audit", "verify")


def test_doctor_tells_of_keys_that_others_can_read(typist: Typist) -> None:
    (typist.home / "history_keys").chmod(0o644)
    assert "chmod 600" in typist.type("doctor").stdout
