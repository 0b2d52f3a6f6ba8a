"""Hundreds of made-up lives of an engagement, on both databases, against a model that shares no line with it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tasks.mail.server import mail_server
from tests.conftest import NOW
from tests.journeys import furnish
from tests.keys import keys
from tests.lives.life import Life
from tests.lives.renewed import Renewed
from tests.records import Originals, Place
from tests.suite_size import SIZE
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from tests.worlds import world_with
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import Loaded, load_offers
from workflow.scheduling import reschedule

STEPS = 40
#: Where the mark is that comes round again.
RENEWED = Path(__file__).parents[1] / "offers"


def live(kind: type[Life | Renewed], lives: int) -> None:
    lived = kind.lived
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert kind.lived - lived >= lives


@pytest.mark.parametrize(
    ("place", "lives"), [("sqlite", SIZE.sqlite_lives), ("postgresql", SIZE.postgresql_lives)], indirect=["place"]
)
@pytest.mark.timeout(1500)
def test_whatever_happens_the_engagement_stays_sound(place: Place, lives: int, tmp_path: Path) -> None:
    """One order pays for four places here, so that they run out."""
    offer = edited_offer(tmp_path, Edit(PAGE, "places = 12", "places = 4"))
    with Originals({"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))}).copy(place) as store:
        furnish(store, NOW)
        Life.world = world_with(store, mail_server(f"maildir:{tmp_path / 'mail'}"))
        live(Life, lives)
        with store.reading() as session:
            assert reschedule.differences(session) == [], "the calendar is as it was"


@pytest.mark.parametrize(
    ("place", "lives"), [("sqlite", SIZE.sqlite_lives), ("postgresql", SIZE.postgresql_lives)], indirect=["place"]
)
@pytest.mark.timeout(1500)
def test_however_often_a_mark_is_renewed_nothing_of_a_round_before_counts(
    place: Place, lives: int, tmp_path: Path
) -> None:
    with Originals({"keys": keys, "offers": Catalogue(load_offers((RENEWED,)))}).copy(place) as store:
        furnish(store, NOW)
        Renewed.world = world_with(store, mail_server(f"maildir:{tmp_path / 'mail'}"))
        live(Renewed, lives)
