"""The register's links say which school takes whose place."""

from io import BytesIO

import pytest
from sqlalchemy import select

from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.school_links import import_links
from workflow.imports.sheet import read
from workflow.store.session import Store
from workflow.store.tables.school import SchoolLink

LINKS = """URN,LinkURN,LinkName,LinkType,LinkEstablishedDate
900001,900003,Polwhevral Academy,Successor,01-09-2025
900003,900001,Polwhevral School,Predecessor,01-09-2025
900002,900003,Polwhevral Academy,Successor - amalgamated,
900001,900009,Polwhevral Sixth Form,Sixth Form Centre School,
"""


def bring(store: Store, text: str) -> ImportReport:
    with store.writing() as session:
        return import_links(session, read(BytesIO(text.encode()), "links.csv", limit=10_000), mode=Mode.WHOLE)


def test_successors_are_kept_once_and_other_links_are_left_out(store: Store) -> None:
    assert (bring(store, LINKS).added, bring(store, LINKS).unchanged) == (2, 2)
    with store.reading() as session:
        kept = session.execute(select(SchoolLink.urn, SchoolLink.link_urn).order_by(SchoolLink.urn)).all()
    assert kept == [("900001", "900003"), ("900002", "900003")]


def test_a_link_that_cannot_be_read_is_told_with_its_row(store: Store) -> None:
    report = bring(store, LINKS.replace("900002,900003", "9002,900003"))
    assert not report.written
    assert "is not a URN" in report.problems[0].sentence


def test_another_table_is_refused(store: Store) -> None:
    with pytest.raises(BadInput):
        bring(store, "Name,Email\nAda,ada@example.org\n")
