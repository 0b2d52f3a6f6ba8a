"""How long a sweep of due timers takes: among few engagements and among a million, and how many a second it settles.

A template engagement is begun through the use cases; the others are copies of its rows, made by the database. Sides of
a comparison take turns in one run; medians and ratios count, since machines differ.
"""

import argparse
import statistics
import time
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy import text

from bench import sweep_by_hand
from bench.rows import prepare
from tests.keys import keys
from tests.servers import new_database, postgresql
from workflow.scheduling import due_timers
from workflow.store.history import seals

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_LATER = _NOW + timedelta(days=7)
_FAR = _NOW + timedelta(days=400)
_DUE = 100
_MANY = 10_000

_ENGAGEMENTS = """
INSERT INTO engagement (reference, offer_code, offer_version, school_urn, stage, standing, version, head, stage_since,
    order_number, price_paid, ordered_at, lead_name, lead_email, head_name, head_email, places, advisor_id)
SELECT 'COPY-' || n, offer_code, offer_version, school_urn, stage, standing, version, head, stage_since,
    'COPY-' || n, price_paid, ordered_at, lead_name, 'lead' || n || '@example.org', '', '', places, advisor_id
FROM engagement, generate_series(2, :count) n WHERE id = 1"""
_EVENTS = """
INSERT INTO event (engagement_id, seq, at, name, actor, from_stage, to_stage, from_standing, to_standing, data,
    caused_by, prev_hash, hash)
SELECT e.id, v.seq, v.at, v.name, v.actor, v.from_stage, v.to_stage, v.from_standing, v.to_standing, v.data,
    v.caused_by, v.prev_hash, v.hash
FROM event v, engagement e WHERE v.engagement_id = 1 AND e.id > 1"""
_PROMISES = """
INSERT INTO promise (engagement_id, stage, name, owner, what, anchor, status, since, due_at, counted_from, count, unit,
    opened_seq)
SELECT e.id, p.stage, p.name, p.owner, p.what, p.anchor, p.status, p.since, p.due_at, p.counted_from, p.count, p.unit,
    p.opened_seq
FROM promise p, engagement e WHERE p.engagement_id = 1 AND e.id > 1"""
_TIMERS = """
INSERT INTO timer (engagement_id, name, stage, about, status, armed_at, due_at, counted_from, count, unit, armed_seq)
SELECT e.id, t.name, t.stage, t.about, 'armed', t.armed_at, :far, t.counted_from, t.count, t.unit, t.armed_seq
FROM timer t, engagement e WHERE t.engagement_id = 1 AND t.id = :timer AND e.id > 1"""


class Town:
    """A database of `count` engagements, each with one armed timer, none of them due."""

    def __init__(self, url: str, count: int, name: str) -> None:
        self.url = url.replace("+psycopg", "")
        self.store, _ = prepare(url, 1, _NOW)
        self.count, self._next = count, 2
        with self.store.writing() as session:
            timer = session.execute(text("SELECT id FROM timer WHERE name = :name"), {"name": name}).scalar_one()
            for statement in (_ENGAGEMENTS, _EVENTS, _PROMISES, _TIMERS):
                session.execute(text(statement), {"count": count, "far": _FAR, "timer": timer})
            session.execute(text("UPDATE timer SET due_at = :far WHERE engagement_id = 1"), {"far": _FAR})
            seals.open_all(session, keys().sealing)  # the copies, as a first key seals what is older than it
        with self.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def fall_due(self, number: int) -> None:
        """Another `number` timers are due, spread over the whole town."""
        step = (self.count - 1) // number
        with self.store.writing() as session:
            session.execute(
                text("UPDATE timer SET due_at = :at WHERE status = 'armed' AND engagement_id % :step = :rest"),
                {"at": _LATER, "step": step, "rest": self._next % step},
            )
        self._next += 1

    def sweep(self) -> tuple[float, int]:
        start = time.perf_counter()
        settled = due_timers.sweep(self.store, _LATER)
        return time.perf_counter() - start, settled


def compare(small: Town, large: Town, rounds: int) -> None:
    """Prints the ratio of the time among many engagements to that among few, with as many due."""
    seconds: dict[str, list[float]] = {"small": [], "large": []}
    for _ in range(rounds):
        for side, town in (("small", small), ("large", large)):
            town.fall_due(_DUE)
            took, settled = town.sweep()
            seconds[side].append(took / settled * _DUE)
    few, many = (statistics.median(seconds[side][1:]) * 1000 for side in ("small", "large"))
    print(f"{_DUE} due among {small.count:,}: {few:.1f} ms; among {large.count:,}: {many:.1f} ms")
    print(f"many / few = {many / few:.2f} (target: at most 1.3)")


def speed(town: Town, rounds: int) -> None:
    """Prints how many due timers a second a sweep settles, and how that stands to the same work written by hand."""
    rates: dict[str, list[float]] = {"engine": [], "by hand": []}
    with psycopg.connect(town.url, autocommit=True) as connection:
        for _ in range(rounds):
            town.fall_due(_MANY)
            took, settled = town.sweep()
            rates["engine"].append(settled / took)
            town.fall_due(_MANY)
            start = time.perf_counter()
            settled = sweep_by_hand.sweep(connection, _LATER)
            rates["by hand"].append(settled / (time.perf_counter() - start))
    engine, hand = (statistics.median(rates[side]) for side in ("engine", "by hand"))
    print(
        f"{_MANY:,} due: {engine:,.0f} timers a second (target: at least 4,000); runs: "
        + ", ".join(f"{one:,.0f}" for one in rates["engine"])
    )
    print(f"by hand {hand:,.0f} a second; by hand / engine = {hand / engine:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=12)
    asked = parser.parse_args()
    with postgresql() as url:
        name = "school-due-in-five"
        town = Town(new_database(url, "fast"), 120_000, name)
        speed(town, 5)
        small, large = (
            Town(new_database(url, "small"), 10_000, name),
            Town(new_database(url, "large"), asked.large, name),
        )
        compare(small, large, asked.rounds)
        for one in (town, small, large):
            one.store.close()


if __name__ == "__main__":
    main()
