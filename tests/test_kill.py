"""Workers killed in the middle of 600 emails, and Redis with all it held: nothing is lost, nothing is done twice.

Real PostgreSQL, Redis, SMTP, and Celery in processes of its own. SMTP cannot promise once; a repeat must carry the
Message-ID it carried before.
"""

from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from tests import programs
from tests.journeys import Journey, furnish
from tests.servers import Mailbox, RedisServer, new_database, redis_server, smtp_server, wait_until
from workflow.engine.catalogue import Catalogue
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

EMAILS, KILLS, CONCURRENCY = 600, 12, 2
#: Redis loses everything just after these kills.
REDIS_KILLS = (4, 9)
_SLOW = 0.02
_PATIENCE = 90


def count(store: Store, status: str) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.status == status)) or 0


def owe(store: Store) -> None:
    """Three hundred purchases made now, so that no timer is due: each owes two emails."""
    now = datetime.now(UTC)
    furnish(store, now)
    for number in range(EMAILS // 2):
        Journey(store, now).begin(order=f"SFS-{number}")
    assert count(store, "owed") == EMAILS


def kill_and_kill_again(worker: programs.Program, redis: RedisServer, box: Mailbox) -> None:
    """Each worker is killed once it has sent its share, which is to say while it is sending more."""
    for kill in range(1, KILLS + 1):
        share = kill * EMAILS // (KILLS + 2)
        wait_until(partial(box.holds, share), f"email {share} arriving", _PATIENCE)
        worker.kill()
        if kill in REDIS_KILLS:
            redis.kill()
            redis.start()
        worker.start()


def test_twelve_killed_workers_and_two_wiped_queues_lose_nothing_and_repeat_nothing(
    postgresql_url: str, offers: Catalogue, tmp_path: Path
) -> None:
    url = new_database(postgresql_url, "kill")
    store = Store(url, {"offers": offers})
    upgrade(store.engine)
    owe(store)
    with redis_server(tmp_path) as redis, smtp_server(_SLOW) as (mail_url, box):
        settings = programs.environment(
            tmp_path, database_url=url, broker_url=redis.url, mail_url=mail_url, secret_key="k" * 40, lease_seconds="2"
        )
        worker = programs.worker(settings, tmp_path / "worker.log", CONCURRENCY)
        beat = programs.beat(settings, tmp_path / "beat.log", tmp_path / "schedule")
        with programs.running(worker, beat):
            kill_and_kill_again(worker, redis, box)
            wait_until(lambda: count(store, "done") == EMAILS, "all 600 delivered", _PATIENCE)
    received = Counter(str(message_from_bytes(one.original_content or b"")["Message-ID"]) for one in box.received)
    with store.reading() as session:
        written = session.scalars(select(SentEmail.message_id)).all()
    store.close()
    assert len(written) == len(set(written)) == EMAILS
    assert set(received) == set(written)
    repeats = received.total() - EMAILS
    print(f"{len(written)} of {EMAILS} delivered; {repeats} SMTP repeats, each with its own Message-ID again")
    assert repeats <= KILLS * CONCURRENCY
