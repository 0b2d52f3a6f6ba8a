"""What is searched is written anew by an upgrade, and by the version before it after the way back."""

from alembic import command
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.keys import keys
from workflow.engine.catalogue import Catalogue
from workflow.store.migrate import config_for, upgrade
from workflow.store.search_texts import LINES, SEARCH
from workflow.store.session import Store

BEFORE = "0035"


def test_what_is_searched_is_written_as_each_version_reads_it(former_url: str, offers: Catalogue) -> None:
    store = Store(former_url, {"keys": keys, "offers": offers, "hash_cost": "least"})
    upgrade(store.engine)
    furnish(store, NOW)
    journey = Journey(store, NOW).begin()
    command.downgrade(config_for(store.engine), BEFORE)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(SEARCH)) == 0, (
            "the version before fills it when it begins"
        )
    upgrade(store.engine)
    with store.reading() as session:
        lines = {*session.scalars(select(LINES.c.line))}
        text = session.scalar(select(SEARCH.c.text))
    store.close()
    assert {journey.reference.lower().replace("-", ""), "polwhevral school"} <= lines
    assert (text or "").startswith(journey.reference.lower().replace("-", " "))
