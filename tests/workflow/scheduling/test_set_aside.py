"""An engagement of which something cannot be worked out is set aside, and no other waits for it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import NOW
from tests.journeys import LEAD, Journey, furnish
from tests.workflow.scheduling.test_due_timers import CADENCE
from workflow.scheduling import due_timers
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.timer import ArmedTimer

DUE = CADENCE["school-due-in-five"]


@pytest.fixture
def schools(store: Store) -> list[Journey]:
    furnish(store, NOW)
    return [Journey(store, NOW).begin(order=f"SFS-{number}") for number in range(3)]


def break_by_hand(school: Journey) -> None:
    """Its history says that what comes next has happened already."""
    with school.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == school.id).values(version=0))


def mend(school: Journey) -> None:
    with school.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == school.id).values(version=1))


def fired(school: Journey) -> list[str]:
    with school.store.reading() as session:
        own = (ArmedTimer.engagement_id == school.id) & (ArmedTimer.status == "fired")
        return list(session.scalars(select(ArmedTimer.name).where(own)))


def set_aside(store: Store) -> list[tuple[str, int, datetime]]:
    with store.reading() as session:
        return [(one.name, one.tries, one.next_try) for one in session.scalars(select(Setback))]


@pytest.mark.unforeseen
def test_the_others_move_on_within_the_same_sweep(schools: list[Journey], store: Store) -> None:
    break_by_hand(schools[1])
    assert due_timers.sweep(store, DUE) == 2
    assert [fired(one) for one in schools] == [["school-due-in-five"], [], ["school-due-in-five"]]
    assert set_aside(store) == [(schools[1].reference, 1, DUE + timedelta(seconds=10))]
    with store.reading() as session:
        assert "nobody foresaw (IntegrityError" in session.scalars(select(Setback.trouble)).one()


@pytest.mark.unforeseen
def test_it_is_tried_again_after_growing_pauses_and_moves_on_once_it_is_mended(
    schools: list[Journey], store: Store
) -> None:
    break_by_hand(schools[1])
    due_timers.sweep(store, DUE)
    assert due_timers.sweep(store, DUE + timedelta(seconds=9)) == 0
    assert set_aside(store)[0][1] == 1
    due_timers.sweep(store, DUE + timedelta(seconds=10))
    assert set_aside(store) == [(schools[1].reference, 2, DUE + timedelta(seconds=40))]
    mend(schools[1])
    assert due_timers.sweep(store, DUE + timedelta(seconds=40)) == 1
    assert (set_aside(store), fired(schools[1])) == ([], ["school-due-in-five"])


@pytest.mark.unforeseen
def test_what_is_set_aside_is_tried_by_itself(
    schools: list[Journey], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Others that are due with it are not taken one by one again."""
    break_by_hand(schools[1])
    due_timers.sweep(store, DUE)
    caplog.clear()
    later = CADENCE["school-due-in-two"]
    assert due_timers.sweep(store, later) == 2
    assert [record.getMessage() for record in caplog.records] == [f"Something went wrong with {schools[1].reference}"]
    assert set_aside(store)[0][1] == 2


@pytest.mark.unforeseen
def test_a_case_that_cannot_even_be_read_is_set_aside_too(schools: list[Journey], store: Store) -> None:
    """As after an offer was edited by hand: it stands where its offer has no stage."""
    with store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == schools[0].id).values(stage="nowhere"))
        session.execute(update(ArmedTimer).where(ArmedTimer.engagement_id == schools[0].id).values(stage="nowhere"))
    assert due_timers.sweep(store, DUE) == 2
    assert [one[0] for one in set_aside(store)] == [schools[0].reference]


@pytest.mark.unforeseen
def test_one_of_which_nothing_is_due_any_more_is_not_set_aside_for_ever(schools: list[Journey], store: Store) -> None:
    """Somebody has mended it and called it off."""
    break_by_hand(schools[1])
    due_timers.sweep(store, DUE)
    mend(schools[1])
    schools[1].now = DUE
    schools[1].fire("cancel", LEAD, note="The head has decided so.")
    due_timers.sweep(store, DUE + timedelta(seconds=10))
    assert set_aside(store) == []
