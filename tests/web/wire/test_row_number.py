"""Addresses that say where a page begins, as anybody may write them."""

import pytest
from flask import Flask

from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD, Visitor
from workflow.store.session import Store
from workflow.usecases.accounts import members

_PAGES = (
    "/advisor/readers?after={}~Ada",
    "/advisor/readers?which=ended&after={}~Ada",
    "/admin/people?after={}~Ada",
    "/admin/evidence-reads?before={}",
    "/admin/evidence-reads?person={}",
)


@pytest.fixture
def admin(app: Flask, store: Store) -> Visitor:
    with store.writing() as session:
        members.add(session, "admin@example.org", name="Ad Min", role="admin", password=PASSWORD, now=NOON)
    return Visitor(app).sign_in("admin@example.org")


@pytest.mark.parametrize("number", ["0", "-1", "²", "٣", "9" * 10, "9" * 19, "9" * 30, "9" * 5000])
def test_a_number_that_no_row_has_is_as_none(admin: Visitor, number: str) -> None:
    for page in _PAGES:
        assert admin.open(page.format(number)).answer.status_code == 200
