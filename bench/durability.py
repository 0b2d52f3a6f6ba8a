"""What it costs that SQLite has an answer on the disk before it is given: FULL against NORMAL, in turns."""

import argparse
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from bench.advance import step
from bench.rows import prepare
from workflow.store.session import Store

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_TOGETHER = 10


def _relaxed(connection: Any, _entry: Any) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")


def _side(folder: Path, name: str, count: int) -> tuple[Store, list[int]]:
    store, ids = prepare(f"sqlite:///{folder / name}.db", count, _NOW)
    if name == "NORMAL":
        event.listen(store.engine, "connect", _relaxed)
        store.engine.dispose()
    return store, ids


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--folder", type=Path, help="on the disk that counts")
    asked = parser.parse_args()
    with TemporaryDirectory(dir=asked.folder) as folder:
        sides = {name: _side(Path(folder), name, asked.steps) for name in ("NORMAL", "FULL")}
        took: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(asked.steps // _TOGETHER):
            for name, (store, ids) in sides.items():
                start = time.perf_counter()
                for _ in range(_TOGETHER):
                    step(store, ids.pop())
                took[name].append((time.perf_counter() - start) / _TOGETHER)
        for store, _ in sides.values():
            store.close()
    relaxed, kept = (statistics.median(took[name][2:]) * 1000 for name in ("NORMAL", "FULL"))
    print(
        f"A step on SQLite: {kept:.2f} ms with synchronous = FULL, {relaxed:.2f} ms with NORMAL: {kept / relaxed:.2f}"
    )


if __name__ == "__main__":
    main()
