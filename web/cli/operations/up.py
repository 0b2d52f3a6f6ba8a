"""`recognition up`: everything at once, for one machine. Pages, worker and beat, and one Ctrl-C stops them all."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from urllib.parse import urlsplit

import click

from web.cli import output
from web.cli.arguments import offers_in
from web.cli.context import CliContext, pass_cli
from web.cli.demo import load
from web.cli.operations.child_processes import Family
from web.cli.operations.database import bring_up_to_date
from web.cli.progress import watching
from web.installation import Settings, environment_of, served
from workflow.errors import CheckFailed, Conflict

_HOST = "127.0.0.1"
_FACTOR = "RECOGNITION_SECOND_FACTOR"
_STARTS_WITHIN = 60
_POLL = 0.2
_OK = 200
_WEB = ("web.serve", "--host", _HOST, "--port")
_CELERY = ("celery", "-A", "tasks.app")
#: Workers of one process each: of a pool, a child that is killed may take the way to the others with it.
_WORKERS = ("worker", "second worker")


@click.command(epilog="Example: recognition up --port 8080 --demo")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--demo", "with_demo", is_flag=True, help="Load fictional sample data first, once.")
@pass_cli
def up(cli: CliContext, port: int, *, with_demo: bool) -> None:
    """Run everything until Ctrl-C. Brings the tables up to date first; whatever dies is started again.

    Pages, workers and beat write logs in home.
    """
    port = _free(port)
    settings = replace(cli.settings, base_url=_address(cli.settings, port))
    bring_up_to_date(cli)
    for sentence in offers_in(cli).warnings():
        say(sentence)
    if with_demo:
        _load(cli, settings)
    settings = _as_shown(settings)
    with _stopping(), served(settings), Family(settings.home / "log", _environment(settings)) as family:
        family.start("web", (*_WEB, str(port)))
        for number, name in enumerate(_WORKERS, 1):
            node = ("--pool", "solo", "--hostname", f"worker{number}@%h", "--without-gossip", "--without-mingle")
            family.start(name, (*_CELERY, "worker", "--loglevel", "WARNING", *node))
        beat = ("--schedule", str(settings.home / "beat"), "--pidfile=")
        family.start("beat", (*_CELERY, "beat", "--loglevel", "WARNING", *beat))
        _await(family, settings, port)
        _greet(settings, port)
        while True:
            family.tend(say)
            time.sleep(_POLL)


def say(sentence: str) -> None:
    """Whoever reads this may have gone away, which is no reason to stop."""
    try:
        output.say(sentence)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Stopped(Exception):
    """Somebody asked us to stop."""


@contextmanager
def _stopping() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block; a second one while it ends changes nothing."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
        raise Stopped

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stopped:
        say("Stopped.")
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _free(port: int) -> int:
    """The port itself, or a free one for 0. Raises Conflict if somebody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise Conflict(
                f"Port {port} cannot be used ({error.strerror}). Stop the program that uses it, or choose "
                "another with --port; --port 0 picks a free one."
            ) from None
        return int(probe.getsockname()[1])


def _address(settings: Settings, port: int) -> str:
    """What links in emails begin with: what the environment says, else where the pages are."""
    return settings.base_url if "RECOGNITION_BASE_URL" in os.environ else f"http://{_HOST}:{port}"


def _as_shown(settings: Settings) -> Settings:
    """The demonstration is signed in to with its printed password alone, and on this machine alone."""
    is_shown = load.account(settings) is not None and urlsplit(settings.base_url).hostname == _HOST
    return replace(settings, second_factor=()) if is_shown and _FACTOR not in os.environ else settings


def _environment(settings: Settings) -> dict[str, str]:
    """The children get every setting as it was read here, so that nobody reads it differently."""
    return {**os.environ, **environment_of(settings)}


def _load(cli: CliContext, settings: Settings) -> None:
    say("Loading the demonstration …")
    with watching("Telling the story") as told:
        loaded = load.load(cli.store, settings, cli.now(), told)
    if not loaded:
        say("There are engagements already, so the demonstration was not loaded again.")


def _await(family: Family, settings: Settings, port: int) -> None:
    """Raises CheckFailed if the pages do not answer in good time."""
    say("Starting pages, workers and beat …")
    deadline = time.monotonic() + _STARTS_WITHIN
    while not _is_ready(settings, port):
        family.raise_if_one_died()
        if time.monotonic() > deadline:
            raise CheckFailed(f"The pages did not answer within {_STARTS_WITHIN} seconds. See {family.log('web')}.")
        time.sleep(_POLL)


def _is_ready(settings: Settings, port: int) -> bool:
    connection = http.client.HTTPConnection(_HOST, port, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(settings.base_url).netloc})
        return connection.getresponse().status == _OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(settings: Settings, port: int) -> None:
    say(f"Recognition is running at http://{_HOST}:{port}")
    if settings.base_url != f"http://{_HOST}:{port}":
        say(f"Links in emails begin with {settings.base_url}")
    account = load.account(settings)
    if account:
        say(f"Sign in as {', '.join(account.emails)}; the password of each is {account.password}")
        if not settings.second_factor:
            say("As this is a demonstration on this machine, the password is enough: no second factor is asked for.")
    say(f"Logs are in {settings.home / 'log'}. Press Ctrl-C to stop.")
