"""How long the console takes to begin, against importing the libraries that a web program cannot do without.

The four commands take turns, so that what else the machine does hits them alike. The list is of a few engagements on
SQLite, so that it does all that a list does. The ratio of medians is what counts; machines differ.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import prepare

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_ENGAGEMENTS = 15
_RECOGNITION = str(Path(sys.executable).with_name("recognition"))
_COMMANDS = {
    "import flask": (sys.executable, "-c", "import flask"),
    "import flask, sqlalchemy": (sys.executable, "-c", "import flask, sqlalchemy"),
    "recognition --help": (_RECOGNITION, "--help"),
    "recognition engagement list": (_RECOGNITION, "engagement", "list"),
}
#: What each command is measured against.
_AGAINST = {
    "recognition --help": "import flask",
    "recognition engagement list": "import flask, sqlalchemy",
}


def measure(home: Path, rounds: int) -> dict[str, float]:
    """Milliseconds from the start of each command to its end, median of so many rounds after one that warms up."""
    environment = {**os.environ, "RECOGNITION_HOME": str(home)}
    times: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for _ in range(rounds + 1):
        for name, words in _COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 (named above)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds[1:]) * 1000 for name, seconds in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as home:
        store, _ = prepare(f"sqlite:///{home}/recognition.db", _ENGAGEMENTS, _NOW)
        store.close()
        times = measure(Path(home), rounds)
    print(f"From start to end, median of {rounds} after warming up, interleaved:")
    for name, milliseconds in times.items():
        print(f"  {name:<28} {milliseconds:4.0f} ms")
    for name, other in _AGAINST.items():
        print(f"{name} / {other} = {times[name] / times[other]:.2f} (target: at most 1.5)")


if __name__ == "__main__":
    main()
