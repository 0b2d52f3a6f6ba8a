"""A mail server with moods, a world that writes to it, and three schools that are owed letters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.mail.server import mail_server
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.moody_server import Moods, moody_server
from tests.worlds import world_with
from workflow.store.session import Store


@pytest.fixture
def moods() -> Moods:
    return Moods()


@pytest.fixture
def deadline() -> float:
    """In seconds. Where no server is slow it is long, or a busy machine would pass for one."""
    return 20


@pytest.fixture
def world(store: Store, moods: Moods, deadline: float) -> Iterator[World]:
    with moody_server(moods) as url:
        yield replace(world_with(store, mail_server(url, deadline)), patience=timedelta(seconds=deadline))


@pytest.fixture
def schools(store: Store) -> list[Journey]:
    """Three engagements, each of which owes a letter to the school and one to its advisor."""
    furnish(store, NOW)
    return [Journey(store, NOW).begin(order=f"SFS-{number}") for number in range(3)]
