"""The demonstration: twelve schools whose journeys went through the engine, told in seconds, whatever the day."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from config.settings import Settings
from tests.cli.conftest import Typist
from web import load_settings, open_store
from web.cli import demo
from workflow import audit, queries
from workflow.store.migrate import upgrade
from workflow.store.session import Store

SECONDS = 20
PEOPLE = ("advisor@example.org", "lead@example.org", "assessor@example.org")


@pytest.fixture
def home(bare: Typist) -> Path:
    return bare.home


def told(settings: Settings, now: datetime) -> Store:
    store = open_store(settings)
    upgrade(store.engine)
    assert demo.load(store, settings, now)
    return store


@pytest.mark.parametrize("day", ["2026-11-23", "2027-08-02", "2025-03-14"])
def test_every_stage_has_somebody_whatever_the_day(home: Path, day: str) -> None:
    settings, now, started = load_settings(), datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC), monotonic()
    store = told(settings, now)
    assert monotonic() - started < SECONDS
    with store.reading() as session:
        lines, found = queries.list_engagements(session, now), audit.verify(session)
    store.close()
    assert len({line.stage for line in lines}) == 9
    assert Counter(line.standing for line in lines) == {"active": 8, "completed": 2, "on_hold": 1, "cancelled": 1}
    assert (found.checked, found.faults, sum(line.stuck + line.unsent for line in lines)) == (12, (), 0)
    assert home.joinpath("demo_password").stat().st_mode & 0o077 == 0


def test_it_is_told_once_and_its_people_hold_certificates_and_have_mail(bare: Typist) -> None:
    bare.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    settings = load_settings()
    store = told(settings, bare.now)
    assert not demo.load(store, settings, bare.now)
    store.close()
    assert demo.account(settings) == demo.Account(PEOPLE, (bare.home / "demo_password").read_text())
    (done, other) = bare.ask("engagement", "list", "--stage", "recognised")
    shown = bare.ask("engagement", "show", done["ref"])
    assert len(shown["certificates"]) == 4
    assert len(bare.ask("engagement", "show", other["ref"])["certificates"]) == 4
    assert {person["status"] for person in shown["participants"]} == {"recognised"}
    assert len(list((bare.home / "mail" / "new").iterdir())) > 100
