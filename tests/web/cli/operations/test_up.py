"""`recognition up`: one command starts everything, one signal stops it, and no child outlives the others."""

import http.client
import io
import mailbox
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select

from config.settings import OFFERS
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.servers import wait_until
from tests.web.cli.conftest import Typist
from web.cli.operations import child_processes
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.store.tables.sent_email import SentEmail

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

START = "from web.cli import main; main()"


@contextmanager
def running(home: Path, *words: str, **more: str) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    out = home / "said"
    with out.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", START, "up", "--port", "0", *words],
            env={**os.environ, "RECOGNITION_HOME": str(home), "PYTHONUNBUFFERED": "1", **more},
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process, out
        finally:
            process.terminate()
            process.wait(20)


def wait_for(out: Path, pattern: str, process: "subprocess.Popen[str]") -> "re.Match[str]":
    """What the program says within some minutes, which a demonstration may take to load, and before it ends."""
    with suppress(TimeoutError):
        wait_until(lambda: process.poll() is not None or re.search(pattern, out.read_text()) is not None, pattern, 200)
    found = re.search(pattern, out.read_text())
    assert found is not None, out.read_text()
    return found


def kin(process: "subprocess.Popen[str]") -> dict[str, int]:
    """The numbers of the children that live, by what they are."""
    known = {"web.serve": "web", "worker1@%h": "worker", "worker2@%h": "second worker", "beat": "beat"}
    found: dict[str, int] = {}
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.NoSuchProcess):  # it has just died
            found |= {known[word]: child.pid for word in child.cmdline() if word in known}
    return found


def answers(out: Path) -> bool:
    """Whether the pages do."""
    address = re.search(r"running at http://127\.0\.0\.1:(\d+)", out.read_text())
    assert address is not None
    connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_each_child_that_is_killed_is_started_again_and_everything_works_within_twenty_seconds(tmp_path: Path) -> None:
    """What was owed while it was away is delivered, once."""
    with running(tmp_path) as (process, out):
        wait_for(out, "Recognition is running", process)
        store = Store(
            f"sqlite:///{tmp_path / 'recognition.db'}", {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))}
        )
        furnish(store, datetime.now(UTC))
        for number, name in enumerate(("web", "worker", "second worker", "beat")):
            killed = kin(process)[name]
            os.kill(killed, signal.SIGKILL)
            Journey(store, datetime.now(UTC)).begin(order=f"SFS-{number}")
            wait_until(partial(is_back, process, out, name, killed), f"the {name} being back", 20)
            wait_until(partial(have_gone, store, 2 * (number + 1)), "the letters being delivered", 20)
            said = f"The {name} was killed (SIGKILL); it is started again in 1 s. See {tmp_path / 'log'}"
            assert said in out.read_text()
        assert len(mailbox.Maildir(tmp_path / "mail", create=False)) == 8
        store.close()


def is_back(process: "subprocess.Popen[str]", out: Path, name: str, killed: int) -> bool:
    return kin(process).get(name, killed) != killed and answers(out)


def have_gone(store: Store, number: int) -> bool:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(SentEmail)) == number


@dataclass(frozen=True)
class Seen:
    """What was seen of one run, in a home with a broken offer, that ended when the whole was killed."""

    home: Path
    said: str
    answered: bool
    children: int
    gone: int
    alive: int


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """To start everything takes a while, so that those who only look share one."""
    folder = tmp_path_factory.mktemp("up")
    home, offers = folder / "home", folder / "offers"
    home.mkdir()
    shutil.copytree(OFFERS, offers)
    (offers / "reading-2026-01").mkdir()
    (offers / "reading-2026-01" / "offer.toml").write_text("[offer", encoding="utf-8")
    with running(home, RECOGNITION_OFFERS=str(offers)) as (process, out):
        wait_for(out, "Recognition is running", process)
        answered, log = answers(out), home / "log" / "web.log"
        wait_until(lambda: "reading-2026-01 is out of use" in log.read_text(), "the log naming it", 10)
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        gone, alive = psutil.wait_procs(children, 15)
    return Seen(home, out.read_text(), answered, len(children), len(gone), len(alive))


def test_a_kill_of_the_whole_leaves_no_process_behind(seen: Seen) -> None:
    assert (seen.gone, seen.alive) == (seen.children, 0)
    assert seen.children >= 4


def test_what_is_kept_is_for_its_owners_eyes(seen: Seen) -> None:
    kept = [one for one in (seen.home, *seen.home.rglob("*")) if one.name != "said"]
    assert len(kept) > 10
    assert [one for one in kept if one.stat().st_mode & 0o077] == [seen.home]


def test_a_broken_offer_is_named_at_the_start_and_everything_runs(seen: Seen) -> None:
    assert seen.answered
    said = "The offer in reading-2026-01 is out of use, and what belongs to it waits. offer.toml: is not TOML"
    assert said in seen.said


def test_a_log_never_grows_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_processes, "_LOG_BYTES", 1000)
    log = tmp_path / "web.log"
    child_processes._copy(io.StringIO("one line of a log\n" * 1000), log)
    kept = sorted(one.name for one in tmp_path.iterdir())
    assert kept == ["web.log", *(f"web.log.{number}" for number in range(1, 6))]
    assert all(one.stat().st_size <= 1000 for one in tmp_path.iterdir())


def test_a_log_that_cannot_be_opened_is_read_all_the_same(tmp_path: Path) -> None:
    """Else the program whose words they are would stop once nobody takes them."""
    source = io.StringIO("one line of a log\n" * 1000)
    child_processes._copy(source, tmp_path)
    assert source.closed


def test_whoever_reads_it_may_go_away(tmp_path: Path) -> None:
    """As in `recognition up | head`."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, "up", "--port", "0"],
        env={**os.environ, "RECOGNITION_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any("Recognition is running" in line for line in process.stdout)
        process.stdout.close()
        killed = kin(process)["worker"]
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: kin(process).get("worker", killed) != killed, "the worker being back", 20)
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)


def test_a_port_in_use_is_said(typist: Typist) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        result = typist.type("up", "--port", str(busy.getsockname()[1]))
    assert (result.exit_code, "--port 0 picks a free one" in result.stderr) == (4, True)


@pytest.mark.parametrize("port", ["-1", "70000", "http"])
def test_a_port_that_is_none_is_wrong_usage(bare: Typist, port: str) -> None:
    assert bare.type("up", "--port", port).exit_code == 2
