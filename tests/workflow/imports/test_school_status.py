"""A school that closes or opens in the register is a fact like any other: it is told, and may let a trigger through."""

from io import BytesIO

from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import PEOPLE, Journey, furnish
from workflow.imports.findings import Mode
from workflow.imports.schools import import_schools
from workflow.imports.sheet import read
from workflow.store.session import Store
from workflow.store.tables.event import Event

_REGISTER = """URN,EstablishmentName,EstablishmentStatus,PhaseOfEducation,LA (name),Town,Postcode,CloseDate
900002,Nanskerris School,Open,Primary,Cornwall,Nanskerris,TR99 1AA,
"""


def test_training_starts_by_itself_when_the_register_says_the_school_is_open_after_all(store: Store) -> None:
    furnish(store, NOW)
    journey = Journey(store, NOW).begin(urn="900002").nominate(PEOPLE)
    assert journey.stage == "purchase"
    with store.writing() as session:
        import_schools(
            session, read(BytesIO(_REGISTER.encode()), "gias.csv", limit=10_000), now=journey.now, mode=Mode.WHOLE
        )
    assert journey.stage == "training_1"
    with store.reading() as session:
        told, moved = session.scalars(select(Event).order_by(Event.seq.desc()).limit(2)).all()[::-1]
    assert (told.name, moved.name, moved.caused_by) == ("school_status_changed", "start_training", told.seq)
