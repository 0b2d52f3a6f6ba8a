"""Settings come from the environment, and what cannot be used is named with what would be right, all at once."""

from pathlib import Path

import pytest
from argon2 import extract_parameters, profiles

from config.settings import environment_of, load_settings
from tests.conftest import NOW
from web.store import open_store
from workflow.errors import BadInput
from workflow.store.migrate import upgrade
from workflow.usecases.accounts import members

PASSWORD = "three words unlike each other"


def test_what_is_not_said_has_a_default_under_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOGNITION_HOME", str(tmp_path / "home"))
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{tmp_path}/home/recognition.db"
    assert (settings.lease_seconds, settings.batch) == (120, 50)
    assert settings.secret_key == (tmp_path / "home" / "secret_key").read_text()


def test_a_program_started_from_here_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOGNITION_HOME", str(tmp_path))
    monkeypatch.setenv("RECOGNITION_LEASE_SECONDS", "62.5")
    settings = load_settings()
    for name, text in environment_of(settings).items():
        monkeypatch.setenv(name, text)
    assert load_settings() == settings


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("LEASE_SECONDS", "soon", "is “soon”; it must be a number of seconds above nought."),
        ("LEASE_SECONDS", "0", "is “0”; it must be a number of seconds above nought."),
        ("LEASE_SECONDS", "nan", "is “nan”; it must be a number of seconds above nought."),
        ("LEASE_SECONDS", "59.9", "is 59.9, but a mail server may take 30 seconds over one letter"),
        ("MAIL_SECONDS", "-3", "is “-3”; it must be a number of seconds above nought."),
        ("SENDER", "Recognition", "is “Recognition”. “Recognition” is not an email address."),
        ("SENDER", "a@example.org, b@example.org", "is “a@example.org, b@example.org”."),
        ("ACCENT_COLOUR", "teal", "is “teal”; write a colour as six digits or letters from a to f, such as #12284c."),
        ("HEADER_COLOUR", "#ffcc00", "is #ffcc00, which is too light: white words on it and links on pale ground"),
        ("COUNCIL", "x" * 81, "cannot be the council's name. It is 81 characters long; at most 80 fit."),
        ("BATCH", "0", "is “0”; it must be a whole number from 1 to 500."),
        ("BATCH", "1.5", "is “1.5”; it must be a whole number from 1 to 500."),
        ("MAIL_URL", "pigeon://roof", "begins with “pigeon:”; it must begin with one of"),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    monkeypatch.setenv("RECOGNITION_HOME", str(tmp_path))
    monkeypatch.setenv(f"RECOGNITION_{name}", text)
    with pytest.raises(BadInput) as caught:
        load_settings()
    (problem,) = caught.value.problems
    assert (problem.where, said in problem.sentence) == (f"RECOGNITION_{name}", True)


def test_every_value_that_cannot_be_read_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOGNITION_BATCH", "")
    monkeypatch.setenv("RECOGNITION_LEASE_SECONDS", "-1")
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert {one.where for one in caught.value.problems} == {"RECOGNITION_BATCH", "RECOGNITION_LEASE_SECONDS"}


ELSEWHERE = {"DATABASE_URL": "postgresql://db.example.org/recognition", "SECRET_KEY": "s" * 40}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECOGNITION_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("said", "kept"),
    [({}, profiles.get_default_parameters()), ({"RECOGNITION_HASH_COST": "least"}, profiles.CHEAPEST)],
    ids=["nothing", "the least"],
)
def test_passwords_cost_what_the_library_holds_right_unless_it_is_said_for_tests(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], kept: object
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    store = open_store(load_settings())
    upgrade(store.engine)
    with store.writing() as session:
        user = members.add(
            session, "jo@example.org", name="Jo", role="advisor", password="three words unlike each other", now=NOW
        )
    store.close()
    assert extract_parameters(user.password_hash) == kept


@pytest.mark.parametrize(
    "elsewhere",
    [{"BASE_URL": "https://recognition.example.org"}, ELSEWHERE],
    ids=["pages for others", "a database for others"],
)
def test_an_installation_for_others_never_hashes_at_the_least_cost(
    monkeypatch: pytest.MonkeyPatch, elsewhere: dict[str, str]
) -> None:
    for name, value in elsewhere.items():
        monkeypatch.setenv(f"RECOGNITION_{name}", value)
    assert load_settings().hash_cost == "usual"
    monkeypatch.setenv("RECOGNITION_HASH_COST", "least")
    with pytest.raises(BadInput) as refused:
        load_settings()
    assert [problem.where for problem in refused.value.problems] == ["RECOGNITION_HASH_COST"]
