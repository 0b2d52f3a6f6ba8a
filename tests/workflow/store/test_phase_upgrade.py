"""What a phase rested on before the offer's own questions were asked can be read after the upgrade, and after the way
back."""

from alembic import command
from sqlalchemy import text

from tests.conftest import NOW
from tests.journeys import ADVISOR, PEOPLE, Journey, furnish
from tests.keys import keys
from workflow.engine.catalogue import Catalogue
from workflow.store.migrate import config_for, upgrade
from workflow.store.session import Store
from workflow.store.tables.participant import EntryBasis
from workflow.usecases import phases
from workflow.usecases.phases import Basis

BEFORE = "0034"
SAID = text(
    "UPDATE entry_basis SET experience = 'Six years.', own_impact = 'I plan better.', led_mentoring = true, "
    "scope = 'school' WHERE participant_id = 1"
)


def test_what_was_said_stays_readable(former_url: str, offers: Catalogue) -> None:
    store = Store(former_url, {"keys": keys, "offers": offers, "hash_cost": "least"})
    upgrade(store.engine)
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().nominate()
    for person in PEOPLE[:2]:
        journey._do(phases.propose, person.email, 2, Basis("Six years."), actor=ADVISOR)
    command.downgrade(config_for(store.engine), BEFORE)
    with store.engine.begin() as connection:
        connection.execute(SAID)
        connection.execute(text("UPDATE entry_basis SET experience = '' WHERE participant_id = 2"))
    upgrade(store.engine)
    with store.reading() as session:
        said, erased = session.get_one(EntryBasis, 1), session.get_one(EntryBasis, 2)
    store.close()
    assert said.experience.split("\n\n") == [
        "Six years.",
        "What it changed in their own practice: I plan better.",
        "How far it reached: their school.",
    ]
    assert said.answers.splitlines() == ["Have they led mentoring? Yes", "Have they led coaching? No"]
    assert (erased.experience, erased.answers) == ("", ""), "of whoever was erased nothing is said"
