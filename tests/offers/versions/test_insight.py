"""The figures of an offer are of all its versions: together where they have the same stage, by its title where not."""

from datetime import timedelta

from tests.journeys import LEAD, Journey
from tests.offers.test_library import ORDERED
from tests.offers.versions.conftest import VERSION, move
from tests.offers.walk import PRICES, Walk
from web.advisor.insight import journey as journeys
from web.advisor.insight import people, time
from web.advisor.insight.figure import Figure
from web.advisor.insight.reading import Reading
from workflow.engine.catalogue import offers_of
from workflow.offer.installed.all_versions import AllVersions
from workflow.queries.insight.caseloads import count_caseloads
from workflow.queries.insight.kept_promises import count_kept, months_back
from workflow.queries.insight.turns import count_turns
from workflow.store.session import Store
from workflow.usecases.undo.undo import undo

CODE = "library"
FIRST, THERE = "Joining", f"Joining (version {VERSION})"
_DAYS = timedelta(days=10)


def two(store: Store) -> tuple[Walk, Walk]:
    """One goes on as it began; after ten days the other goes on where everything is called otherwise."""
    stays = Walk(Journey(store, ORDERED).begin(price=PRICES[CODE], order="V-1", offer=CODE), CODE)
    moved = Walk(Journey(store, ORDERED).begin(price=PRICES[CODE], order="V-2", offer=CODE), CODE)
    moved.journey.now += _DAYS
    move(moved)
    return stays, moved


def turns(store: Store, days: int) -> dict[str, int]:
    """The days of both owners' turns, by the stage's title, so many days after the beginning."""
    now = ORDERED + timedelta(days=days, hours=1)
    with store.reading() as session:
        found = count_turns(session, known(store), ORDERED, now)
    return {one.title: one.council + one.school for one in found if one.council + one.school}


def known(store: Store) -> AllVersions:
    with store.reading() as session:
        return AllVersions(one for one in offers_of(session) if one.offer.code == CODE)


def test_the_days_before_a_move_count_at_the_stage_that_it_goes_on_at(store: Store) -> None:
    _, moved = two(store)
    assert turns(store, days=15) == {FIRST: 15, THERE: 15}
    moved.journey.now += timedelta(hours=1)
    with store.writing() as session:
        undo(session, moved.journey.id, reason="Too soon.", actor=LEAD, now=moved.journey.now)
    assert turns(store, days=15) == {FIRST: 30}


def test_both_versions_are_counted_and_no_stage_stands_there_by_its_bare_name(store: Store) -> None:
    stays, moved = two(store)
    with store.reading() as session:
        reading = Reading(session, known(store), ORDERED + timedelta(days=30))
        figures = {one: one(reading) for one in (journeys.funnel, journeys.ageing, time.days, time.waits, time.turns)}
        load, months = count_caseloads(session, CODE, reading.now), months_back(reading.now, 2)
        kept = count_kept(session, CODE, months, reading.now)
    funnel = figures[journeys.funnel]
    assert funnel.says.startswith("Of 2 engagements, 0 came to “Mark held”, and 2 are under way.")
    assert [row[:3] for row in funnel.rows][:2] == [(FIRST, 1, 1), (THERE, 1, 1)]
    assert funnel.links[THERE] == "/advisor/engagements?stage=joining_b&offer=library"
    assert [row[0] for row in figures[journeys.ageing].rows] == [FIRST, THERE]
    assert sum(one.active for one in load) == 2
    assert sum(one.due[owner] for one in kept for owner in one.due) >= 2
    assert stays.journey.stage != moved.journey.stage
    assert not [row[0] for figure in figures.values() for row in figure.rows if "_" in str(row[0])]


def test_a_way_that_was_gone_under_an_older_version_has_real_titles(store: Store) -> None:
    walk = Walk.begin(Journey(store, ORDERED), CODE)
    move(walk)
    for step in walk.steps():
        walk.do(step)
        if len(walk.passed) > 1:
            break
    with store.reading() as session:
        found: Figure = time.waits(Reading(session, known(store), walk.journey.now + _DAYS))
        assert people.load(Reading(session, known(store), walk.journey.now)).rows
    assert found.rows[0][:2] == (THERE, f"Library visit (version {VERSION})")
