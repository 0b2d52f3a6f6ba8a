"""A record with something of everything, for rehearsals to copy."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from config.settings import HABITS, OFFERS
from tests.conftest import NOW
from tests.journeys import ADVISOR, Journey, furnish
from tests.records import Originals, Place
from workflow.simulation import worker_pool
from workflow.simulation.habits import read_habits
from workflow.simulation.run import Rehearsed, rehearse
from workflow.simulation.scenario import Scenario
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases import appointments

LONDON = ZoneInfo("Europe/London")
STAGES = ("purchase", "training_1", "training_2", "framework", "follow_up_1", "qa_visit", "certification")
#: Everything in the record of these tests happened before then.
START = datetime(2025, 10, 13, 7, 0, tzinfo=LONDON)


def furnished(store: Store) -> None:
    """Two advisors with the same schools' lead, engagements at every stage, a meeting ahead, one on hold."""
    furnish(store, NOW)
    with store.writing() as session:
        session.add(
            User(
                id=4,
                email="second@example.org",
                name="The second advisor",
                role="advisor",
                password_hash="-",
                created_at=NOW,
            )
        )
    for number, stage in enumerate((*STAGES, *STAGES)):
        journey = Journey(store, NOW + timedelta(hours=number)).begin(order=f"SFS-{number}").to(stage)
        if number in (1, 8):
            journey._do(appointments.book, "training_1", datetime(2025, 11, 19, 13, tzinfo=LONDON))
        if number == 9:
            journey.fire("hold", ADVISOR, note="Inspection.", values={"review_on": "2025-11-03"})
    with store.writing() as session:
        for advisor, odd in ((1, 1), (4, 0)):
            session.execute(update(Engagement).where(Engagement.id % 2 == odd).values(advisor_id=advisor))


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """As many as a test says, and one to begin with: the outcome is the same, and starting processes takes longest."""

    def are(number: int) -> None:
        monkeypatch.setattr(worker_pool, "cpu_count", lambda: number)

    are(1)
    return are


@pytest.fixture
def live(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, furnished) as store:
        yield store


@pytest.fixture
def scenario(live: Store) -> Callable[..., Scenario]:
    """A scenario for the record, with what is different about it."""

    usual = Scenario(
        START,
        START + timedelta(weeks=9),
        seed=7,
        habits=read_habits(HABITS),
        offers=(OFFERS,),
        live=live.engine.url.render_as_string(hide_password=False),
    )

    def made(**different: Any) -> Scenario:
        return replace(usual, **different)

    return made


@pytest.fixture
def quiet() -> Callable[[int, int], None]:
    return lambda _done, _of: None


@pytest.fixture(scope="session")
def rehearsed() -> dict[Place, Rehearsed]:
    """What was rehearsed once a session for all who ask for the same."""
    return {}


@pytest.fixture
def usual(
    rehearsed: dict[Place, Rehearsed],
    place: Place,
    scenario: Callable[..., Scenario],
    quiet: Callable[[int, int], None],
) -> Rehearsed:
    """The scenario with nothing different about it. It touches no record, so one serves every copy."""
    if place not in rehearsed:
        rehearsed[place] = rehearse(scenario(), quiet)
    return rehearsed[place]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "mentoring-2026-09"
