"""A record with everything in it that histories vouch for: two schools, one of which has come to its certificates."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.journeys import PEOPLE, Journey, furnish
from workflow.store.history import seals
from workflow.store.history.chain import GENESIS, hash_of, seal_of
from workflow.store.history.keys import Key
from workflow.store.record import table_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.usecases import certificates, participants
from workflow.usecases.certificate_text import Printed

PDF = b"%PDF-1.7 a certificate"
#: How the reference of the one with certificates begins.
DONE = "CMC-25-0001"


def two_schools(store: Store) -> None:
    furnish(store, NOW)
    done = Journey(store, NOW).begin().to("training_1")
    done.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    done.fire("resume")
    done.to("recognised")
    issue(done)
    Journey(store, NOW + timedelta(days=1)).begin(order="SFS-2").nominate(PEOPLE)


def issue(journey: Journey) -> None:
    """Ada's certificate, as a worker issues it."""
    journey.now += timedelta(hours=1)
    with journey.store.writing() as session:
        ada = participants.one_of(session, journey.id, PEOPLE[0].email)
        printed = Printed(
            serial="CMC-25-0001-A1B2C3", name=ada.certificate_name, school="Polwhevral School", phase=1,
            phase_title="An Effective Mentor", phase_means="Mentors well.", reference=journey.reference,
            title="Certificate of Recognition", offer="Mentoring",
            provider="The council", issued_on=date(2025, 12, 1), valid_until=None,
        )  # fmt: skip
        certificates.issue(session, journey.id, ada.id, printed, PDF, owed_seq=1, now=journey.now)


def forge(session: Session, key: Key | None) -> None:
    """Everything anew for the first engagement as somebody would write it who knows this program, and has stolen the
    database, and has a key that is not ours, or none."""
    before = GENESIS
    table, engagement = table_of(Event), session.get_one(Engagement, 1)
    for event in session.execute(table.select().where(table.c.engagement_id == 1).order_by(table.c.seq)).mappings():
        said: dict[str, Any] = {**event, "prev_hash": before, "sealed_by": key.name if key else ""}
        said["actor"] = "advisor:9" if event["seq"] == 2 else event["actor"]
        before = seal_of(said, key) if key else hash_of(said)
        here = (table.c.engagement_id == 1) & (table.c.seq == event["seq"])
        changed = {name: said[name] for name in ("actor", "prev_hash", "sealed_by")}
        session.connection().execute(table.update().where(here).values(**changed, hash=before))
    seal = seals.head_seal(key, engagement) if key else ""
    session.connection().execute(text("UPDATE engagement SET head = :head, seal = :seal WHERE id = 1"),
                                 {"head": before, "seal": seal})  # fmt: skip
