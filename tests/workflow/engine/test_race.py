"""Two processes want the same trigger at the same moment: one wins, the other hears a conflict."""

import json
import subprocess
import sys
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select, text

from tests.journeys import LEAD, PEOPLE, Journey
from tests.servers import wait_until
from workflow.queries.audit import verify
from workflow.store.cases import Case, lock_case
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import participants

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

_RACER = """
import json, sys
from datetime import datetime
from config.settings import OFFERS
from workflow import engine
from workflow.domain.actor import Actor
from workflow.errors import WorkflowError
from workflow.offer.loader import load_offers
from workflow.engine.catalogue import Catalogue
from tests.keys import keys
from workflow.store.session import Store

url, engagement, version, now = sys.argv[1:]
store = Store(url, {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))})
print("ready", flush=True)
sys.stdin.readline()
try:
    with store.writing() as session:
        outcome = engine.advance(session, int(engagement), "lapse", actor=Actor("lead_advisor", 2),
                                 now=datetime.fromisoformat(now), expected_version=int(version))
    print(json.dumps({"won": outcome.version}))
except WorkflowError as error:
    print(json.dumps({"lost": type(error).__name__, "sentence": str(error)}))
"""


def _race(url: str, journey: Journey, racers: int = 2) -> list[dict[str, object]]:
    command = [sys.executable, "-c", _RACER, url, str(journey.id), str(journey.row.version), journey.now.isoformat()]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(racers)
    ]
    for racer in running:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in running:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [json.loads(racer.communicate(timeout=60)[0]) for racer in running]


def test_two_processes_race_and_one_wins(journey: Journey) -> None:
    url = journey.store.engine.url.render_as_string(hide_password=False)
    told = _race(url, journey)
    assert Counter(next(iter(one)) for one in told) == {"won": 1, "lost": 1}
    (lost,) = (one for one in told if "lost" in one)
    assert lost == {
        "lost": "Conflict",
        "sentence": "This engagement has changed since you looked at it. Look again, then decide.",
    }
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event).where(Event.name == "lapse")) == 1
        assert session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.name == "lapsed")) == 1
        assert verify(session, journey.id).faults == ()


def test_a_writer_that_had_to_wait_sees_the_facts_of_the_one_before(journey: Journey) -> None:
    """PostgreSQL would show a waiter the new row beside the old facts; a decision on that would be wrong.

    One process withdraws a person and keeps the row locked; a thread asks for the case and must wait; what it then
    reads must hold the withdrawal. On SQLite the waiter cannot even begin before the writer has ended.
    """
    journey.nominate()
    read: list[Case] = []

    def wait_and_read() -> None:
        with journey.store.writing() as session:
            read.append(lock_case(session, journey.id))

    waiter = threading.Thread(target=wait_and_read)
    with journey.store.writing() as session:
        participants.move(session, journey.id, PEOPLE[0].email, "withdraw", reason="left", actor=LEAD, now=journey.now)
        waiter.start()
        if session.get_bind().dialect.name == "postgresql":
            wait_until(lambda: _somebody_waits(journey), "the second writer waiting for the lock")
    waiter.join(timeout=30)
    assert [person.status for person in read[0].facts.participants] == ["withdrawn", "nominated", "nominated"]


def _somebody_waits(journey: Journey) -> bool:
    with journey.store.reading() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
