"""How much of the long proofs a run does. Every test runs in either; `make test-all` does them in full.

The environment says which, in one variable: `SUITE=full`.
"""

import os
from dataclasses import dataclass
from typing import Literal

import pytest


@dataclass(frozen=True)
class SuiteSize:
    """How many lives on each database; other long proofs run `long_on` these; `days` are those of the demonstration,
    and `beating_days` those for which several beats share one record.
    `emails` go out while `kills` workers are killed, with some of them Redis.

    The database hangs for `outage_seconds`. `letters` go past receivers that misbehave, `rounds` times; the others keep
    `rate` of their usual rate at least: the fewer there are, the more a stumble counts. On each database `requests` are
    made up for every one of `request_seeds`. One in `made_up_each` of the names and addresses comes in by each door.
    Pages are looked at in these `widths`, in pixels. So many known and unknown `addresses` try to sign in, and a
    stranger makes so many `guesses`, at passwords of this `hash_cost`. A link in a letter is fetched `fetches` times
    and opened in a browser `loads` times before it is pressed, and pressed `presses` times at once. So many engagements
    are `moved` to another version and back, while `moving_kills` workers are killed. Journeys of the offers that are
    `walked` are looked at page by page, and of those that are `browsed` in a browser. A register of so many `schools`
    comes in. Made-up walks through an offer begin at so many `seeds`. The demonstration that `recognition up` shows may
    have been `told_before`. The first of these `browsers` that there is opens the pages: Chromium without its windows
    is all that pages meet, and whole it takes several times as long, most of it for tabs that nobody sees.
    """

    sqlite_lives: int
    postgresql_lives: int
    long_on: tuple[str, ...]
    days: int
    beating_days: int
    emails: int
    kills: int
    wipes: tuple[int, ...]
    outage_seconds: float
    letters: int
    rate: float
    rounds: int
    requests: int
    request_seeds: int
    made_up_each: int
    widths: tuple[int, ...]
    addresses: int
    guesses: int
    hash_cost: Literal["usual", "least"]
    fetches: int
    loads: int
    presses: int
    moved: int
    moving_kills: int
    walked: tuple[str, ...]
    browsed: tuple[str, ...]
    schools: int
    seeds: int
    told_before: bool
    browsers: tuple[str, ...]


_SIZES = {
    "usual": SuiteSize(
        sqlite_lives=10,
        postgresql_lives=4,
        long_on=("sqlite",),
        days=1,
        beating_days=10,
        emails=100,
        kills=3,
        wipes=(2,),
        outage_seconds=6,
        letters=200,
        rate=0.3,
        rounds=1,
        requests=80,
        request_seeds=1,
        made_up_each=15,
        widths=(1280,),
        addresses=30,
        guesses=600,
        hash_cost="least",
        fetches=50,
        loads=5,
        presses=20,
        moved=20,
        moving_kills=2,
        walked=("library", "pledge", "gate"),
        browsed=("library", "pledge"),
        schools=10_000,
        seeds=5,
        told_before=True,
        browsers=("chromium-headless-shell", "chromium", "google-chrome"),
    ),
    "full": SuiteSize(
        sqlite_lives=500,
        postgresql_lives=100,
        long_on=("sqlite", "postgresql"),
        days=3,
        beating_days=42,
        emails=600,
        kills=12,
        wipes=(4, 9),
        outage_seconds=60,
        letters=1000,
        rate=0.8,
        rounds=5,
        requests=1000,
        request_seeds=10,
        made_up_each=1,
        widths=(1280, 768, 320),
        addresses=500,
        guesses=10_000,
        hash_cost="usual",
        fetches=1000,
        loads=50,
        presses=100,
        moved=300,
        moving_kills=5,
        walked=("library", "mentoring", "pledge", "gate"),
        browsed=("library", "mentoring", "pledge", "gate"),
        schools=50_000,
        seeds=20,
        told_before=False,
        browsers=("chromium", "google-chrome"),
    ),
}
SIZE = _SIZES[os.environ.get("SUITE", "usual")]
#: A long proof about what takes its course in Python, whichever database keeps it.
LONG = pytest.mark.parametrize("place", SIZE.long_on, indirect=True)
