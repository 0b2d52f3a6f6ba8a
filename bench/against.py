"""This checkout against another one, such as that of an earlier commit: a step, a sweep, a rehearsal, the start.

The two take turns in one run, each in programs of its own, so that what else the machine does hits them alike; the
ratio of medians is what counts. Make the other checkout with `git worktree add ../before REVISION`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers import new_database, postgresql

_HERE = Path(__file__).parent.parent
_SWEPT = 3_000
#: Runs inside the checkout that is measured, so it speaks of nothing that has moved since.
_WORKER = """
import sys, time
from bench.advance import _NOW
try:
    from bench.advance import step as _engine
except ImportError:
    from bench.advance import _engine
from bench.rows import prepare
from bench.sweep import Town
kind, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if kind == "step":
    store, ids = prepare(url, count, _NOW)
else:
    town = Town(url, count, "school-due-in-five")
print("ready", flush=True)
for line in sys.stdin:
    number, start = int(line), time.perf_counter()
    if kind == "step":
        for _ in range(number):
            _engine(store, ids.pop())
        print((time.perf_counter() - start) / number, flush=True)
    else:
        town.fall_due(number)
        took, settled = town.sweep()
        print(took / settled, flush=True)
"""


class Worker:
    """A program in one checkout that does so much of one kind of work each time it is asked."""

    def __init__(self, checkout: Path, kind: str, url: str, count: int) -> None:
        command = [sys.executable, "-c", _WORKER, kind, url, str(count)]
        self._process = subprocess.Popen(  # noqa: S603 (this program)
            command, cwd=checkout, env=_environment(checkout), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._said()

    def ask(self, number: int) -> float:
        """Seconds for one of them."""
        if self._process.stdin is not None:
            self._process.stdin.write(f"{number}\n")
            self._process.stdin.flush()
        return float(self._said())

    def end(self) -> None:
        self._process.communicate()

    def _said(self) -> str:
        said = self._process.stdout.readline() if self._process.stdout else ""
        if not said:
            raise SystemExit("The program that is measured stopped; what it said stands above.")
        return said


def _environment(checkout: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(checkout), **more}


def _tell(what: str, before: list[float], now: list[float]) -> None:
    """Milliseconds, medians, and how many times as long it takes now."""
    first, second = statistics.median(before) * 1000, statistics.median(now) * 1000
    print(f"{what:<32} before {first:9.2f} ms   now {second:9.2f} ms   now / before = {second / first:.2f}", flush=True)


def _turns(rounds: int, before: Callable[[], float], now: Callable[[], float]) -> tuple[list[float], list[float]]:
    """The first turn of each warms up."""
    pairs = [(before(), now()) for _ in range(rounds + 1)][1:]
    return [one for one, _ in pairs], [two for _, two in pairs]


def _worked(other: Path, kind: str, count: int, each: int, rounds: int) -> None:
    with postgresql() as url:
        before, now = (
            Worker(checkout, kind, new_database(url, name), count)
            for name, checkout in (("before", other), ("now", _HERE))
        )
        _tell(f"{kind}, one of them", *_turns(rounds, lambda: before.ask(each), lambda: now.ask(each)))
        before.end()
        now.end()


def _timed(checkout: Path, *words: str, **settings: str) -> float:
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 (this program)
        [sys.executable, *words],
        cwd=checkout,
        env=_environment(checkout, **settings),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="the other checkout")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--schools", type=int, default=200, help="of the rehearsal")
    asked = parser.parse_args()
    other, rounds = asked.other.resolve(), asked.rounds
    _worked(other, "step", 25 * (rounds + 1), 25, rounds)
    _worked(other, "sweep", _SWEPT * (rounds + 2) + 1, _SWEPT, rounds)
    starts = ("-c", "from web.cli import main; main()", "--help")
    with TemporaryDirectory() as home:
        told = _turns(
            rounds,
            lambda: _timed(other, *starts, RECOGNITION_HOME=home),
            lambda: _timed(_HERE, *starts, RECOGNITION_HOME=home),
        )
        _tell("recognition --help", *told)
    year = ("-m", "bench.rehearsal", "--schools", str(asked.schools))
    _tell(
        f"rehearsal of {asked.schools} schools", *_turns(2, lambda: _timed(other, *year), lambda: _timed(_HERE, *year))
    )


if __name__ == "__main__":
    main()
