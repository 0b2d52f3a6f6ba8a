"""One thing for many schools: seen first, done row by row, and gone on with after a stop."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from tests.journeys import ADVISOR, LEAD, Journey
from workflow.acts.bulk import jobs, work
from workflow.acts.bulk.jobs import Progress
from workflow.acts.bulk.request import BulkRequest, BulkResult, preview
from workflow.acts.fields import ANYTHING
from workflow.domain import reference
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.requests.bulk import BulkJob, BulkRow
from workflow.store.tables.user import User
from workflow.usecases import advisors, appointments

TO_LEAD = BulkRequest("hand_over", {"to": "2"}, "I retire at Easter.", LEAD)


@pytest.fixture
def twenty(journey: Journey) -> list[str]:
    """Twenty schools of one advisor, by their references."""
    others = [Journey(journey.store, journey.now).begin(order=f"SFS-{number}") for number in range(2, 21)]
    return [journey.reference, *(other.reference for other in others)]


def counts(journey: Journey) -> list[int]:
    tables: tuple[Any, ...] = (Event, Note, OwedEffect, BulkJob, BulkRow)
    with journey.store.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def advisors_of(journey: Journey) -> set[int | None]:
    with journey.store.reading() as session:
        return set(session.scalars(select(Engagement.advisor_id)))


def carry_out(journey: Journey, wish: BulkRequest, references: list[str]) -> list[BulkResult]:
    job = jobs.start(journey.store, wish, references, journey.now)
    return list(work.run(journey.store, job, lambda: journey.now))


def test_an_advisor_leaves_and_twenty_schools_are_handed_over_with_a_note_each(
    journey: Journey, twenty: list[str]
) -> None:
    lines = carry_out(journey, TO_LEAD, twenty)
    assert [(line.reference, line.result, line.refused) for line in lines] == [
        (reference, "handed over to The lead_advisor", False) for reference in twenty
    ]
    assert advisors_of(journey) == {2}
    with journey.store.reading() as session:
        notes = session.scalars(select(Note.text).where(Note.text == TO_LEAD.note)).all()
        told = session.scalars(select(OwedEffect.name).where(OwedEffect.name.in_(("handed-over", "new-advisor")))).all()
    assert (len(notes), len(told)) == (20, 40)


def test_a_preview_says_what_will_happen_and_changes_nothing(journey: Journey, twenty: list[str]) -> None:
    with journey.store.writing() as session:
        advisors.hand_over(session, journey.id, "lead_advisor@example.org", note="Yours.", actor=LEAD, now=journey.now)
    before = counts(journey)
    lines = preview(journey.store, TO_LEAD, [*twenty[:3], "CMC-25-0099-A", twenty[0]], journey.now)
    assert [line.refused for line in lines] == [True, False, False, True]
    assert lines[0].result == f"{journey.reference} is with The lead_advisor already."
    assert lines[1].result == "handed over to The lead_advisor"
    assert counts(journey) == before


def test_one_date_for_several_schools_is_refused_where_it_makes_no_sense(journey: Journey, twenty: list[str]) -> None:
    starts_at = (journey.now + timedelta(days=30)).isoformat()
    wish = BulkRequest("book", {"kind": "qa_visit", "starts_at": starts_at}, "", ADVISOR)
    journey.to("qa_visit").fire("check_evidence")
    lines = carry_out(journey, wish, twenty[:2])
    assert [(line.refused, line.result.partition(" on ")[0]) for line in lines] == [
        (False, "Quality assurance visit"),
        (True, "It is at “Purchase”, and a date for Quality assurance visit is agreed at “Quality assurance visit”."),
    ]


def test_one_click_invites_nobody_whom_the_date_does_not_suit(journey: Journey, twenty: list[str]) -> None:
    """One school is on hold, one is not that far, two have had that session or have a date: they are left out."""
    on_hold, early, had, dated, suited = (Journey(journey.store, journey.now, number) for number in range(1, 6))
    for one in (on_hold, had, dated, suited):
        one.nominate().to("training_1")
    on_hold.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    had.meet("training_1")
    dated._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    before = letters(journey)
    starts_at = (journey.now + timedelta(days=30, hours=4)).isoformat()
    wish = BulkRequest("book", {"kind": "training_1", "starts_at": starts_at, "anyway": ANYTHING}, "", ADVISOR)
    lines = carry_out(journey, wish, twenty[:5])
    assert [line.refused for line in lines] == [True, True, True, True, False]
    assert [line.result.split(" on ")[0].split(" already")[0] for line in lines[:4]] == [
        "It is",
        "It is at “Purchase”, and a date for Training session 1 is agreed at “Training session 1”.",
        "It was there for Training session 1",
        "It has a date for Training session 1",
    ]
    written = letters(journey) - before
    assert {number for number, _ in written} == {suited.id}
    assert early.id not in {number for number, _ in written}


def letters(journey: Journey) -> set[tuple[int, int]]:
    with journey.store.reading() as session:
        return {(one.engagement_id, one.id) for one in session.scalars(select(OwedEffect))}


def test_a_message_goes_to_every_school(journey: Journey, twenty: list[str]) -> None:
    lines = carry_out(journey, BulkRequest("message", {}, "We are closed until 4 January.", ADVISOR), twenty[:3])
    assert {line.result for line in lines} == {"message to Jenna Rowe"}
    with journey.store.reading() as session:
        assert len(session.scalars(select(OwedEffect).where(OwedEffect.name == "from-your-advisor")).all()) == 3


def test_a_job_that_was_stopped_goes_on_where_it_stopped(journey: Journey, twenty: list[str]) -> None:
    job = jobs.start(journey.store, TO_LEAD, twenty, journey.now)
    first: Iterator[BulkResult] = work.run(journey.store, job, lambda: journey.now)
    assert [line.reference for line in islice(first, 3)] == twenty[:3]
    assert [line.reference for line in work.run(journey.store, job, lambda: journey.now)] == twenty[3:]
    with journey.store.reading() as session:
        assert {line.result for line in jobs.lines(session, job)} == {"handed over to The lead_advisor"}
        assert session.scalar(select(func.count()).where(Event.name == "handed_over")) == 20
    assert list(work.run(journey.store, job, lambda: journey.now)) == []


def test_two_runs_at_once_do_each_row_once(journey: Journey, twenty: list[str]) -> None:
    job = jobs.start(journey.store, TO_LEAD, twenty, journey.now)

    def run(_: int) -> list[str]:
        return [line.reference for line in work.run(journey.store, job, lambda: journey.now)]

    with ThreadPoolExecutor(2) as pool:
        done = [reference for part in pool.map(run, range(2)) for reference in part]
    assert sorted(done) == sorted(twenty)
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).where(Event.name == "handed_over")) == 20


def test_what_nobody_can_do_in_bulk_is_said(journey: Journey) -> None:
    with pytest.raises(BadInput, match="“burn” cannot be done in bulk; choose hand_over, book, message or"):
        preview(journey.store, BulkRequest("burn", {}, "", LEAD), [journey.reference], journey.now)
    with pytest.raises(BadInput, match="Name at least one engagement"):
        jobs.start(journey.store, TO_LEAD, [], journey.now)
    with pytest.raises(NotFound, match="There is no bulk job number 9"):
        list(work.run(journey.store, 9, lambda: journey.now))


def hand_over(journey: Journey, email: str, actor: Actor = LEAD, note: str = "Ring first.") -> None:
    journey._do(advisors.hand_over, email, note=note, actor=actor)


def test_a_school_is_handed_over_by_its_own_advisor_or_a_lead_and_only_to_an_advisor(journey: Journey) -> None:
    with journey.store.writing() as session:
        session.add(
            User(
                id=9,
                email="new@example.org",
                name="New",
                role="advisor",
                password_hash="-",
                created_at=datetime.fromisoformat("2025-10-06T09:00:00+00:00"),
            )
        )
    with pytest.raises(NotAllowed, match="by its own advisor or by a lead advisor"):
        hand_over(journey, "new@example.org", Actor("advisor", 9))
    with pytest.raises(BadInput, match=r"assessor@example\.org is no advisor"):
        hand_over(journey, "assessor@example.org")
    with pytest.raises(BadInput, match="Say what whoever takes over should know"):
        hand_over(journey, "new@example.org", note=" ")
    hand_over(journey, "new@example.org", ADVISOR)
    assert journey.row.advisor_id == 9
    with pytest.raises(Conflict, match="is with New already"):
        hand_over(journey, "new@example.org")


def test_only_the_council_writes_messages(journey: Journey) -> None:
    with pytest.raises(NotAllowed, match="written at the council; you act as school lead"):
        journey._do(advisors.write_to_school, "Hello", actor=Actor("school_lead"))
    with pytest.raises(BadInput, match="The message is empty"):
        journey._do(advisors.write_to_school, " ")


# --- the worker ---


def work_on(journey: Journey) -> list[int]:
    """Turn after turn, until nothing waits."""
    return list(iter(lambda: work.work(journey.store, lambda: journey.now), 0))


def progress(journey: Journey, job: int) -> Progress:
    with journey.store.reading() as session:
        return jobs.progress(session, job)


def test_a_job_is_foreseen_and_done_once_it_is_wanted(journey: Journey, twenty: list[str]) -> None:
    job = jobs.ask(journey.store, TO_LEAD, twenty, journey.now)
    with pytest.raises(Conflict, match="still being worked out"):
        jobs.want(journey.store, job)
    assert progress(journey, job)[:5] == ("asked", 20, 0, 0, {"unknown": 20})
    assert sum(work_on(journey)) == 20
    assert progress(journey, job)[:] == ("foreseen", 20, 20, 0, {"possible": 20}, 40)
    assert (advisors_of(journey), work_on(journey)) == ({1}, [])
    jobs.want(journey.store, job)
    assert sum(work_on(journey)) == 20
    assert progress(journey, job)[:] == ("done", 20, 20, 20, {"done": 20}, 40)
    assert (advisors_of(journey), work_on(journey)) == ({2}, [])


def test_a_job_that_is_stopped_does_nothing_more_until_it_goes_on(journey: Journey, twenty: list[str]) -> None:
    job = jobs.ask(journey.store, TO_LEAD, twenty, journey.now)
    work_on(journey)
    rows = work.run(journey.store, job, lambda: journey.now)
    assert [next(rows).reference for _ in range(3)] == twenty[:3]
    jobs.stop(journey.store, job)
    assert list(rows) == []
    assert work_on(journey) == []
    stopped = progress(journey, job)
    assert (stopped.status, stopped.settled, stopped.parts["done"]) == ("stopped", 3, 3)
    jobs.want(journey.store, job)
    assert sum(work_on(journey)) == 17
    assert progress(journey, job).parts == {"done": 20}
    with pytest.raises(Conflict, match="come to its end already"):
        jobs.stop(journey.store, job)


def test_what_is_unusual_is_done_for_those_who_say_yes_to_it(journey: Journey, twenty: list[str]) -> None:
    for number in (1, 2):
        Journey(journey.store, journey.now, number).nominate().to("training_1")
    saturday = journey.now.replace(month=11, day=8, hour=10).isoformat()
    wish = BulkRequest("book", {"kind": "training_1", "starts_at": saturday}, "", ADVISOR)
    for want, done in ((jobs.want, 0), (jobs.want_all, 2)):
        job = jobs.ask(journey.store, wish, twenty[:3], journey.now)
        work_on(journey)
        with journey.store.reading() as session:
            assert jobs.progress(session, job).parts == {"asks": 2, "refused": 1}
            asking = jobs.lines(session, job, part="asks")
        assert "is unusual: it is a Saturday" in asking[0].result
        want(journey.store, job)
        work_on(journey)
        assert progress(journey, job).parts["done"] == done


def test_whoever_comes_second_leaves_a_job_alone_until_its_worker_is_lost(journey: Journey, twenty: list[str]) -> None:
    job = jobs.start(journey.store, TO_LEAD, twenty, journey.now)
    rows = work.run(journey.store, job, lambda: journey.now)
    next(rows)
    assert work_on(journey) == [], "somebody has it in hand"
    rows.close()
    journey.now += timedelta(minutes=2)
    assert sum(work_on(journey)) == 19
    assert progress(journey, job).status == "done"


@pytest.mark.unforeseen
def test_a_row_that_nobody_can_work_out_costs_itself(journey: Journey, twenty: list[str]) -> None:
    with journey.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.reference == twenty[3]).values(stage="nowhere"))
    job = jobs.ask(journey.store, TO_LEAD, twenty, journey.now)
    work_on(journey)
    jobs.want(journey.store, job)
    work_on(journey)
    with journey.store.reading() as session:
        lines = jobs.lines(session, job)
    assert [line.reference for line in lines if line.status == "refused"] == [twenty[3]]
    assert len([line for line in lines if line.status == "done"]) == 19


def test_asking_and_looking_take_as_many_statements_for_one_as_for_twenty(journey: Journey, twenty: list[str]) -> None:
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    def count(references: list[str]) -> int:
        asked.clear()
        job = jobs.ask(journey.store, TO_LEAD, references, journey.now)
        with journey.store.reading() as session:
            jobs.lines(session, job)
            jobs.progress(session, job)
        return len(asked)

    assert count(twenty[:1]) == count(twenty)


def test_a_reference_that_nobody_knows_is_named_and_nothing_is_written_down(journey: Journey) -> None:
    unknown = reference.reference_of("CMC", 25, 99)
    with pytest.raises(NotFound, match=f"There is no engagement {unknown}"):
        jobs.ask(journey.store, TO_LEAD, [journey.reference, unknown], journey.now)
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(BulkJob)) == 0
