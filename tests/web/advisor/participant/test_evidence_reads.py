"""Whoever at the council reads evidence is written down, after the answer; and auditors see who did."""

import logging

import pytest
from flask import Flask
from sqlalchemy import text

from tests.journeys import PEOPLE, Journey
from tests.queries_counted import counted
from tests.web.admin.conftest import _with_account
from tests.web.advisor.participant.test_page import CODES, _evidence
from tests.web.visitor import Visitor
from workflow.domain.actor import SYSTEM
from workflow.queries.privacy import own_data
from workflow.store.session import Store
from workflow.store.tables.access.evidence_read import EvidenceRead
from workflow.usecases.privacy import erasure


@pytest.fixture
def auditor(store: Store, app: Flask) -> Visitor:
    return _with_account(store, app, "auditor", "Merryn Tate")


@pytest.fixture
def ada(journey: Journey, case: str) -> str:
    journey.to("framework")
    _evidence(journey, *CODES)
    return f"{case}/people/1/"


def _reads(store: Store) -> list[tuple[int, str, str]]:
    with store.reading() as session:
        return [(one.participant_id, one.kind, one.what) for one in session.query(EvidenceRead)]


def test_a_page_and_a_file_are_written_down_and_auditors_see_who_read_them(
    advisor: Visitor, auditor: Visitor, ada: str, case: str, store: Store
) -> None:
    advisor.open(ada)
    advisor.open(f"{case}/file/1")
    assert _reads(store) == [(1, "page", "1"), (1, "file", "1")]
    told = auditor.open("/admin/evidence-reads").words
    assert "Tamsin Rowe" in told
    assert told.count("Ada Pascoe") == 2
    assert auditor.open(ada).link("Who has read their evidence") == "/admin/evidence-reads?person=1"
    assert "Merryn Tate" in auditor.open("/admin/evidence-reads?person=1").words
    assert "Nobody has read any of theirs" in auditor.open("/admin/evidence-reads?person=2").words
    assert advisor.open("/admin/evidence-reads").answer.status_code == 403


def test_whoever_looks_at_somebody_without_evidence_reads_none(
    advisor: Visitor, ada: str, case: str, store: Store
) -> None:
    assert advisor.open(f"{case}/people/2/").answer.status_code == 200
    assert ada
    assert _reads(store) == []


def test_a_page_is_shown_even_where_it_cannot_be_written_down(
    advisor: Visitor, ada: str, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE evidence_read"))
    with caplog.at_level(logging.ERROR):
        assert advisor.open(ada).answer.status_code == 200
    assert "Who read evidence could not be written down" in caplog.text


def test_it_takes_one_query_however_many_there_are_and_pages_go_on(
    advisor: Visitor, auditor: Visitor, ada: str, store: Store
) -> None:
    def taken() -> int:
        with counted(store) as queries:
            auditor.open("/admin/evidence-reads")
        return len(queries)

    advisor.open(ada)
    before = taken()
    with store.writing() as session:
        for _ in range(60):
            one = session.query(EvidenceRead).first()
            assert one is not None
            session.add(EvidenceRead(at=one.at, user_id=1, participant_id=1, kind="page", what="1"))
    assert taken() == before
    assert auditor.answer.text.count("<tr") == 51
    assert auditor.open(auditor.link("Earlier")).answer.text.count("<tr") == 12


def test_what_is_known_of_reading_is_in_the_copy_and_goes_with_the_person(
    advisor: Visitor, ada: str, journey: Journey, store: Store
) -> None:
    advisor.open(ada)
    with store.reading() as session:
        told = {one.title: one.lines for one in own_data.read(session, PEOPLE[0].email, journey.now).sections}
    (line,) = told["Who has read evidence"]
    assert (line.own, line.values["kind"]) == (True, "page")
    journey.withdraw(PEOPLE[0].email, "left")
    with store.writing() as session:
        erasure.erase(session, PEOPLE[0].email, actor=SYSTEM, now=journey.now)
    with store.reading() as session:
        assert [one.participant_id for one in session.query(EvidenceRead)] == [1], "a number that names nobody"
