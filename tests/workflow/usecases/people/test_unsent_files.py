"""Files that are not sent yet: looked into, bounded, one person's alone, and gone with their contents when nobody wants
them any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.journeys import PEOPLE, Journey
from tests.workflow.documents.hostile import plain_pdf
from tests.workflow.documents.test_evidence_file import picture
from workflow.documents.evidence_file import inspect
from workflow.domain.actor import Actor
from workflow.errors import Problem
from workflow.offer.terms import EvidenceLimits
from workflow.store.session import Store
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.submission import StoredFile
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece
from workflow.usecases.people import unsent_files
from workflow.usecases.people.drafts import KEPT

ADA, BEN = 1, 2
LIMITS = EvidenceLimits(megabytes=1, files=2)
PDF = plain_pdf()


@pytest.fixture
def peopled(journey: Journey) -> Store:
    return journey.nominate().store


def keep(store: Store, *names: str, whose: int = ADA, content: bytes = PDF, code: str = "1.1") -> tuple[Problem, ...]:
    chosen = {code: inspect([(name, content) for name in names], LIMITS.megabytes * 10**6)}
    with store.writing() as session:
        return unsent_files.keep(session, whose, chosen, LIMITS.files, NOW)


def kept(store: Store, whose: int = ADA) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(code, one.name) for code, files in unsent_files.of(session, whose).items() for one in files]


def contents(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredFile)) or 0


def drop(store: Store, whose: int, number: int | None = None) -> None:
    with store.writing() as session:
        unsent_files.drop(session, whose, number)


def test_what_can_be_sent_in_is_kept_and_the_rest_is_said(peopled: Store) -> None:
    chosen = {
        "1.1": [("plan.pdf", PDF), ("words.pdf", b"words"), ("none.pdf", b"")],
        "1.2": [("large.png", b"x" * 1_000_001)],
    }
    looked_into = {code: inspect(files, LIMITS.megabytes * 10**6) for code, files in chosen.items()}
    with peopled.writing() as session:
        told = unsent_files.keep(session, ADA, looked_into, LIMITS.files, NOW)
    assert [(one.where, one.sentence.split(".")[0]) for one in told] == [
        ("1.1", "“words"),
        ("1.1", "“none"),
        ("1.2", "“large"),
    ]
    assert kept(peopled) == [("1.1", "plan.pdf")]


def test_the_same_file_twice_is_one_and_of_many_windows_none_gets_past_the_limit(peopled: Store) -> None:
    keep(peopled, "plan.pdf")
    assert keep(peopled, "plan again.pdf") == ()
    assert kept(peopled) == [("1.1", "plan.pdf")]
    pictures = [picture("PNG", (8, 8 + at)) for at in range(6)]
    with ThreadPoolExecutor(6) as windows:
        told = [*windows.map(lambda at: keep(peopled, f"{at}.png", content=pictures[at]), range(6))]
    assert sum(map(len, told)) == 5
    assert len(kept(peopled)) == LIMITS.files


def test_nobody_removes_the_file_of_somebody_else(peopled: Store) -> None:
    keep(peopled, "plan.pdf")
    with peopled.reading() as session:
        number = session.scalar(select(UnsentFile.id)) or 0
    drop(peopled, BEN, number)
    drop(peopled, BEN)
    assert kept(peopled) == [("1.1", "plan.pdf")]
    drop(peopled, ADA, number)
    assert (kept(peopled), contents(peopled)) == ([], 0)


def test_contents_stay_as_long_as_anybody_has_them(peopled: Store, journey: Journey) -> None:
    keep(peopled, "plan.pdf")
    keep(peopled, "the same.pdf", whose=BEN)
    drop(peopled, ADA)
    assert (kept(peopled, BEN), contents(peopled)) == ([("1.1", "the same.pdf")], 1)
    journey.to("framework")
    pieces = {code: EvidencePiece("Words.") for code in ("1.2", "1.3", "1.4")}
    pieces["1.1"] = EvidencePiece("", (("sent.pdf", PDF),))
    journey._do(evidence.send_in, PEOPLE[0].email, pieces, actor=Actor("participant", participant_id=ADA))
    drop(peopled, BEN)
    assert contents(peopled) == 1


def test_what_is_as_old_as_the_oldest_draft_goes(peopled: Store) -> None:
    keep(peopled, "plan.pdf")
    for later, left in ((KEPT, 1), (KEPT + timedelta(seconds=1), 0)):
        with peopled.writing() as session:
            unsent_files.drop_old(session, NOW + later)
        assert (len(kept(peopled)), contents(peopled)) == (left, left)
