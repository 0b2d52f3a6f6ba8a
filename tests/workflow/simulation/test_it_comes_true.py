"""What a rehearsal says will go out is what goes out when the same days really come, effect by effect."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.suite_size import LONG
from tests.workflow.simulation.conftest import LONDON, START
from tests.worlds import world_with
from workflow.simulation.agents.caseload import Caseload
from workflow.simulation.effect_log import Entry, read_ledger
from workflow.simulation.run import rehearse
from workflow.simulation.scenario import Scenario
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer

Planned = Callable[..., Scenario]
Quiet = Callable[[int, int], None]


@pytest.fixture
def world(live: Store, tmp_path: Path) -> World:
    return world_with(live, mail_server(f"maildir:{tmp_path / 'mail'}"))


def really(store: Store) -> list[Entry]:
    with store.reading() as session:
        return read_ledger(session, START)


def ticks(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every half hour of every day, as beat would, only slower."""
    yield start
    moment = datetime.combine(start.date(), time(7, 30), LONDON)
    while moment < end:
        if moment > start:
            yield moment
        moment += timedelta(minutes=30)


def told_apart(rehearsed: list[Entry], real: list[Entry]) -> tuple[set[Entry], set[Entry]]:
    """What one ledger has and the other has not."""
    return set(rehearsed) - set(real), set(real) - set(rehearsed)


@LONG
def test_nine_weeks_in_which_nobody_acts(world: World, scenario: Planned, quiet: Quiet) -> None:
    """Timers of fourteen engagements, two desks, one lead who reads for all of them."""
    ahead = scenario(people=False)
    rehearsed = rehearse(ahead, quiet).ledger
    for moment in ticks(START, ahead.end):
        pass_once(world, moment)
    assert told_apart(rehearsed, really(world.store)) == (set(), set())
    assert {"done", "owed"} == {one.status for one in rehearsed}, "what is owed on the last days waits for Monday"
    assert len([one for one in rehearsed if one.reader]) > 100
    letters = {one.letter for one in rehearsed if one.status == "done" and one.reader}
    assert len(letters) < len([one for one in rehearsed if one.status == "done" and one.reader]), "some went together"


class Really:
    """What time does, for real: the same pass that beat rings for, whenever anything is due."""

    def __init__(self, world: World) -> None:
        self._world = world

    def asks(self, session: Session) -> datetime | None:
        timer = session.scalar(select(func.min(ArmedTimer.due_at)).where(ArmedTimer.status == "armed"))
        effect = session.scalar(select(func.min(OwedEffect.due_at)).where(OwedEffect.status.in_(("owed", "claimed"))))
        return min((due for due in (timer, effect) if due is not None), default=None)

    def passes(self, store: Store, now: datetime) -> None:
        assert store is self._world.store
        pass_once(self._world, now)


@LONG
def test_nine_weeks_in_which_everybody_acts(world: World, scenario: Planned, quiet: Quiet) -> None:
    """The same people are set to act on the record itself, with its real post: every email goes as rehearsed.

    One caseload, so that new rows get the same numbers here and there.
    """
    with world.store.writing() as session:
        session.execute(update(Engagement).values(advisor_id=1))
    ahead = scenario()
    rehearsed = rehearse(ahead, quiet)
    assert rehearsed.tally.refused == []
    caseload = Caseload(world.store, ahead, Really(world))
    caseload.open()
    caseload.work(ahead.end)
    assert caseload.refused == []
    mine, theirs = told_apart(rehearsed.ledger, really(world.store))
    assert (mine, theirs) == (set(), set())
    assert len([one for one in rehearsed.ledger if one.kind == "certificate"]) >= 3
    with world.store.reading() as session:
        sent = session.scalar(select(func.count(SentEmail.outbox_id)).where(SentEmail.sent_at >= START))
    assert sent == len([one for one in rehearsed.ledger if one.kind == "email" and one.status == "done"])
