"""A record that a former version has written, on each database."""

import uuid
from pathlib import Path

import pytest

from tests.servers import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def former_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where such a record is to be, with nothing in it yet."""
    if request.param == "postgresql":
        return new_database(request.getfixturevalue("postgresql_url"), f"old_{uuid.uuid4().hex}")
    return f"sqlite:///{tmp_path / 'old.db'}"
