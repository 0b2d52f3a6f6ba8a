"""Whether lists and searches take longer, or grow, with the number of engagements: p95, bytes and queries of each page.

The towns differ in nothing but their size. A template engagement is begun through the use cases; the others are copies
of its rows, made by the database, spread over schools, advisors, stages and days. Towns take turns in one run, so that
what else the machine does hits them alike; the ratio of the largest to the smallest counts. One of them is copied to
SQLite, which stands beside them.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from bench.rows import prepare
from config.settings import Settings
from tests.queries_counted import counted
from tests.servers import new_database, postgresql
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.store import search_texts
from workflow.store.record import Record, table_of
from workflow.store.session import Store
from workflow.store.tables.school import School
from workflow.store.tables.user import User
from workflow.usecases.accounts import members

_NOW = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
_EMAIL = "advisor@example.org"
_PAGES = {
    "Today": "/advisor/",
    "all": "/advisor/engagements",
    "mine": "/advisor/engagements?advisor=mine",
    "mine, by school": "/advisor/engagements?advisor=mine&order=school",
    "late at one stage": "/advisor/engagements?stage=training_1&owes=council&due=late",
    "by school": "/advisor/engagements?order=school",
    "completed": "/advisor/engagements?standing=completed",
    "a reference": "/advisor/engagements?find=COPY-00777",
    "a school": "/advisor/engagements?find=kervose+bantrel",
    "a mistake": "/advisor/engagements?find=kervoes+bantrel",
    "a common word": "/advisor/engagements?find=primary+school",
    "a person": "/advisor/engagements?find=lead777%40example.org",
    "board": "/advisor/board",
    "my board": "/advisor/board?advisor=mine",
    "meetings of two days": "/advisor/engagements?from=1/10/2026&to=2/10/2026",
    "a month of all": "/advisor/calendar?whose=all&from=2026-10-01",
    "my month": "/advisor/calendar?whose=mine&from=2026-10-01",
    "a week of all": "/advisor/calendar?whose=all&view=week&from=2026-10-05",
    "my list": "/advisor/calendar?whose=mine&view=list&from=2026-10-01",
}
#: However many engagements, a council has no more advisors than a drop-down holds.
_ADVISORS = 60
_SYLLABLES = "ARRAY['ker','tre','pol','lan','pen','ros','bos','car','gol','hel','men','nan','per','red','sal','tol']"
_ENDS = "ARRAY['vose','withal','garrow','morva','dower','hallow','mellin','nance','porth','skew','tallack','wartha']"
_PEOPLE = "ARRAY['bantrel','carne','dunstan','eddy','ford','gilbert','hosking','ivey','jago','kitto','lander','moyle']"


class Measured(NamedTuple):
    seconds: list[float]
    bytes: int
    queries: int


class Town:
    """An application over so many engagements, and somebody signed in who looks after three hundred of them."""

    def __init__(self, url: str, count: int, home: Path) -> None:
        self.name = f"{count:,}"
        self.store, _ = prepare(url, 1, _NOW)
        self._people()
        with self.store.writing() as session:
            for statement in _statements(count):
                session.execute(text(statement))
            search_texts.write_all(session)
        with self.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))
        self.visitor = _signed_in(self.store, url, home)

    def _people(self) -> None:
        with self.store.writing() as session:
            session.execute(text("SELECT setval(pg_get_serial_sequence('user_account', 'id'), 1)"))
            members.add(session, _EMAIL, name="Tamsin Rowe", role="lead_advisor", password=PASSWORD, now=_NOW)

    def look(self, path: str) -> tuple[float, int, int]:
        """Seconds, bytes and queries of one page."""
        with counted(self.store) as asked:
            start = time.perf_counter()
            answer = self.visitor.open(path).answer
            took = time.perf_counter() - start
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        return took, len(answer.data), len(asked)


class CopiedTown(Town):
    """The same town on SQLite: row by row what the other holds."""

    def __init__(self, url: str, of: Town, home: Path) -> None:
        self.name = f"{of.name} on SQLite"
        self.store, _ = prepare(url, 0, _NOW)
        with of.store.engine.connect() as there, self.store.writing() as session:
            for table in (table_of(School), table_of(User)):
                session.execute(table.delete())
            for table in Record.metadata.sorted_tables:
                for some in there.execute(table.select()).mappings().partitions(1000):
                    session.execute(table.insert(), [dict(row) for row in some])
            search_texts.write_all(session)
        self.visitor = _signed_in(self.store, url, home)


def _signed_in(store: Store, url: str, home: Path) -> Visitor:
    settings = Settings(home=home, database_url=url, secret_key="s" * 40, second_factor=())
    return Visitor(create_app(settings, lambda: _NOW, store)).sign_in(_EMAIL)


def _statements(count: int) -> Iterator[str]:
    schools, advisors = max(count // 4, 1), max(min(count // 300, _ADVISORS), 1)
    name = f"initcap({_one_of(_SYLLABLES, 'n')} || {_one_of(_ENDS, 'n / 16')} || ' ' || {_one_of(_PEOPLE, 'n / 192')})"
    yield f"""INSERT INTO school (urn, name, status, phase, authority, town, postcode, is_open, updated_at,
    dates_version)
