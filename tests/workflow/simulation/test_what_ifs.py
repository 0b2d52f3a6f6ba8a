"""What is different about a rehearsal shows in it, and only that; the record itself is left alone."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from config.settings import OFFERS
from tests.suite_size import LONG
from tests.workflow.simulation.conftest import LONDON, START
from workflow.simulation import snapshot
from workflow.simulation.agents.caseload import Caseload
from workflow.simulation.clock import VirtualClock
from workflow.simulation.new_orders import Wanted, deal, highest_number
from workflow.simulation.report import report
from workflow.simulation.run import Rehearsed, offers_of_scenario, rehearse, the_calendar
from workflow.simulation.scenario import Absence, DateRange, Scenario
from workflow.store.record import Record
from workflow.store.session import Store
from workflow.store.tables.appointment import OfferedDate

pytestmark = LONG

Planned = Callable[..., Scenario]
Quiet = Callable[[int, int], None]


def rows(store: Store) -> dict[str, list[Any]]:
    with store.reading() as session:
        tables = Record.metadata.sorted_tables
        return {one.name: sorted(map(str, session.execute(select(one)).all())) for one in tables}


def test_the_same_seed_has_the_same_outcome_on_one_processor_and_on_two(
    scenario: Planned, quiet: Quiet, processors: Callable[[int], None], live: Store
) -> None:
    before = rows(live)
    processors(2)
    two = rehearse(scenario(), quiet)
    processors(1)
    one = rehearse(scenario(), quiet)
    assert one.ledger == two.ledger
    assert report(one).as_json() == report(two).as_json()
    assert rehearse(scenario(seed=8), quiet).ledger != one.ledger
    assert rows(live) == before, "nobody touched the record"


def test_whoever_is_away_does_nothing_and_goes_on_afterwards(scenario: Planned, quiet: Quiet, usual: Rehearsed) -> None:
    away = Absence(1, DateRange(date(2025, 10, 13), date(2025, 11, 9)))
    without = rehearse(scenario(absences=(away,)), quiet)
    assert [day for user, day in usual.tally.acts if user == 1 and day in away.days]
    assert not [day for user, day in without.tally.acts if user == 1 and day in away.days]
    assert [day for user, day in without.tally.acts if user == 1 and day > away.days.last]
    late = [sum(week.late["council"] for week in report(one).weeks) for one in (usual, without)]
    assert late[0] < late[1]


def test_no_date_for_a_visit_is_offered_in_a_time_without_visits(scenario: Planned, live: Store) -> None:
    closed = DateRange(date(2025, 10, 20), date(2025, 12, 12))
    ahead = scenario(no_visits=(closed,))
    for asked, expected in ((scenario(), True), (ahead, False)):
        offers = offers_of_scenario(asked)
        store = snapshot.copy(live, offers, 1)
        caseload = Caseload(store, asked, VirtualClock())
        caseload.open()
        caseload.work(asked.end)
        with store.reading() as session:
            days = {
                one.starts_at.astimezone(LONDON).date()
                for one in session.scalars(select(OfferedDate))
                if _is_visit(session, one.appointment_id)
            }
        store.close()
        assert days
        assert any(day in closed for day in days) is expected


def _is_visit(session: Any, appointment_id: int) -> bool:
    from_table = Record.metadata.tables["appointment"]
    kind = session.execute(select(from_table.c.kind).where(from_table.c.id == appointment_id)).scalar_one()
    return bool(kind == "qa_visit")


def test_new_orders_go_to_whoever_has_least_to_do_and_leave_the_others_as_they_were(
    scenario: Planned, quiet: Quiet, live: Store, usual: Rehearsed
) -> None:
    bare = scenario()
    calendar = the_calendar(offers_of_scenario(bare))
    wanted = Wanted(6, datetime(2025, 10, 27, 9, tzinfo=LONDON), datetime(2025, 10, 31, 16, tzinfo=LONDON))
    new = deal([], [wanted], calendar, dict(snapshot.advisors_of(live)), after=highest_number(live))
    assert {one.advisor_id for one in new} == {1, 4}
    assert all(calendar.is_open(one.at.astimezone(LONDON).date(), "council days") for one in new)
    more = rehearse(scenario(orders=new), quiet)
    assert report(more).summary["engagements"] == report(usual).summary["engagements"] + 6
    references = {one.key.partition(":")[0] for one in usual.ledger}
    assert len({one.key.partition(":")[0] for one in more.ledger} - references) == 6
    old = {(one.key, one.owed_at) for one in more.ledger if one.key.partition(":")[0] in references}
    alone = {(one.key, one.owed_at) for one in usual.ledger}
    assert len(old & alone) > 0.9 * len(alone), "but for the numbers of people who are named later"


def test_a_changed_offer_stands_in_for_the_installed_one(scenario: Planned, quiet: Quiet, elsewhere: Path) -> None:
    shutil.copytree(OFFERS / "mentoring-2026-09", elsewhere)
    page = (elsewhere / "offer.toml").read_text(encoding="utf-8")
    timer = '[[timer]]\nname = "school-still-overdue"\npromise = "school"\nafter = "5 school days"\n'
    assert timer in page
    (elsewhere / "offer.toml").write_text(
        page.replace(timer + 'effects = [{ email = "overdue" }]\n', ""), encoding="utf-8"
    )
    usual, other = (rehearse(scenario(people=False, changed=folder), quiet) for folder in (None, elsewhere))
    overdue = [len([entry for entry in one.ledger if entry.name == "overdue"]) for one in (usual, other)]
    assert overdue[0] > overdue[1] > 0, "one chase less"


def test_an_empty_beginning_makes_up_its_schools_and_people(
    scenario: Planned, processors: Callable[[int], None]
) -> None:
    processors(2)
    bare = scenario(live=None, advisors=2, end=START + timedelta(weeks=30))
    calendar = the_calendar(offers_of_scenario(bare))
    wanted = Wanted(6, bare.start, bare.start + timedelta(weeks=3))
    orders = deal([wanted], [], calendar, {3: 0, 4: 0}, after=0)
    told: list[tuple[int, int]] = []
    done = rehearse(
        scenario(live=None, advisors=2, end=bare.end, orders=orders), lambda now, of: told.append((now, of))
    )
    whole = report(done)
    assert whole.summary["engagements"] == 6
    assert whole.summary["emails"] == sum(week.emails for week in whole.weeks) == sum(whole.days.values()) > 100
    assert {name for week in whole.weeks for name in week.acts} >= {"Advisor 1", "Advisor 2"}
    assert told[-1][1] == 2 * len(whole.weeks), "each caseload tells of each week"
    assert done.tally.refused == []
