"""Three schools that take part: two of one trust, one of another; and a reader of the first."""

from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import insert

from tests.journeys import Journey
from tests.several_schools import OTHER, TRUST, join_trust
from tests.web.conftest import NOON, Clock
from tests.web.readers import let_in
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.school import School


class Trusts(NamedTuple):
    """`first` and `second` are engagements of the trust's schools, `elsewhere` is one of another's."""

    app: Flask
    store: Store
    clock: Clock
    first: Journey
    second: Journey
    elsewhere: Journey


@pytest.fixture
def trusts(app: Flask, store: Store, clock: Clock, journey: Journey) -> Trusts:
    with store.writing() as session:
        plain = {"status": "Open", "phase": "Secondary", "authority": "", "town": "Porthenys", "postcode": "TR99 2BB"}
        more = {**plain, "urn": "900005", "name": "Menhallow School", "is_open": True, "updated_at": NOON}
        session.execute(insert(School), [more])
    for urn, code, name in (
        ("900001", TRUST, "Three Headlands Trust"),
        ("900005", TRUST, "Three Headlands Trust"),
        ("900004", OTHER, "Bright Adit Trust"),
    ):
        join_trust(store, urn, code, name)
    second = Journey(store, NOON).begin(order="SFS-2", urn="900005")
    elsewhere = Journey(store, NOON).begin(order="SFS-3", urn="900004").to("framework")
    return Trusts(app, store, clock, journey.to("framework"), second, elsewhere)


@pytest.fixture
def reader(trusts: Trusts) -> Visitor:
    """In for the trust's schools."""
    visitor = Visitor(trusts.app)
    let_in(visitor, trust=TRUST)
    return visitor
