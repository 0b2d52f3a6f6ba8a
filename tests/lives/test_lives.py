"""Hundreds of made-up lives of an engagement, on both databases, against a model that shares no line with it."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tasks.mail_transport import post_office
from tasks.printer import Printer
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import furnish
from tests.lives.life import Life
from tests.servers import new_database
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.store.migrate import upgrade
from workflow.store.session import Store

SECRET = "a secret that only these tests know, long enough"
STEPS = 40


@pytest.mark.parametrize(("database", "lives"), [("sqlite", 500), ("postgresql", 100)])
@pytest.mark.timeout(1500)
def test_whatever_happens_the_engagement_stays_sound(
    database: str, lives: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """One order pays for four places here, so that they run out."""
    offer = edited_offer(tmp_path, Edit(PAGE, "places = 12", "places = 4"))
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'lives.db'}"
    else:
        url = new_database(request.getfixturevalue("postgresql_url"), f"lives_{uuid.uuid4().hex}")
    store = Store(url, {"offers": Catalogue({offer.key: offer})})
    upgrade(store.engine)
    furnish(store, NOW)
    Life.world = World(
        store=store,
        post_office=post_office(f"maildir:{tmp_path / 'mail'}"),
        printer=Printer(),
        links=Links("http://127.0.0.1:8000", SECRET),
        sender="recognition@example.org",
        secret=SECRET,
        lease=timedelta(seconds=60),
        batch=20,
    )
    lived = Life.lived
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    store.close()
    assert Life.lived - lived >= lives
