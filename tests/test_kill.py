"""Workers killed in the middle of hundreds of emails, and Redis with all it held: nothing is lost or done twice.

In full it is twelve workers, two wiped queues and 600 emails; see `suite_size`.

Real PostgreSQL, Redis, SMTP, and Celery in processes of its own. SMTP cannot promise once; a repeat must carry the
Message-ID it carried before.
"""

from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests import programs
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.servers import Mailbox, RedisServer, new_database, redis_server, smtp_server, wait_until
from tests.suite_size import SIZE
from workflow.engine.catalogue import Catalogue
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

CONCURRENCY = 2
#: How many letters of one process may be on their way, or gone and not yet written down.
AT_ONCE = 17
_SLOW = 0.02
_PATIENCE = 90


def count(store: Store, status: str) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.status == status)) or 0


def arrived(box: Mailbox) -> Counter[str]:
    """How often each letter came, by its Message-ID."""
    return Counter(str(message_from_bytes(one.original_content or b"")["Message-ID"]) for one in box.received)


def owe(store: Store) -> None:
    """Purchases made now, so that no timer is due: each owes two emails."""
    now = datetime.now(UTC)
    furnish(store, now)
    for number in range(SIZE.emails // 2):
        Journey(store, now).begin(order=f"SFS-{number}")
    assert count(store, "owed") == SIZE.emails


def kill_and_kill_again(store: Store, worker: programs.Program, redis: RedisServer, box: Mailbox) -> list[int]:
    """Each worker is killed once it has sent its share, which is to say while it is sending more.

    Returns for each kill how many letters had arrived without its being written: so many come again.
    """
    unwritten = []
    for kill in range(1, SIZE.kills + 1):
        share = kill * SIZE.emails // (SIZE.kills + 2)
        wait_until(partial(box.holds, share), f"email {share} arriving", _PATIENCE)
        worker.kill()
        wait_until(lambda: box.open == 0, "the end of its connections", _PATIENCE)
        unwritten.append(len(arrived(box)) - count(store, "done"))
        if kill in SIZE.wipes:
            redis.kill()
            redis.start()
        worker.start()
    return unwritten


def test_killed_workers_and_wiped_queues_lose_nothing_and_repeat_nothing(
    postgresql_url: str, offers: Catalogue, tmp_path: Path
) -> None:
    url = new_database(postgresql_url, "kill")
    store = Store(url, {"keys": keys, "offers": offers})
    upgrade(store.engine)
    owe(store)
    with redis_server(tmp_path) as redis, smtp_server(_SLOW) as (mail_url, box):
        settings = programs.environment(
            tmp_path, database_url=url, broker_url=redis.url, mail_url=mail_url, secret_key="k" * 40, lease_seconds="4"
        )
        worker = programs.worker(settings, tmp_path / "worker.log", CONCURRENCY)
        beat = programs.beat(settings, tmp_path / "beat.log", tmp_path / "schedule")
        with programs.running(worker, beat):
            unwritten = kill_and_kill_again(store, worker, redis, box)
            wait_until(lambda: count(store, "done") == SIZE.emails, "all of them delivered", _PATIENCE)
    received = arrived(box)
    with store.reading() as session:
        written = session.scalars(select(SentEmail.message_id)).all()
    store.close()
    assert len(written) == len(set(written)) == SIZE.emails
    assert set(received) == set(written)
    repeats = received.total() - SIZE.emails
    print(f"{len(written)} of {SIZE.emails} delivered; {repeats} SMTP repeats, {unwritten} unwritten at each kill")
    assert repeats <= sum(unwritten), "a letter came again of which it had been written that it had gone"
    assert max(unwritten) <= CONCURRENCY * AT_ONCE, "more had gone than may be on their way at once"
