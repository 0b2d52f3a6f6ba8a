"""A record that was written before is whole after an upgrade, on both databases."""

import uuid
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.servers import new_database
from workflow.offers import Offers
from workflow.store.migrate import config_for, upgrade
from workflow.store.session import Store

WRITTEN = (
    (
        "INSERT INTO school (urn, name, status, phase, authority, town, postcode, is_open, updated_at) VALUES "
        "('900001', 'Polwhevral School', 'Open', 'Primary', 'Cornwall', 'Nanskerris', 'TR99', true, '2025-10-06 10:00')"
    ),
    (
        "INSERT INTO engagement (id, reference, offer_code, offer_version, school_urn, stage, standing, version, head, "
        "stage_since, ordered_at, lead_name, lead_email, head_name, head_email) VALUES (1, 'CMC-25-0001-D', 'mentoring', "
        "'2026-09', '900001', 'training_1', 'active', 1, 'x', '2025-10-06 10:00', '2025-10-06 10:00', 'Jenna Rowe', "
        "'jenna@example.org', '', '')"
    ),
    (
        "INSERT INTO participant (id, engagement_id, name, email, phase, status, certificate_name, name_confirmed) VALUES "
        "(1, 1, 'Ada Pascoe', 'ada@example.org', 1, 'training', 'Ada Pascoe', false)"
    ),
    (
        "INSERT INTO appointment (id, engagement_id, kind, status, starts_at, outputs) VALUES "
        "(7, 1, 'training_1', 'booked', '2025-11-04 13:30', '')"
    ),
)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_people_and_dates_of_the_version_before_are_there_and_right(
    database: str, tmp_path: Path, offers: Offers, request: pytest.FixtureRequest
) -> None:
    """Phases count as agreed, an order has as many places as anybody needs, and dates get a name for calendars."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if database == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_url"), f"old_{uuid.uuid4().hex}")
    store = Store(url, {"offers": offers})
    command.upgrade(config_for(store.engine), "0002")
    with store.engine.begin() as connection:
        for statement in WRITTEN:
            connection.execute(text(statement))
    upgrade(store.engine)
    with store.engine.connect() as connection:
        person = connection.execute(text("SELECT name, phase_agreed, before_id FROM participant")).one()
        date = connection.execute(text("SELECT uid, sequence, purpose, place FROM appointment")).one()
        places = connection.execute(text("SELECT places FROM engagement")).scalar_one()
    store.close()
    assert (person.name, bool(person.phase_agreed), person.before_id) == ("Ada Pascoe", True, None)
    assert tuple(date) == ("CMC-25-0001-D-7", 0, "planned", "")
    assert places == 500
