"""How much `advance` costs against the same rows written by hand with psycopg, in one interleaved run.

Both sides do one durable step on the same PostgreSQL: read and lock the engagement with its facts, then write the
moved row, the event with its hash, the owed email and the timers. By hand there is no machine, no guard, no calendar:
only the statements, one after another, with their values ready. The ratio of medians is what counts; machines differ.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg

from bench import by_hand
from bench.rows import prepare
from tests.servers import postgresql
from workflow import engine
from workflow.domain.actor import Actor
from workflow.store.session import Store

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_LEAD = Actor("lead_advisor", 1)


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append(time.perf_counter() - start)


def measure(url: str, rounds: int) -> dict[str, list[float]]:
    """Seconds per step, by side. The sides take turns, so that what else the machine does hits them alike."""
    store, ids = prepare(url, 3 * rounds, _NOW)
    times: dict[str, list[float]] = {"engine": [], "by hand": [], "by hand, one write": []}
    with psycopg.connect(url.replace("+psycopg", ""), prepare_threshold=1) as connection:
        hands: dict[str, Callable[[int], None]] = {
            "engine": lambda one: step(store, one),
            "by hand": lambda one: by_hand.step(connection, one, _NOW),
            "by hand, one write": lambda one: by_hand.step_in_one_write(connection, one, _NOW),
        }
        for number in range(rounds):
            for place, (side, act) in enumerate(hands.items()):
                with _timed(times[side]):
                    act(ids[3 * number + place])
    store.close()
    return times


def step(store: Store, engagement_id: int) -> None:
    with store.writing() as session:
        engine.advance(
            session, engagement_id, "start_training", actor=_LEAD, now=_NOW, override="Agreed with the head."
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args().rounds
    with postgresql() as url:
        times = measure(url, rounds)
    warm = {side: statistics.median(seconds[rounds // 10 :]) * 1000 for side, seconds in times.items()}
    print(f"One durable step on PostgreSQL, median of {rounds - rounds // 10} after warming up, interleaved:")
    for side, milliseconds in warm.items():
        print(f"  {side:<20} {milliseconds:6.2f} ms   ratio {milliseconds / warm['by hand']:.2f}")
    print(f"advance / by hand = {warm['engine'] / warm['by hand']:.2f} (target: at most 2.0)")


if __name__ == "__main__":
    main()
