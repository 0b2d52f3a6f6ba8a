"""The engine moves an engagement once, whole, and only when it may."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import offers_of
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.timer import ArmedTimer

STAGES = (
    "purchase",
    "training_1",
    "training_2",
    "framework",
    "follow_up_1",
    "follow_up_2",
    "qa_visit",
    "certification",
    "recognised",
)


def counted(journey: Journey) -> tuple[int, int, int, int]:
    """How many events, owed effects, timers and notes are written, and nothing of what they say."""
    with journey.store.reading() as session:
        events, owed, timers, notes = (
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Event, OwedEffect, ArmedTimer, Note)
        )
    return events, owed, timers, notes


def test_a_journey_passes_every_stage_in_order(journey: Journey) -> None:
    passed = [journey.stage, *(journey.to(stage).stage for stage in STAGES[1:])]
    assert passed == list(STAGES)
    assert journey.row.standing == "completed"


def test_an_automatic_trigger_fires_by_itself_and_says_what_caused_it(journey: Journey) -> None:
    journey.nominate()
    with journey.store.reading() as session:
        cause, moved = session.scalars(select(Event).where(Event.seq > 1).order_by(Event.seq))
    assert (cause.name, cause.actor) == ("staff_nominated", "advisor:1")
    assert (moved.name, moved.actor, moved.caused_by) == ("start_training", "system", cause.seq)


def test_a_refusal_gives_every_reason_and_writes_nothing(journey: Journey) -> None:
    journey.to("training_1")
    before = counted(journey)
    with pytest.raises(Refused) as refused:
        journey.fire("complete_training_1")
    assert [(reason.guard, reason.who) for reason in refused.value.reasons] == [
        ("register_taken", "advisor"),
        ("staff_trained", "advisor"),
    ]
    assert str(refused.value) == (
        "The register of Training session 1 has not been taken. The advisor can take it. "
        "0 members of staff attended Training session 1 or caught up, and 3 are needed. "
        "The advisor can record a catch-up."
    )
    assert counted(journey) == before


def test_a_role_that_may_not_is_told_who_may(journey: Journey) -> None:
    with pytest.raises(NotAllowed, match="is for the lead advisor; you act as advisor"):
        journey.fire("cancel", ADVISOR, note="Bought twice.")


def test_an_unknown_trigger_names_the_known_ones(journey: Journey) -> None:
    with pytest.raises(NotFound, match=r"There is no trigger called .*This offer has: start_training"):
        journey.fire("fly")


def test_a_version_that_has_moved_on_is_a_conflict(journey: Journey) -> None:
    seen = journey.row.version
    journey.nominate()
    with pytest.raises(Conflict, match="has changed since you looked"):
        journey.fire("hold", expected_version=seen, note="Inspection.", values={"review_on": "2025-11-03"})


def test_a_repeated_key_tells_what_settled_after_it_too(journey: Journey) -> None:
    journey.to("certification").confirm_names()
    first = journey.fire("approve_award", LEAD, key="award")
    second = journey.fire("approve_award", LEAD, key="award")
    assert first.settled == second.settled == ("issue_certificates",)
    assert (second.stage, second.standing, set(second.owed)) == ("recognised", "completed", set(first.owed))


def test_a_key_used_for_something_else_is_a_conflict(journey: Journey) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"}, key="one-click")
    with pytest.raises(Conflict, match="was used before, for “hold”"):
        journey.fire("resume", key="one-click")


def test_a_missing_note_and_date_are_both_asked_for(journey: Journey) -> None:
    with pytest.raises(BadInput) as asked:
        journey.fire("hold")
    assert [problem.where for problem in asked.value.problems] == ["note", "review_on"]


def test_an_override_is_recorded_as_a_waiver_with_its_reason(journey: Journey) -> None:
    outcome = journey.fire("start_training", LEAD, override="The head will name the third person on Monday.")
    assert outcome.stage == "training_1"
    with journey.store.reading() as session:
        event = session.get_one(Event, (journey.id, outcome.seq))
        note = session.get_one(Note, (journey.id, outcome.seq))
    assert event.data == {"waived": ["staff_nominated"]}
    assert (note.text, note.waiver) == ("", "The head will name the third person on Monday.")


def test_an_advisor_cannot_override(journey: Journey) -> None:
    with pytest.raises(Refused):
        journey.fire("start_training", ADVISOR, override="I would like to.")


def test_nobody_waives_the_second_person(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit")
    journey.fire("record_qa_met", LEAD)
    with pytest.raises(Refused, match="You judged Quality assurance visit, so another person must do this"):
        journey.fire("approve_award", LEAD, override="I am sure.")
    assert journey.fire("approve_award", ASSESSOR).stage == "certification"


def test_not_yet_met_stays_until_a_visit_held_since_is_judged_met(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit")
    journey.plan()
    assert journey.fire("require_action", ASSESSOR, note="Write the policy down.").stage == "qa_visit"
    with pytest.raises(Refused, match="Not held since the last judgement"):
        journey.fire("record_qa_met", ASSESSOR)
    journey.meet("qa_visit")
    assert journey.fire("record_qa_met", ASSESSOR).stage == "certification"


def test_available_and_advance_never_disagree(journey: Journey) -> None:
    for stage in STAGES:
        journey.to(stage)
        with journey.store.reading() as session:
            offered = engine.available(session, journey.id, ADVISOR)
        assert offered
        for one in offered:
            if one.open:
                continue
            with pytest.raises((Refused, NotAllowed)) as refused:
                journey.fire(one.trigger, ADVISOR, note="Trying.")
            assert one.refusals[0].sentence in str(refused.value)


def test_a_hold_stops_the_clock_and_resuming_gives_the_time_back(journey: Journey) -> None:
    """Held on the day the stage began: its timer has all its school days left when it goes on."""
    journey.to("framework")
    with journey.store.reading() as session:
        offer = offers_of(session).latest()
    (timer,) = offer.timers_of["framework"]
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.now += timedelta(days=9, hours=23)
    journey.fire("resume")
    with journey.store.reading() as session:
        running = (ArmedTimer.status == "armed") & (ArmedTimer.about == "stage")
        after = {one.name: one.due_at for one in session.scalars(select(ArmedTimer).where(running))}
    assert after == {timer.name: offer.calendar.due(journey.now, timer.span)}


def test_entering_a_stage_drops_the_old_timers_and_arms_the_new(journey: Journey) -> None:
    journey.to("training_1")
    with journey.store.reading() as session:
        timers = {(one.stage, one.status) for one in session.scalars(select(ArmedTimer))}
    assert timers == {("purchase", "dropped"), ("training_1", "armed")}


def test_a_lapsed_engagement_reopens_at_the_same_stage_with_its_timers_armed_anew(journey: Journey) -> None:
    journey.to("framework")
    journey.fire("lapse", SYSTEM)
    assert journey.row.standing == "lapsed"
    journey.fire("reopen", LEAD, note="The school is back.")
    with journey.store.reading() as session:
        running = (ArmedTimer.status == "armed") & ArmedTimer.about.in_(("stage", "promise"))
        armed = [one.armed_at for one in session.scalars(select(ArmedTimer).where(running))]
    assert (journey.row.stage, journey.row.standing) == ("framework", "active")
    assert set(armed) == {journey.now}


def test_each_reader_is_owed_one_email(journey: Journey) -> None:
    outcome = journey.nominate()
    with journey.store.reading() as session:
        owed = session.execute(
            select(OwedEffect.name, OwedEffect.recipient).where(OwedEffect.name == "participant-welcome")
        ).all()
        ids = session.scalars(select(OwedEffect.recipient).where(OwedEffect.seq == outcome.row.version)).all()
    assert len(owed) == len(PEOPLE)
    assert len(ids) == len(set(ids))


def test_nothing_is_written_when_the_transaction_around_it_fails(journey: Journey) -> None:
    before = counted(journey)

    def lapse_and_fail() -> None:
        with journey.store.writing() as session:
            engine.advance(session, journey.id, "lapse", actor=SYSTEM, now=journey.now)
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        lapse_and_fail()
    assert counted(journey) == before
    assert journey.row.standing == "active"


def test_no_engagement_of_that_number(journey: Journey) -> None:
    with pytest.raises(NotFound), journey.store.writing() as session:
        engine.advance(session, journey.id + 1, "lapse", actor=SYSTEM, now=journey.now)
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Engagement)) == 1
