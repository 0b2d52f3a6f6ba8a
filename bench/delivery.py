"""How fast letters go out: ours, with everything there is to it, against a bare loop that sends the finished messages.

All go to the same local server, a process of its own. The sides take turns in one run; the ratio of medians counts.
"""

import argparse
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select, update

from bench.rows import prepare
from tasks.deliver import deliver_due
from tasks.desk import Desk
from tasks.effects.letter_in_hand import finished
from tasks.mail.envelope import Envelope
from tasks.mail.server import mail_server
from tasks.world import World
from tests.servers import new_database, postgresql
from tests.worlds import world_with
from workflow.mail import letter_rows
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_TARGET = 1 / 3
_WORKER = """
import sys
from bench.delivery import _NOW
from config.settings import OFFERS
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.worlds import world_with
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from tests.keys import keys
from workflow.store.session import Store
place, mail_url = sys.argv[1:]
world = world_with(Store(place, {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))}), mail_server(mail_url))
print("ready", flush=True)
for _ in sys.stdin:
    deliver_due(world, lambda: _NOW)
    print("done", flush=True)
world.store.close()
"""
_SERVER = """
import sys
from tests.servers import smtp_server
class Sink(list):
    def append(self, one): pass
with smtp_server() as (url, box):
    box.received = Sink()
    print(url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def sink() -> Iterator[str]:
    """A mail server that keeps nothing; yields its URL."""
    command = [sys.executable, "-c", _SERVER]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ours)
    try:
        yield server.stdout.readline().strip() if server.stdout else ""
    finally:
        server.communicate()


def bare(url: str, letters: Sequence[Envelope]) -> float:
    """Letters a second, by the standard library alone."""
    server, start = urlsplit(url), time.perf_counter()
    with smtplib.SMTP(server.hostname or "", server.port or 0) as connection:
        for one in letters:
            connection.sendmail(one.sender, [one.recipient], one.content)
    return len(letters) / (time.perf_counter() - start)


def _owe(world: World) -> None:
    """All of them, once more."""
    with world.store.writing() as session:
        session.execute(delete(SentEmail))
        session.execute(update(OwedEffect).values(status="owed", attempts=0, due_at=_NOW, settled_at=None))


def ours(world: World) -> float:
    """Letters a second, from owed to done."""
    _owe(world)
    start = time.perf_counter()
    settled = deliver_due(world, lambda: _NOW)
    return settled / (time.perf_counter() - start)


class Worker:
    """Another process that delivers when it is told to."""

    def __init__(self, place: str, mail_url: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (this program)
            [sys.executable, "-c", _WORKER, place, mail_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.wait()

    def begin(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write("deliver\n")
            self._process.stdin.flush()

    def wait(self) -> None:
        """Until it is ready for the next time."""
        if self._process.stdout is not None:
            self._process.stdout.readline()

    def end(self) -> None:
        self._process.communicate()


def together(world: World, workers: Sequence[Worker]) -> float:
    """Letters a second, of several workers at once."""
    _owe(world)
    start = time.perf_counter()
    for worker in workers:
        worker.begin()
    for worker in workers:
        worker.wait()
    with world.store.reading() as session:
        number = session.scalar(select(func.count()).select_from(SentEmail)) or 0
    return number / (time.perf_counter() - start)


def written(world: World) -> list[Envelope]:
    """The finished messages."""
    desk, letters = Desk(world, lambda: _NOW), []
    while batch := desk.claim():
        with world.store.reading() as session:
            rows = letter_rows.read(session, [one.id for one in batch], _NOW)
        letters += [finished(world, rows, one, _NOW).envelope for one in batch]
    return letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with postgresql() as server, TemporaryDirectory() as folder, sink() as url:
        places = {"PostgreSQL": new_database(server, "letters"), "SQLite": f"sqlite:///{Path(folder) / 'letters.db'}"}
        worlds = {
            name: world_with(prepare(place, asked.letters // 2, _NOW)[0], mail_server(url))
            for name, place in places.items()
        }
        letters = written(worlds["SQLite"])
        workers = [Worker(places["PostgreSQL"], url) for _ in range(2)]
        rates: dict[str, list[float]] = {name: [] for name in ("bare", *worlds, "two workers on PostgreSQL")}
        for _ in range(asked.rounds):
            rates["bare"].append(bare(url, letters))
            for name, world in worlds.items():
                rates[name].append(ours(world))
            rates["two workers on PostgreSQL"].append(together(worlds["PostgreSQL"], workers))
        for worker in workers:
            worker.end()
        for world in worlds.values():
            world.store.close()
    loop, *rest = ((name, statistics.median(several[1:])) for name, several in rates.items())
    print(f"{len(letters)} letters over SMTP; a bare smtplib loop sends {loop[1]:,.0f} finished ones a second")
    for name, rate in rest:
        print(
            f"ours on {name}: {rate:,.0f} a second, {rate / loop[1]:.2f} of the loop (target: at least {_TARGET:.2f})"
        )


if __name__ == "__main__":
    main()
