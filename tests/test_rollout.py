"""Hundreds of running engagements go on under another version and come back, while the worker is killed.

Real PostgreSQL, Redis, SMTP, and Celery in processes of its own. In full it is 300 engagements and five kills.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from config.settings import OFFERS, Settings
from tasks.app import open_world
from tests import programs
from tests.journeys import LEAD, Journey, furnish
from tests.keys import settle
from tests.offers.versions.another import called, renamed
from tests.servers import Mailbox, new_database, redis_server, smtp_server, wait_until
from tests.suite_size import SIZE
from tests.workflow.offer.pages import MENTORING
from tests.worlds import SECRET
from workflow.acts.bulk import jobs, request
from workflow.acts.bulk.request import BulkRequest
from workflow.queries.audit import verify
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments

pytestmark = pytest.mark.xdist_group("programs")

#: Older than the shipped one, so that orders are for that.
OTHER = "2025-09"
CONCURRENCY = 2
_SLOW = 0.02
_PATIENCE = 150


def furnished(store: Store, now: datetime) -> None:
    """Engagements at their beginning, with people named, with a date agreed, and on hold; what they owe is due."""
    furnish(store, now)
    ahead = now + timedelta(days=40)
    for number in range(SIZE.moved):
        journey = Journey(store, now - timedelta(hours=3)).begin(order=f"SFS-{number}")
        if number % 4 > 0:
            journey.nominate()
        if number % 4 == 2:
            journey._do(appointments.book, "training_1", ahead)
        if number % 4 == 3:
            journey.fire("hold", note="A new head.", values={"review_on": f"{ahead:%Y-%m-%d}"})


def picture(store: Store) -> dict[str, Any]:
    """Where everything stands, whatever rows it lies in."""
    with store.reading() as session:
        engagements = session.scalars(select(Engagement))
        timers = session.scalars(select(ArmedTimer).where(ArmedTimer.status.in_(("armed", "suspended"))))
        promises = session.scalars(select(PromiseRow).where(PromiseRow.status == "open"))
        return {
            "places": {one.reference: (one.offer_version, one.stage, one.standing) for one in engagements},
            "timers": Counter((one.engagement_id, one.name, one.due_at, one.status) for one in timers),
            "promises": Counter((one.engagement_id, one.what, one.due_at) for one in promises),
        }


@dataclass
class Rollout:
    """The worker is killed whenever a job has gone through so many rows as the next kill is for. `before` is the
    picture of the beginning, and `owed` how many letters there were."""

    store: Store
    worker: programs.Program
    box: Mailbox
    before: dict[str, Any]
    owed: int
    kills: int = 0

    def run(self, wish: BulkRequest, references: list[str], kills: int) -> None:
        """Asked for, foreseen, wanted and done."""
        job = jobs.ask(self.store, wish, references, datetime.now(UTC))
        wait_until(lambda: self._progress(job).status == "foreseen", "what would happen to each", _PATIENCE)
        assert self._progress(job).parts["possible"] == len(references)
        jobs.want(self.store, job)
        for kill in range(1, kills + 1):
            share = kill * len(references) // (kills + 1)
            wait_until(partial(self._has_done, job, share), f"row {share}", _PATIENCE)
            self.worker.kill()
            wait_until(lambda: self.box.open == 0, "the end of its connections", _PATIENCE)
            self.kills += 1
            self.worker.start()
        wait_until(lambda: self._progress(job).status == "done", "all rows done", _PATIENCE)
        assert self._progress(job).parts["done"] == len(references)

    def _has_done(self, job: int, rows: int) -> bool:
        return self._progress(job).parts["done"] >= rows

    def _progress(self, job: int) -> jobs.Progress:
        with self.store.reading() as session:
            return jobs.progress(session, job)


def count(store: Store, *statuses: str) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).where(OwedEffect.status.in_(statuses))) or 0


@pytest.fixture
def rollout(postgresql_url: str, tmp_path: Path) -> Iterator[Rollout]:
    """Everything runs, and letters go out meanwhile."""
    offers = Path(shutil.copytree(OFFERS, tmp_path / "offers"))
    renamed(MENTORING, offers, OTHER)
    url = new_database(postgresql_url, "rollout")
    with smtp_server(_SLOW) as (mail_url, box), redis_server(tmp_path) as redis:
        environment = programs.environment(
            tmp_path,
            database_url=url,
            broker_url=redis.url,
            mail_url=mail_url,
            secret_key=SECRET,
            offers=str(offers),
            lease_seconds="4",
        )
        settings = Settings(home=tmp_path, database_url=url, mail_url=mail_url, secret_key=SECRET, offers=offers)
        store = open_world(settings).store
        upgrade(store.engine)
        settle(settings.keys)
        furnished(store, datetime.now(UTC))
        worker = programs.worker(environment, tmp_path / "worker.log", CONCURRENCY)
        beat = programs.beat(environment, tmp_path / "beat.log", tmp_path / "schedule")
        rollout = Rollout(store, worker, box, picture(store), count(store, "owed"))
        with programs.running(worker, beat):
            yield rollout
        store.close()


def test_many_go_to_another_version_and_back_while_workers_are_killed(rollout: Rollout) -> None:
    store, before = rollout.store, rollout.before
    references = sorted(before["places"])
    values = {"version": f"mentoring-{OTHER}", "called": called(MENTORING)}
    there, back = SIZE.moving_kills - SIZE.moving_kills // 2, SIZE.moving_kills // 2
    rollout.run(BulkRequest("change_version", values, "The new year.", LEAD), references, there)
    moved = picture(store)
    assert {place[0] for place in moved["places"].values()} == {OTHER}
    assert moved["promises"] == before["promises"]
    with store.reading() as session:
        wish, done = request.to_take_back(session, 1, "Too soon.", LEAD)
    assert sorted(done) == references
    rollout.run(wish, references, back)
    wait_until(partial(_nothing_is_left, store), "every letter delivered", _PATIENCE)
    assert rollout.kills == SIZE.moving_kills
    assert picture(store) == before
    agree_about_letters(store, rollout.box, rollout.owed)
    with store.reading() as session:
        assert verify(session).faults == ()


def _nothing_is_left(store: Store) -> bool:
    return count(store, "owed", "claimed") == 0


def agree_about_letters(store: Store, box: Mailbox, owed: int) -> None:
    """Each that was owed before has gone, once; SMTP may repeat the one that was on its way, as itself."""
    assert (count(store, "done"), count(store, "dead", "dropped")) == (owed, 0)
    with store.reading() as session:
        written = session.scalars(select(SentEmail.message_id)).all()
    received = Counter(str(message_from_bytes(one.original_content or b"")["Message-ID"]) for one in box.received)
    assert len(written) == len(set(written)) == owed
    assert set(received) == set(written)
    print(f"{SIZE.moved} moved and back, {owed} letters, {received.total() - owed} SMTP repeats")
