"""An engagement from before has its contacts after the upgrade, and letters stay what they were on the way back."""

from typing import Any

from alembic import command
from sqlalchemy import text

from tests.conftest import NOW
from tests.journeys import ADVISOR, Journey, furnish
from tests.keys import keys
from workflow.engine.catalogue import Catalogue
from workflow.queries.audit import verify
from workflow.store.migrate import config_for, upgrade
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.contacts import contacts, proposals

HEAD: dict[str, Any] = {"name": "Maud Penrose", "email": "maud@polwhevral.example.org"}
BEFORE = "0019"


def test_lead_and_head_are_contacts_after_the_upgrade_and_still_are_after_the_way_back(
    former_url: str, offers: Catalogue
) -> None:
    store = Store(former_url, {"keys": keys, "offers": offers, "hash_cost": "least"})
    upgrade(store.engine)
    furnish(store, NOW)
    journey = Journey(store, NOW).begin()
    journey._do(contacts.change, "head", **HEAD)
    journey._do(proposals.propose, "deputy", **HEAD, asked_by="Jenna Rowe", links=LinkMaker("secret"), actor=ADVISOR)
    command.downgrade(config_for(store.engine), BEFORE)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT head_name FROM engagement")).scalar_one() == HEAD["name"]
        assert connection.execute(text("SELECT count(*) FROM access_letter")).scalar_one() == 0
    upgrade(store.engine)
    with store.reading() as session:
        held = contacts.held(session, session.get_one(Engagement, journey.id))
        faults = verify(session, journey.id).faults
    store.close()
    assert [(one.kind, one.name, one.until) for one in held] == [
        ("school_lead", "Jenna Rowe", None),
        ("head", HEAD["name"], None),
    ]
    assert [str(one) for one in faults if "proposal" not in str(one)] == []
