"""Three beats and two tickers share one record for weeks: every timer is settled once, never early, nothing twice."""

import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.journeys import Journey
from tests.suite_size import LONG, SIZE
from workflow.store.session import Store
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

_SCHOOLS = 6
#: A beat lets time pass and a worker delivers; a ticker does both in one pass. Each goes at its own pace.
_RUNNER = """
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from config.settings import OFFERS
from tasks import tick
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.worlds import world_with
from workflow.offer.loader import load_offers
from workflow.engine.catalogue import Catalogue
from tests.keys import keys
from workflow.store.session import Store

url, mail, kind, first, last, hours = sys.argv[1:]
store = Store(url, {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))})
# Their clocks are hours apart, as those of real machines are not: no claim may seem to have run out for that.
world = replace(world_with(store, mail_server("maildir:" + mail)), lease=timedelta(days=60))
now, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
print("ready", flush=True)
sys.stdin.readline()
while now < end:
    now = min(now + timedelta(hours=int(hours)), end)
    if kind == "ticker":
        tick.pass_once(world, now)
    elif tick.pass_time(world, now).effects:
        deliver_due(world, lambda: now)
print("done", flush=True)
"""


def _run(journey: Journey, maildir: Path, until: datetime) -> None:
    url = journey.store.engine.url.render_as_string(hide_password=False)
    span = (journey.now, until)
    kinds = [("beat", 1), ("beat", 2), ("beat", 3), ("ticker", 4), ("ticker", 7)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _RUNNER, url, str(maildir), kind, *(one.isoformat() for one in span), str(hours)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for kind, hours in kinds
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.communicate(timeout=280)[0] for one in running] == ["done\n"] * len(running)


def _schools(store: Store, now: datetime) -> list[Journey]:
    """Some wait for the school, some for the council, and one has a meeting."""
    begun = [Journey(store, now).begin(order=f"SFS-{number}") for number in range(2, _SCHOOLS + 1)]
    for journey in begun[::2]:
        journey.to("training_1")
    begun[0]._do(appointments.book, "training_1", now + timedelta(days=21))
    return begun


@LONG
def test_every_timer_of_some_weeks_is_settled_once(journey: Journey, maildir: Path) -> None:
    _schools(journey.store, journey.now)
    until = journey.now + timedelta(days=SIZE.beating_days, hours=2)
    _run(journey, maildir, until)
    with journey.store.reading() as session:
        timers = session.scalars(select(ArmedTimer)).all()
        told = session.scalars(select(Event).where(Event.name == "timer")).all()
        owed = session.scalars(select(OwedEffect).where(OwedEffect.kind == "email")).all()
        sent = session.scalars(select(SentEmail)).all()
    assert not [one for one in timers if one.status == "armed" and one.due_at <= until]
    assert all(one.settled_at is None or one.settled_at >= one.due_at for one in timers if one.status != "dropped")
    fired = Counter((one.engagement_id, one.name) for one in timers if one.status == "fired")
    assert fired == Counter((one.engagement_id, one.data["timer"]) for one in told)
    assert len(fired) > SIZE.beating_days // 10 * _SCHOOLS
    assert {count for (_, name), count in fired.items() if name != "council-late"} == {1}
    done = [one for one in owed if one.status == "done"]
    assert sorted(one.outbox_id for one in sent) == sorted(one.id for one in done)
    letters = {(one.to_email, one.subject, one.text, one.sent_at) for one in sent}
    assert len(list((maildir / "new").iterdir())) == len(letters), "one file for each email, digests counted once"