SELECT (100000 + n)::text, {name} || CASE n % 3 WHEN 0 THEN ' Primary School' WHEN 1 THEN ' Academy' ELSE
' Church of England Primary School' END, 'Open', 'Primary', 'Cornwall', initcap({_one_of(_ENDS, "n / 7")}),
'TR' || n % 30 || ' ' || n % 9 || 'AA', true, now(), 0 FROM generate_series(0, {schools}) n"""
    yield f"""INSERT INTO user_account (id, email, name, role, password_hash, created_at)
SELECT 1000 + n, 'a' || n || '@example.org', 'Advisor ' || n, 'advisor', '-', now()
FROM generate_series(1, {advisors}) n"""
    yield f"""INSERT INTO engagement (reference, offer_code, offer_version, school_urn, stage, standing, version, head,
    stage_since, order_number, price_paid, ordered_at, lead_name, lead_email, head_name, head_email, places, advisor_id,
    seal, salt)
SELECT 'COPY-' || lpad(n::text, 6, '0'), offer_code, offer_version, (100000 + n % {schools})::text,
    (ARRAY['purchase','training_1','training_2','framework','follow_up_1','qa_visit'])[1 + n % 6],
    CASE WHEN n % 10 < 6 THEN 'active' WHEN n % 10 = 6 THEN 'on_hold' WHEN n % 10 = 7 THEN 'cancelled' ELSE 'completed'
    END, version, head, stage_since, 'COPY-' || n, price_paid, ordered_at,
    initcap({_one_of(_PEOPLE, "n")} || ' ' || {_one_of(_ENDS, "n / 5")}), 'lead' || n || '@example.org', '', '', places,
    CASE WHEN n <= 300 THEN 2 ELSE 1001 + n % {advisors} END, '', md5(n::text)
FROM engagement, generate_series(2, {count}) n WHERE id = 1"""
    yield """INSERT INTO promise (engagement_id, stage, name, owner, what, anchor, status, since, due_at, counted_from,
    count, unit, opened_seq)
SELECT e.id, e.stage, p.name, CASE (e.id / 7) % 2 WHEN 0 THEN 'council' ELSE 'school' END, p.what, p.anchor, 'open',
    p.since,
    TIMESTAMPTZ '2026-08-30 22:59:59+00' + ((e.id % 60) || ' days')::interval, p.counted_from, p.count, p.unit,
    p.opened_seq
FROM promise p, engagement e WHERE p.engagement_id = 1 AND e.id > 1 AND e.standing = 'active'"""
    yield """INSERT INTO participant (engagement_id, name, email, phase, status, certificate_name, name_confirmed,
    phase_agreed, salt)
SELECT e.id, 'Person ' || n || ' of ' || e.lead_name, 'p' || n || '.' || e.id || '@example.org', 1, 'nominated',
    'Person ' || n || ' of ' || e.lead_name, false, false, '' FROM engagement e, generate_series(1, 3) n"""
    yield """INSERT INTO appointment (engagement_id, kind, status, starts_at, outputs, purpose, place, uid, sequence,
    salt)
SELECT e.id, 'training_' || n, 'booked',
    TIMESTAMPTZ '2026-06-16 13:30:00+00' + (((e.id * 37 + n * 113) % 365) || ' days')::interval, '', 'planned', '',
    e.reference || '-' || n, 0, '' FROM engagement e, generate_series(1, 2) n"""


def _one_of(words: str, by: str) -> str:
    """SQL for one of the words of an array, in turn."""
    return f"({words})[1 + ({by}) % array_length({words}, 1)]"


def measure(towns: list[Town], rounds: int) -> dict[str, dict[str, Measured]]:
    """What each page took in each town. The first look of each is not counted."""
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for turn in range(rounds + 1):
        for name, path in _PAGES.items():
            for town in towns:
                took, size, asked = town.look(path)
                last[name, town.name] = size, asked
                if turn:
                    times[name][town.name].append(took)
    return {
        name: {town: Measured(seconds, *last[name, town]) for town, seconds in by.items()} for name, by in times.items()
    }


def p95(seconds: list[float]) -> float:
    """In milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000, 200_000])
    parser.add_argument("--sqlite", type=int, default=20_000, help="which of the sizes stands on SQLite too")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with ExitStack() as stack:
        url, home = stack.enter_context(postgresql()), Path(stack.enter_context(tempfile.TemporaryDirectory()))
        towns = [Town(new_database(url, f"town_{count}"), count, home) for count in given.sizes]
        like = [town for town, count in zip(towns, given.sizes, strict=True) if count == given.sqlite]
        towns += [CopiedTown(f"sqlite:///{home / 'town.db'}", town, home) for town in like]
        found = measure(towns, given.rounds)
        for town in towns:
            town.store.close()
    names = [town.name for town in towns]
    print(f"p95 in ms among {'; '.join(names)}; largest / smallest on PostgreSQL; kB; queries")
    largest = f"{given.sizes[-1]:,}"
    for name, by in found.items():
        each = {town: p95(by[town].seconds) for town in names}
        told = "  ".join(f"{one:6.1f}" for one in each.values())
        most, ratio = by[largest], each[largest] / each[f"{given.sizes[0]:,}"]
        print(f"{name:>20}  {told}  {ratio:5.2f}  {most.bytes / 1000:5.0f}  {most.queries:2}")


if __name__ == "__main__":
    main()
