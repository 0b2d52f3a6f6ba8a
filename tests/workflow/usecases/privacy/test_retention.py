"""What has been kept for long enough goes by itself, and what has not stays to the day."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys import Journey
from tests.workflow.usecases.privacy.conftest import Home
from tests.workflow.usecases.privacy.test_erasure import dumped, holds
from workflow.imports.uploads.keep import REMEMBERED
from workflow.store.privacy.marks import kept
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.requests.receipt import Receipt
from workflow.store.tables.user import User
from workflow.usecases import receipts
from workflow.usecases.accounts import access_letters
from workflow.usecases.people import drafts
from workflow.usecases.privacy import passes, retention

NAMES = ("Ada Pascoe", "Bryn Tregear", "Cara Nance", "Jenna Rowe", "polwhevral.example.org", "An example.")


@pytest.fixture
def ended(home: Home) -> datetime:
    """When the journey came to its end."""
    with home.store.reading() as session:
        moments = [one.at for one in session.query(Event) if one.to_standing == "completed"]
    return min(moments)


def test_an_engagement_is_due_two_years_after_its_end_and_not_a_moment_before(home: Home, ended: datetime) -> None:
    two_years_on = ended.replace(year=ended.year + 2)
    with home.store.reading() as session:
        assert retention.due(session, two_years_on).engagements == {}
        assert retention.due(session, two_years_on + timedelta(seconds=1)).engagements == {1: home.journey.reference}


def test_everybody_in_it_goes_and_its_certificates_and_history_stay(home: Home, ended: datetime) -> None:
    now = ended.replace(year=ended.year + 3)
    passes.let_go(home.store, home.places, now)
    left = {table for table, row in dumped(home.store) if any(name in row for name in NAMES)}
    assert left == {"certificate"}
    assert holds(home) == ()
    with home.store.reading() as session:
        assert {one.name for one in session.query(Certificate)} == {"Ada Pascoe", "Bryn Tregear", "Cara Nance"}
        assert session.query(Event).order_by(Event.seq.desc()).first().name == "kept_long_enough"  # type: ignore[union-attr]
        assert retention.due(session, now).is_nothing


def test_what_goes_on_is_never_due(named: Journey) -> None:
    with named.store.reading() as session:
        assert retention.due(session, named.now.replace(year=named.now.year + 9)).engagements == {}


def test_letters_kept_as_files_go_by_their_age(home: Home) -> None:
    assert home.places.maildir
    letters = [*(home.places.maildir / "new").iterdir()]
    old = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(letters[0], (old, old))
    os.utime(letters[1], (home.journey.now.timestamp(), home.journey.now.timestamp()))
    passes.let_go(home.store, home.places, home.journey.now)
    assert not letters[0].exists()
    assert letters[1].exists()


def test_an_account_goes_two_years_after_it_was_closed(home: Home) -> None:
    closed = home.journey.now
    with home.store.writing() as session:
        session.get_one(User, 3).disabled_at = closed
    for years, name in ((1, "The assessor"), (3, "Erased person")):
        passes.let_go(home.store, home.places, closed.replace(year=closed.year + years))
        with home.store.reading() as session:
            assert session.get_one(User, 3).name == name


def test_a_pass_takes_a_little_in_hand(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 2)
    now = datetime(2026, 1, 5, tzinfo=UTC)
    with store.writing() as session:
        for number in range(3):
            session.add(Receipt(key=f"{number}", told_text="Done.", at=now - timedelta(days=1 + number, seconds=1)))
    for left in (1, 0, 0):
        retention.sweep(store, now)
        with store.reading() as session:
            assert session.query(Receipt).count() == left


def test_what_goes_on_the_way_goes_after_the_time_that_the_notice_says() -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    for name, span in (
        ("draft.fields", drafts.KEPT),
        ("receipt.told_text", receipts._KEPT),
        ("upload.content", REMEMBERED),
        (f"{AccessLetter.__tablename__}.to_email", access_letters._KEPT),
    ):
        assert kept(*name.split(".")).begin(now) == now - span
