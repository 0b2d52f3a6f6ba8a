"""`recognition up`: one command starts everything, one signal stops it, and no child outlives the others."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.servers import wait_until
from tests.web.cli.conftest import Typist

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

START = "from web.cli import main; main()"


@contextmanager
def running(home: Path, *words: str) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    out = home / "said"
    with out.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", START, "up", "--port", "0", *words],
            env={**os.environ, "RECOGNITION_HOME": str(home), "PYTHONUNBUFFERED": "1"},
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
    """What the program says within a minute, and before it ends."""
    with suppress(TimeoutError):
        wait_until(lambda: process.poll() is not None or re.search(pattern, out.read_text()) is not None, pattern, 60)
    found = re.search(pattern, out.read_text())
    assert found is not None, out.read_text()
    return found


def test_it_starts_answers_and_stops_within_ten_seconds(tmp_path: Path) -> None:
    with running(tmp_path, "--demo") as (process, out):
        wait_for(out, r"Recognition is running at http://127\.0\.0\.1:\d+", process)
        said = wait_for(out, r"Sign in as (advisor@example.org).*; the password of each is (\S+)", process)
        assert said[2] == (tmp_path / "demo_password").read_text()
        children = psutil.Process(process.pid).children(recursive=True)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert time.monotonic() - started < 10
        gone, alive = psutil.wait_procs(children, 3)
        assert (bool(gone), alive) == (True, [])
    assert {"web.log", "worker.log", "beat.log"} == {log.name for log in (tmp_path / "log").iterdir()}


def test_when_one_dies_all_stop_and_it_is_said_which(tmp_path: Path) -> None:
    with running(tmp_path) as (process, out):
        wait_for(out, "Recognition is running", process)
        beat = next(one for one in psutil.Process(process.pid).children() if "beat" in one.cmdline())
        beat.kill()
        assert process.wait(20) == 8
        assert f"The beat stopped by itself (exit code -9), so everything is stopped. See {tmp_path}" in out.read_text()


def test_a_port_in_use_is_said(typist: Typist) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        result = typist.type("up", "--port", str(busy.getsockname()[1]))
    assert (result.exit_code, "--port 0 picks a free one" in result.stderr) == (4, True)


@pytest.mark.parametrize("port", ["-1", "70000", "http"])
def test_a_port_that_is_none_is_wrong_usage(bare: Typist, port: str) -> None:
    assert bare.type("up", "--port", port).exit_code == 2
