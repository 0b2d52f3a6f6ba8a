"""The nearest way as it is read from the record: by name for the council, without names for a participant."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.conftest import NOW
from tests.journeys import ADVISOR, LEAD, PEOPLE, Journey
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.engine.catalogue import offers_of
from workflow.forecasting.nearest_route import NearestRoute, way_ahead, way_ahead_of
from workflow.queries.engagement_json import as_json
from workflow.queries.engagement_view import view_case
from workflow.store.cases import read_case
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School, SchoolDate
from workflow.usecases import appointments, participants
from workflow.usecases.elsewhere import transfers

ADA, BRYN, CARA = (person.email for person in PEOPLE)
ENDS = "As things stand, the way ends here."


def way(journey: Journey, later: timedelta = timedelta()) -> NearestRoute:
    with journey.store.reading() as session:
        return way_ahead(session, read_case(session, journey.id), offers_of(session).latest(), journey.now + later)


def own_way(journey: Journey, email: str) -> NearestRoute:
    with journey.store.reading() as session:
        person = session.query(Participant).filter_by(email=email, engagement_id=journey.id).one()
        case = read_case(session, journey.id)
        return way_ahead_of(session, case, offers_of(session).latest(), person, journey.now)


def said(found: NearestRoute) -> list[str]:
    return [f"{line.who}: {line.what}" for line in found.lines]


def return_one(journey: Journey) -> None:
    """Ada's evidence came back, Bryn's was accepted, Cara has sent nothing."""
    ada, bryn, _ = PEOPLE
    journey.to("framework").evidence(ada, met=False).evidence(bryn, met=True)


def test_an_engagement_reads_who_has_to_do_what_by_name(journey: Journey) -> None:
    return_one(journey)
    assert said(way(journey))[:3] == [
        "participant: Send in the evidence: Ada Pascoe and Cara Nance",
        "council: Review the evidence of Ada Pascoe and Cara Nance",
        "council: Agree a date for Follow-up meeting 1",
    ]
    assert said(way(journey))[-2] == (
        "participant: Confirm the name on the certificate: Ada Pascoe, Bryn Tregear and Cara Nance"
    )
    assert way(journey).arrives == date(2025, 11, 24)
    assert way(journey).sentence == (
        "The certificates can come on Monday 24 November 2025 at the earliest, if all goes well the first time."
    )


def test_a_participant_reads_their_own_acts_and_nobody_elses_name(journey: Journey) -> None:
    return_one(journey)
    assert said(own_way(journey, ADA))[:4] == [
        "participant: Send in your evidence",
        "participant: 1 other: send in their evidence",
        "council: Review your evidence",
        "council: Review the evidence of 1 other",
    ]
    assert said(own_way(journey, BRYN))[:2] == [
        "participant: 2 others: send in their evidence",
        "council: Review the evidence of 2 others",
    ]
    for email in (ADA, BRYN, CARA):
        told = own_way(journey, email)
        assert [person.name for person in PEOPLE if person.name.split()[0] in repr(told)] == []
        assert told.arrives == way(journey).arrives


@pytest.mark.parametrize(
    ("verb", "reason", "sentence"),
    [
        ("defer", "workload", "Your own way has stopped here, as your part is put off."),
        ("withdraw", "left", "Your own way has stopped here, as you no longer take part."),
    ],
)
def test_whoever_has_left_reads_that_their_own_way_has_stopped_and_who_can_let_them_rejoin(
    journey: Journey, verb: str, reason: str, sentence: str
) -> None:
    journey.to("framework")._do(participants.move, ADA, verb, reason=reason)
    told = own_way(journey, ADA)
    assert (told.lines, told.arrives) == ((), None)
    assert told.sentence == f"{sentence} The advisor or lead advisor can let you rejoin."
    journey._do(participants.move, ADA, "rejoin")
    assert own_way(journey, ADA).arrives == way(journey).arrives


def test_whoever_went_to_another_school_is_not_told_to_come_back(named: Journey, other: Journey) -> None:
    named._do(transfers.transfer, CARA, other.id)
    assert own_way(named, CARA).sentence == "Your own way goes on in another engagement."


def test_an_offer_that_does_not_let_people_rejoin_says_so(journey: Journey, tmp_path: Path) -> None:
    offer = edited_offer(tmp_path, Edit(PAGE, 'from = ["deferred", "withdrawn"]', 'from = "withdrawn"'))
    journey.to("framework")._do(participants.move, ADA, "defer", reason="workload")
    with journey.store.reading() as session:
        person = session.query(Participant).filter_by(email=ADA).one()
        told = way_ahead_of(session, read_case(session, journey.id), offer, person, NOW)
    assert told.sentence.endswith("as your part is put off. Nobody can let you rejoin in this journey.")


@pytest.mark.parametrize(("trigger", "back"), [("hold", "Resume"), ("lapse", "Reopen"), ("cancel", "Reopen")])
def test_what_takes_a_journey_up_again_comes_first(journey: Journey, trigger: str, back: str) -> None:
    asked = {"note": "Because", "values": {"review_on": "2026-01-05"}} if trigger == "hold" else {"note": "Because"}
    journey.to("training_1").fire(trigger, LEAD, **({} if trigger == "lapse" else asked))
    first, second, *_ = way(journey).lines
    assert (first.who, first.what, first.waits, second.waits) == ("council", back, 0, 1)


def test_at_the_end_nothing_is_left_for_anybody(journey: Journey) -> None:
    journey.to("recognised")
    assert way(journey) == own_way(journey, ADA) == NearestRoute()
    assert way(journey).sentence == ""


def test_where_the_way_ends_it_says_why_and_who_can_help(journey: Journey) -> None:
    journey.to("certification")
    with journey.store.reading() as session:
        case, offer = read_case(session, journey.id), offers_of(session).latest()
        case = case._replace(facts=replace(case.facts, judgements=()))
        told = way_ahead(session, case, offer, journey.now)
    assert (told.arrives, told.sentence) == (None, told.blocked)
    assert told.blocked.startswith(f"{ENDS} The last judgement of Quality assurance visit must be “met”")
    assert told.blocked.endswith("The assessor can record a judgement.")
    assert [line.who for line in told.lines] == ["participant"], "names can be confirmed all the same"


def test_an_offer_without_certificates_comes_to_the_end_of_the_journey(journey: Journey) -> None:
    with journey.store.reading() as session:
        offer = offers_of(session).latest().model_copy(update={"certificate": None})
        told = way_ahead(session, read_case(session, journey.id), offer, journey.now)
    assert told.sentence.startswith("The end of the journey can come on Monday 5 January 2026 at the earliest")


def test_dates_that_have_passed_are_not_chosen_but_those_after_them_are(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=days) for days in (4, 7, 9)])
    for days, first, held_on in ((0, "Choose", 10), (4, "Choose", 13), (7, "Choose", 15), (9, "Agree", 5)):
        choosing, register, *_ = way(journey, timedelta(days=days)).lines
        assert choosing.what == f"{first} a date for Training session 1"
        assert register.day.day == held_on


def test_the_days_are_those_of_the_school(journey: Journey) -> None:
    usual = way(journey).arrives
    with journey.store.writing() as session:
        days = {"first": date(2025, 10, 7), "last": date(2025, 10, 7)}
        session.add(SchoolDate(urn="900001", kind="closed", title="INSET", **days))
        session.get_one(School, "900001").dates_version = 1
    assert (usual, way(journey).arrives) == (date(2026, 1, 5), date(2026, 1, 6))


def test_it_asks_for_nothing_but_the_case_itself(journey: Journey) -> None:
    journey.nominate()
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    way(journey)
    assert sum("SELECT" in one for one in asked) == 1


def test_a_program_reads_the_route_with_its_days(journey: Journey) -> None:
    with journey.store.reading() as session:
        told = as_json(view_case(session, journey.id, ADVISOR, journey.now))
    assert told["route"][:2] == [
        {"who": "school", "what": "Name 3 members of staff", "stage": "purchase", "day": "2025-10-06", "waits": 0},
        {
            "who": "council",
            "what": "Agree a date for Training session 1",
            "stage": "training_1",
            "day": "2025-10-06",
            "waits": 0,
        },
    ]
    assert (told["arrives"], told["blocked"]) == ("2026-01-05", "")
    journey.to("recognised")
    with journey.store.reading() as session:
        ended = as_json(view_case(session, journey.id, ADVISOR, journey.now))
    assert (ended["route"], ended["arrives"], ended["blocked"]) == ([], None, "")
