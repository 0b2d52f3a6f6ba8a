"""`recognition up --demo`. To tell the demonstration takes seconds: in the usual suite that was done before."""

import signal
import time

import psutil
import pytest

from config.settings import load_settings
from tests.suite_size import SIZE
from tests.web.cli.conftest import Homes, Typist
from tests.web.cli.demo.told import in_november
from tests.web.cli.operations.test_up import running, wait_for

pytestmark = pytest.mark.xdist_group("demonstration")


def test_it_starts_answers_and_stops_within_ten_seconds(bare: Typist, homes: Homes) -> None:
    if SIZE.told_before:
        homes.copy(in_november, bare.home)
    with running(bare.home, "--demo") as (process, out):
        address = wait_for(out, r"Recognition is running at (http://127\.0\.0\.1:\d+)", process)[1]
        assert load_settings().base_url == address, "links that the console prints are those of the running service"
        assert ("the demonstration was not loaded again" in out.read_text()) == SIZE.told_before
        said = wait_for(out, r"Sign in as (advisor@example.org).*; the password of each is (\S+)", process)
        assert said[2] == (bare.home / "demo_password").read_text()
        children = psutil.Process(process.pid).children(recursive=True)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert time.monotonic() - started < 10
        gone, alive = psutil.wait_procs(children, 3)
        assert (bool(gone), alive) == (True, [])
    assert load_settings().base_url == "http://127.0.0.1:8000"
    logs = {log.name for log in (bare.home / "log").iterdir()}
    assert logs <= {"web.log", "worker.log", "second-worker.log", "beat.log"}
