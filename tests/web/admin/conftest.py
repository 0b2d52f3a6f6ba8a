"""Somebody who looks after accounts, and somebody who reads everything."""

import pytest
from flask import Flask

from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD, Visitor
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.accounts import members


def _with_account(store: Store, app: Flask, role: str, name: str) -> Visitor:
    email = f"{role}.web@example.org"
    with store.writing() as session:
        members.add(session, email, name=name, role=role, password=PASSWORD, now=NOON)
    return Visitor(app).sign_in(email)


@pytest.fixture
def admin(store: Store, app: Flask) -> Visitor:
    return _with_account(store, app, "admin", "Kensa Bray")


@pytest.fixture
def auditor(store: Store, app: Flask) -> Visitor:
    return _with_account(store, app, "auditor", "Merryn Tate")


@pytest.fixture
def finance(store: Store, app: Flask) -> Visitor:
    return _with_account(store, app, "finance", "Piran Nance")


@pytest.fixture
def tamsin(store: Store) -> int:
    """The number of the advisor's account."""
    with store.reading() as session:
        return session.query(User).filter_by(email="advisor.web@example.org").one().id


@pytest.fixture
def readers(auditor: Visitor, lead: Visitor, finance: Visitor) -> tuple[Visitor, ...]:
    """Those who look after no accounts."""
    return auditor, lead, finance
