"""The feed at its secret address: what is sent, to whom, and what a real calendar makes of it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from icalendar import Calendar

from tests.journeys import Journey
from tests.web.browsing import Site
from tests.web.conftest import NOON, Clock
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases import appointments, calendar_feeds

TENTH = datetime(2025, 11, 10, 13, 30, tzinfo=UTC)


@pytest.fixture
def agreed(journey: Journey) -> Journey:
    journey.nominate()
    journey._do(appointments.book, "training_1", TENTH)
    return journey


@pytest.fixture
def address(store: Store) -> str:
    """All meetings, of somebody who works here."""
    with store.writing() as session:
        return f"/calendar/{calendar_feeds.make(session, 1, 'all', NOON)}.ics"


def test_whoever_has_the_address_reads_a_calendar(anybody: Visitor, agreed: Journey, address: str) -> None:
    answer = anybody.open(address).answer
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.mimetype_params == {"charset": "utf-8", "method": "PUBLISH"}
    (meeting,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert str(meeting["url"]) == f"http://127.0.0.1:8000/advisor/engagement/{agreed.reference}"
    assert "Set-Cookie" not in answer.headers


def test_a_calendar_that_names_what_it_has_is_sent_nothing_until_that_changes(
    anybody: Visitor, agreed: Journey, address: str
) -> None:
    etag = anybody.open(address).answer.headers["ETag"]
    again = anybody.client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    agreed._do(appointments.book, "training_1", TENTH + timedelta(days=1))
    changed = anybody.client.get(address, headers={"If-None-Match": etag})
    assert (changed.status_code, changed.headers["ETag"] == etag) == (200, False)


def test_it_is_kept_from_caches_search_engines_and_other_sites(anybody: Visitor, address: str) -> None:
    headers = anybody.open(address).answer.headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert (headers["Referrer-Policy"], headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_withdrawn_address_an_unknown_one_and_a_page_that_is_not_there_are_answered_alike(
    anybody: Visitor, store: Store, address: str
) -> None:
    with store.writing() as session:
        calendar_feeds.withdraw(session, 1, 1, NOON)
    answers = [anybody.open(path).answer for path in (address, f"/calendar/{'x' * 43}.ics", "/calendar/x")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1


def test_an_account_that_is_closed_takes_its_calendar_with_it(anybody: Visitor, store: Store) -> None:
    with store.writing() as session:
        number = session.query(User).filter_by(email="assessor.web@example.org").one().id
        secret = calendar_feeds.make(session, number, "all", NOON)
    assert anybody.open(f"/calendar/{secret}.ics").answer.status_code == 200
    with store.writing() as session:
        session.query(User).filter_by(id=number).delete()
    assert anybody.open(f"/calendar/{secret}.ics").answer.status_code == 404


def test_nothing_is_changed_there(anybody: Visitor, address: str) -> None:
    assert anybody.client.head(address).status_code == 200
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert anybody.client.open(address, method=method).status_code in (400, 405)


def test_the_log_does_not_have_the_secret(anybody: Visitor, address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    anybody.open(address)
    assert "/calendar/<token:secret>.ics" in caplog.text
    assert address not in caplog.text


@dataclass
class Khal:
    """A calendar that somebody else wrote, started as people start it. It keeps what it read in files of its own."""

    home: Path

    def __post_init__(self) -> None:
        (self.home / "kept").mkdir(parents=True)
        (self.home / "config").write_text(
            f"[calendars]\n[[meetings]]\npath = {self.home / 'kept'}\n"
            "[locale]\nlocal_timezone = Europe/London\ndefault_timezone = Europe/London\n"
            "timeformat = %H:%M\ndateformat = %d/%m/%Y\nlongdateformat = %d/%m/%Y\n"
            "datetimeformat = %d/%m/%Y %H:%M\nlongdatetimeformat = %d/%m/%Y %H:%M\n"
            f"[sqlite]\npath = {self.home / 'khal.db'}\n"
        )

    def read(self, url: str) -> None:
        """Fetches the feed as it is now, and brings it in: what it knows by its UID is changed, the rest is new."""
        path = self.home / "feed.ics"
        with urlopen(url) as answer:  # noqa: S310 (our own server)
            path.write_bytes(answer.read())
        self._run("import", "--batch", "-a", "meetings", str(path))

    @property
    def shown(self) -> list[str]:
        """What it shows of November."""
        line = "{start-date} {start-time} {end-time} {status}{title}"
        told = self._run("list", "--format", line, "--day-format", "", "01/11/2025", "30/11/2025")
        return [one.strip() for one in told.splitlines() if one.strip()]

    def _run(self, *words: str) -> str:
        environment = {**os.environ, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "khal", "-c", str(self.home / "config"), *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_a_real_calendar_applies_an_update_and_a_cancellation(
    site: Site, agreed: Journey, address: str, clock: Clock, tmp_path: Path
) -> None:
    khal, url, title = Khal(tmp_path / "khal"), site.url + address, "Training session 1, Polwhevral School"
    khal.read(url)
    assert khal.shown == [f"10/11/2025 13:30 16:30 CONFIRMED {title}"]
    clock.now += timedelta(days=1)
    agreed._do(appointments.book, "training_1", TENTH + timedelta(days=1, hours=1))
    khal.read(url)
    assert khal.shown == [f"11/11/2025 14:30 17:30 CONFIRMED {title}"]
    agreed._do(appointments.cancel, "training_1", reason="council")
    khal.read(url)
    assert khal.shown == [f"11/11/2025 14:30 17:30 CANCELLED Cancelled: {title}"]
    assert len(list((khal.home / "kept").glob("*.ics"))) == 1
