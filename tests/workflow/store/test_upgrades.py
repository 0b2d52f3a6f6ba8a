"""A record that was written before is whole after an upgrade, on both databases."""

from alembic import command
from sqlalchemy import delete, select, text, update

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.keys import keys
from workflow.engine.catalogue import Catalogue
from workflow.queries.audit import verify
from workflow.scheduling.promise_backfill import start_clocks
from workflow.store.migrate import config_for, upgrade
from workflow.store.session import Store
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer

THEN = "2025-10-06 10:00"
WRITTEN = {
    "school": {"urn": "900001", "name": "Polwhevral School", "status": "Open", "phase": "Primary",
               "authority": "Cornwall", "town": "Nanskerris", "postcode": "TR99 1AA", "is_open": True,
               "updated_at": THEN},
    "engagement": {"id": 1, "reference": "CMC-25-0001-D", "offer_code": "mentoring", "offer_version": "2026-09",
                   "school_urn": "900001", "stage": "training_1", "standing": "active", "version": 1, "head": "x",
                   "stage_since": THEN, "ordered_at": THEN, "lead_name": "Jenna Rowe", "lead_email": "j@example.org",
                   "head_name": "", "head_email": ""},
    "participant": {"id": 1, "engagement_id": 1, "name": "Ada Pascoe", "email": "ada@example.org", "phase": 1,
                    "status": "training", "certificate_name": "Ada Pascoe", "name_confirmed": False},
    "appointment": {"id": 7, "engagement_id": 1, "kind": "training_1", "status": "booked", "starts_at": THEN,
                    "outputs": ""},
}  # fmt: skip


def test_people_and_dates_of_the_version_before_are_there_and_right(former_url: str, offers: Catalogue) -> None:
    """Phases count as agreed, an order has as many places as anybody needs, and dates get a name for calendars."""
    store = Store(former_url, {"keys": keys, "offers": offers})
    command.upgrade(config_for(store.engine), "0002")
    with store.engine.begin() as connection:
        for table, row in WRITTEN.items():
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    upgrade(store.engine)
    with store.engine.connect() as connection:
        person = connection.execute(text("SELECT name, phase_agreed, before_id FROM participant")).one()
        date = connection.execute(text("SELECT uid, sequence, purpose, place FROM appointment")).one()
        places = connection.execute(text("SELECT places FROM engagement")).scalar_one()
    store.close()
    assert (person.name, bool(person.phase_agreed), person.before_id) == ("Ada Pascoe", True, None)
    assert tuple(date) == ("CMC-25-0001-D-7", 0, "planned", "")
    assert places == 500


def test_clocks_start_for_whoever_was_under_way_and_only_once(store: Store) -> None:
    """As after an upgrade: the engagement has neither a promise nor a timer of one."""
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().to("training_1")
    with store.writing() as session:
        session.execute(delete(PromiseRow))
        session.execute(delete(ArmedTimer))
        assert start_clocks(session, NOW) == 1
        assert start_clocks(session, NOW) == 0
    with store.reading() as session:
        (promise,) = session.scalars(select(PromiseRow)).all()
        armed = set(session.scalars(select(ArmedTimer.name).where(ArmedTimer.status == "armed")))
        assert verify(session, journey.id).faults == ()
    assert (promise.owner, promise.what) == ("council", "offer dates for training session 1")
    assert armed == {"council-late", "council-very-late"}


def test_promises_that_were_known_by_their_words_get_a_name(store: Store) -> None:
    """Also one whose words have been corrected since."""
    furnish(store, NOW)
    Journey(store, NOW).begin().to("training_1")
    with store.writing() as session:
        names = session.scalars(select(PromiseRow.name).order_by(PromiseRow.id)).all()
        session.execute(update(PromiseRow).values(name=""))
        session.execute(update(PromiseRow).where(PromiseRow.id == 1).values(what="name three collegues"))
        start_clocks(session, NOW)
        assert session.scalars(select(PromiseRow.name).order_by(PromiseRow.id)).all() == names
    assert "" not in names
