"""A choice among dates that is taken back puts the dates that were on offer back, and says which have passed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import LEAD, Journey
from tests.workflow.usecases.undo.test_undo import armed, consequences, rows, statuses, take_back
from workflow.calendar.local_time import moment_told
from workflow.domain.actor import Actor
from workflow.queries.audit import verify
from workflow.store.cases import read_case
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import appointments

SCHOOL = Actor("school_lead")


@pytest.fixture
def offered(journey: Journey) -> Journey:
    """With three dates to choose from, of which the second will be chosen."""
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=days) for days in (10, 20, 30)])
    return journey


def choose(journey: Journey, which: int = 1) -> None:
    with journey.store.reading() as session:
        ids = session.scalars(select(OfferedDate.id).order_by(OfferedDate.id)).all()
    journey._do(appointments.accept, ids[which], actor=SCHOOL)


def owed_since(journey: Journey, seq: int) -> list[tuple[str, str]]:
    return [(one.name, one.recipient) for one in rows(journey, OwedEffect) if one.seq > seq]


def promise(journey: Journey) -> Any:
    with journey.store.reading() as session:
        return read_case(session, journey.id).promise


def test_the_dates_are_on_offer_again_as_they_were(offered: Journey, world: World) -> None:
    pass_once(world, offered.now)
    before, clocks, (date,) = promise(offered), armed(offered), rows(offered, Appointment)
    choose(offered)
    pass_once(world, offered.now)
    last = rows(offered, Event)[-1].seq
    take_back(offered)
    (again,) = rows(offered, Appointment)
    assert (again.status, again.starts_at, again.uid) == ("offered", date.starts_at, date.uid)
    assert (promise(offered), armed(offered)) == (before, clocks)
    letters = owed_since(offered, last)
    assert ("dates-offered", "school_lead") in letters
    assert [to for name, to in letters if name == "meeting-cancelled"] == [
        "school_lead", "participants:1", "participants:2", "participants:3", "advisor",
    ]  # fmt: skip
    assert {name for name, _to in letters} == {"dates-offered", "meeting-cancelled"}
    with offered.store.reading() as session:
        assert verify(session, offered.id).faults == ()


def test_the_date_that_was_chosen_leaves_the_calendars_and_may_be_chosen_once_more(
    offered: Journey, world: World
) -> None:
    choose(offered)
    pass_once(world, offered.now)
    chosen = rows(offered, Appointment)[0].starts_at
    take_back(offered)
    pass_once(world, offered.now)
    cancelled = [one.text for one in rows(offered, SentEmail) if "ancelled" in one.subject]
    assert all(moment_told(chosen) in " ".join(text.split()) for text in cancelled)
    assert cancelled
    choose(offered, 2)
    sequences = [one.data["sequence"] for one in rows(offered, Event) if "sequence" in one.data]
    assert sequences == sorted(sequences)
    assert sequences[-2:] == [2, 2], "what is chosen anew is newer than what was called off"
    assert sequences[-3] == 1
    pass_once(world, offered.now)
    assert statuses(offered, Appointment) == ["booked"]
    assert set(statuses(offered, OwedEffect)) == {"done"}


def test_what_nobody_was_invited_to_is_called_off_in_silence(offered: Journey) -> None:
    choose(offered)
    last = rows(offered, Event)[-1].seq
    take_back(offered)
    assert owed_since(offered, last) == [("dates-offered", "school_lead")]


def test_dates_that_have_passed_meanwhile_are_not_on_offer_and_are_told(offered: Journey, world: World) -> None:
    choose(offered)
    pass_once(world, offered.now)
    first, second, third = (moment_told(one.starts_at) for one in rows(offered, OfferedDate))
    offered.now += timedelta(days=11)
    told = consequences(offered)
    assert f"The date for Training session 1 on {second} is cancelled; those invited are told." in told
    left = f"On offer again for Training session 1: {second} and {third}; 1 date that was on offer too has passed."
    assert left in told
    assert first not in " ".join(told)
    take_back(offered)
    assert rows(offered, Appointment)[0].starts_at == rows(offered, OfferedDate)[1].starts_at


def test_where_all_have_passed_none_is_on_offer_again(offered: Journey) -> None:
    choose(offered)
    offered.now += timedelta(days=31)
    passed = "The dates that were on offer for Training session 1 have all passed, so none is on offer again."
    assert f"{passed} Offer others." in consequences(offered)
    take_back(offered)
    assert statuses(offered, Appointment) == ["cancelled"]
    with offered.store.reading() as session:
        assert verify(session, offered.id).faults == ()


def test_dates_that_an_agreed_one_took_the_place_of_are_on_offer_again(offered: Journey) -> None:
    """The advisor agreed another date by telephone, with the wrong school."""
    offered._do(appointments.book, "training_1", offered.now + timedelta(days=40))
    take_back(offered)
    assert statuses(offered, Appointment) == ["offered", "cancelled"]
    assert rows(offered, OwedEffect)[-1].name == "dates-offered"
    choose(offered)
    assert statuses(offered, Appointment) == ["booked", "cancelled"]


def test_the_offer_itself_can_be_taken_back_after_the_choice(offered: Journey) -> None:
    choose(offered)
    take_back(offered, LEAD)
    take_back(offered, LEAD)
    assert statuses(offered, Appointment) == ["cancelled"]
    with offered.store.reading() as session:
        assert verify(session, offered.id).faults == ()
