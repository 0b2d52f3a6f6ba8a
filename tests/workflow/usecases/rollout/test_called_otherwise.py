"""A version in which everything is called otherwise: clocks, invitations, stays and letters know it again."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.journeys import PEOPLE, Journey
from tests.offers.versions.another import called, renamed
from tests.workflow.offer.pages import MENTORING
from tests.workflow.usecases.rollout.moving import letters, move, take_back, timers
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.errors import BadInput, Conflict
from workflow.forecasting.stage_durations import read_courses
from workflow.forecasting.stay_counts import count_stays
from workflow.mail import letter_rows
from workflow.mail import letters as letters_of_record
from workflow.mail.signed_links import Links
from workflow.offer.loader import load_offers
from workflow.queries.audit import verify
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.usecases import appointments, participants
from workflow.usecases.participants import Nominee


def test_a_version_that_lacks_something_is_refused_with_all_that_it_lacks(journey: Journey, tmp_path: Path) -> None:
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("training_1").book("training_1")
    version = journey.row.version
    with pytest.raises(Conflict) as refused:
        move(journey)
    assert str(refused.value) == (
        "mentoring-2027-09 has no stage “Training session 1” (training_1). Say which stage takes its place. "
        "mentoring-2027-09 has no meeting “Training session 1” (training_1), and one is recorded here. Say which "
        "meeting takes its place."
    )
    with pytest.raises(BadInput) as wrong:
        move(journey, "training_1 = training_2_c\nTraining sesion 1 = training_1_b\nhello")
    assert [one.sentence for one in wrong.value.problems] == [
        (
            "Line 1 speaks of “training_2_c”, and mentoring-2027-09 knows nothing of that name. Did you mean "
            "“training_2_b”?"
        ),
        (
            "Line 2 speaks of “Training sesion 1”, and mentoring-2026-09 knows nothing of that name. Did you mean "
            "“Training session 1”?"
        ),
        "Line 3 says no new name. Write it as: old name = new name.",
    ]
    assert (journey.row.version, journey.row.offer_version) == (version, "2026-09")


def test_clocks_that_stand_still_go_on_standing_and_then_run_there(journey: Journey, tmp_path: Path) -> None:
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("framework")
    journey.fire("hold", note="A new head.", values={"review_on": "2027-01-11"})
    stopped = timers(journey, "suspended")
    assert set(stopped) == {"chase-framework"}
    move(journey, called(MENTORING))
    assert timers(journey, "suspended") == {"chase-framework-b": stopped["chase-framework"]}
    journey.now += timedelta(days=7)
    journey.fire("resume")
    assert set(timers(journey)) >= {"chase-framework-b"}
    assert timers(journey, "suspended") == {}
    with journey.store.reading() as session:
        assert verify(session).faults == ()


def test_only_who_comes_and_goes_hears_of_a_date_that_was_agreed_before(journey: Journey, tmp_path: Path) -> None:
    """Their invitations have another name there, and nobody is invited twice."""
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=42))
    move(journey, called(MENTORING))
    version = journey.row.version
    journey._do(participants.nominate, (Nominee("Dov Rosen", "dov@polwhevral.example.org", 1),))
    journey._do(participants.move, PEOPLE[0].email, "withdraw", reason="left")
    told = letters(journey, version)
    assert [one for one in told if one[0] == "meeting-booked-b"] == [("meeting-booked-b", "participants:4")]
    assert [reader for name, reader in told if name == "no-longer-invited-b"] == ["participants:1"]


def test_a_step_there_is_taken_back_to_the_stay_that_began_before(journey: Journey, tmp_path: Path) -> None:
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("follow_up_1").meet("follow_up_1", outputs="A lead in every phase.")
    since = journey.row.stage_since
    move(journey, called(MENTORING))
    assert (journey.stage, journey.row.stage_since) == ("follow_up_1_b", since)
    journey.fire("complete_follow_up_1_b")
    take_back(journey)
    assert (journey.stage, journey.row.stage_since) == ("follow_up_1_b", since)


def test_a_stage_that_goes_on_under_another_name_is_one_stay(journey: Journey, tmp_path: Path) -> None:
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("framework")
    began = journey.now
    journey.now += timedelta(days=14)
    move(journey, called(MENTORING))
    journey.now += timedelta(days=14)
    with journey.store.reading() as session:
        stays = {one.stage: one for one in count_stays(session, "mentoring", began, journey.now)}
        calendar = offers_of(session).machine("mentoring", "2027-09").offer.calendar
        course = read_courses(session, [journey.id], calendar)[journey.id]
    assert "framework" not in stays
    assert (stays["framework_b"].days, stays["framework_b"].goes_on) == (28, True)
    assert (course.stage, course.ended[-1][0]) == ("framework_b", "training_2")
    assert course.since is not None
    assert course.lasted + calendar.count(
        course.since, calendar.local_day(journey.now), "school days"
    ) == calendar.count(calendar.local_day(began), calendar.local_day(journey.now), "school days")


def test_a_letter_in_hand_while_its_engagement_is_moved_is_written_as_it_was_owed(
    journey: Journey, tmp_path: Path
) -> None:
    """Whoever writes it has read the letter before, and reads the engagement after."""
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    with journey.store.reading() as session:
        owed = session.scalars(select(OwedEffect).where(OwedEffect.name == "welcome")).one()
        session.commit()
        move(journey, called(MENTORING))
        rows = letter_rows.read(session, [owed.id], journey.now)
        letter = letters_of_record.write(rows, rows.owed[owed.id], Links("http://127.0.0.1:8000", "s" * 40))
    assert "Jenna" in letter.rendered.text


def test_a_promise_that_was_kept_is_counted_once(journey: Journey, tmp_path: Path) -> None:
    """The stage goes on under another name, and the school chooses among dates that were offered before."""
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=42)])
    kept = statuses(journey)["kept"]
    assert kept
    move(journey, called(MENTORING))
    assert statuses(journey)["kept"] == kept


def test_a_version_that_cannot_be_read_any_more_keeps_nobody_from_coming(journey: Journey, tmp_path: Path) -> None:
    renamed(MENTORING, tmp_path, "2027-09")
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))
    journey.to("training_1")
    move(journey, called(MENTORING))
    journey.store.tell(offers=Catalogue(load_offers((tmp_path,))))
    version = journey.row.version
    journey._do(participants.nominate, (Nominee("Dov Rosen", "dov@polwhevral.example.org", 1),))
    assert ("newcomer-welcome-b", "participants:4") in letters(journey, version)


def statuses(journey: Journey) -> Counter[str]:
    with journey.store.reading() as session:
        return Counter(session.scalars(select(PromiseRow.status).where(PromiseRow.engagement_id == journey.id)))
