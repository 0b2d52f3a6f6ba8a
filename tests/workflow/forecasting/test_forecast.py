"""When certificates will come: dates worked out by hand from five engagements that are done.

They were at the second training for 10, 20, 30, 40 and 50 school days, at the framework for 2, 4, 6, 8 and 10, and at
the six other stages for one each. The 25 sums of the two, in order, are 12, 14, 16, 18, 20, 22 and so on up to 60.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tests.journeys import ADVISOR, LEAD, furnish
from tests.keys import keys
from tests.pasts import BEGAN, Past, recognise
from tests.records import Originals, Place
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.forecasting.forecast import Forecast, Foretold, Outlasted, TooLittle, forecast
from workflow.offer.loader import Loaded
from workflow.queries.engagement_json import as_json
from workflow.queries.engagement_view import CaseView, view_case
from workflow.store.cases import read_case
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.school import School, SchoolDate

#: Monday 12 January 2026. School days are counted from here to Friday 13 February, and from 23 February to 2 April and
#: from 20 April on; an advisor with a wall calendar gets to the same dates.
TODAY = date(2026, 1, 12)
#: 22, 42 and 62 school days later: the 3rd, 13th and 23rd of the sums, and the six single days.
USUAL = Forecast(date(2026, 2, 11), date(2026, 3, 18), date(2026, 4, 30), basis=5)
AGAIN = """[[transition]]
trigger = "plan_again"
title = "Plan again"
done = "Planned again"
school = "We plan again"
from = "qa_visit"
to = "follow_up_1"
by = ["advisor"]

"""


def furnished(store: Store) -> None:
    furnish(store, NOW)


def with_the_five(store: Store) -> None:
    furnish(store, NOW)
    recognise(store)


@pytest.fixture
def council(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, furnished) as store:
        yield store


@pytest.fixture
def experienced(place: Place, originals: Originals) -> Iterator[Store]:
    """A council with the five."""
    with originals.copy(place, with_the_five) as store:
        yield store


def view(past: Past) -> CaseView:
    with past.journey.store.reading() as session:
        return view_case(session, past.journey.id, ADVISOR, past.journey.now)


def foretold(past: Past) -> Foretold | None:
    """As others fared, wherever the nearest way might lead: the stages of these five are shorter than any real ones."""
    with past.journey.store.reading() as session:
        case = read_case(session, past.journey.id)
        return forecast(session, case, offers_of(session).latest(), past.journey.now, earliest=None)


def newcomer(store: Store) -> Past:
    return Past(store, "SFS-1", TODAY)


def test_the_dates_are_those_worked_out_by_hand(experienced: Store) -> None:
    assert foretold(newcomer(experienced)) == USUAL


def test_days_already_spent_are_taken_into_account_but_for_those_on_hold(experienced: Store) -> None:
    """25 days at the second training leave 5, 15 or 25: with framework and four single days 13, 25 and 37 from today,
    the 2nd, 8th and 14th of 15 sums."""
    slow = Past(experienced, "SFS-1", date(2025, 11, 20)).to("training_2").wait(10)
    slow.journey.fire("hold", note="Inspection.", values={"review_on": "2026-01-12"})
    slow.wait(25).journey.fire("resume")
    assert slow.wait(15).today == date(2026, 2, 23)
    assert foretold(slow) == Forecast(date(2026, 3, 12), date(2026, 3, 30), date(2026, 4, 30), basis=5)


@pytest.mark.parametrize(("began", "ends"), [(BEGAN, True), (date(2025, 11, 6), False)])
def test_one_that_was_cancelled_or_is_not_done_yet_counts_as_long_as_it_lasted(
    experienced: Store, began: date, *, ends: bool
) -> None:
    """35 days at the second training. Of six, three left before that, a sixth each; the two who stayed longer stand for
    the other half, a quarter each. So the half is reached with the last sum of 30 and not in its middle: 46 days."""
    one = Past(experienced, "P-9", began).to("training_2").wait(35)
    if ends:
        one.journey.fire("cancel", LEAD, note="The head has left.")
    assert ends or one.today == TODAY
    assert foretold(newcomer(experienced)) == Forecast(USUAL.early, date(2026, 3, 24), USUAL.late, basis=5)


def test_the_days_ahead_are_those_of_the_school(experienced: Store) -> None:
    with experienced.writing() as session:
        days = {"first": date(2026, 3, 12), "last": date(2026, 3, 13)}
        session.add(SchoolDate(urn="900001", kind="closed", title="INSET", **days))
        session.get_one(School, "900001").dates_version = 1
    assert foretold(newcomer(experienced)) == Forecast(USUAL.early, date(2026, 3, 20), date(2026, 5, 5), basis=5)


def test_too_little_history_says_so(council: Store) -> None:
    began = date(2024, 9, 9)
    for number, stage in enumerate(["recognised"] * 3 + ["certification", "training_2"]):
        Past(council, f"P-{number}", began).to(stage)
    found = view(newcomer(council))
    assert found.forecast == TooLittle("Certification", ended=3, needed=5)
    assert as_json(found)["forecast"] == {
        "reason": "Too few engagements have left “Certification” to say when certificates will come: 3, "
        "and 5 are needed."
    }


def test_one_that_has_outlasted_all_others_is_not_told_a_date(experienced: Store) -> None:
    slow = Past(experienced, "SFS-1", date(2025, 9, 10)).to("training_2").wait(51)
    found = foretold(slow)
    assert found == Outlasted("Training session 2")
    assert found.sentence == (
        "No engagement that has left “Training session 2” was at it as long as this one, so nothing says when "
        "certificates will come."
    )


def test_the_past_of_the_engagement_itself_is_not_counted(sqlite_url: str, tmp_path: Path) -> None:
    """It has been at a stage that it is at again. Whichever stage is the first that four have left is named."""
    offer = edited_offer(tmp_path, Edit(PAGE, AGAIN.splitlines()[0], f"{AGAIN}[[transition]]"))
    store = Store(sqlite_url, {"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))})
    upgrade(store.engine)
    furnish(store, NOW)
    recognise(store, 4)
    again = newcomer(store).to("qa_visit")
    again.journey.fire("plan_again")
    found = foretold(again)
    store.close()
    assert found == TooLittle("Follow-up meeting 1", ended=4, needed=5)


@pytest.mark.parametrize("stage", ["training_1", "recognised"])
def test_where_nothing_goes_on_nothing_is_foretold(council: Store, stage: str) -> None:
    one = newcomer(council).to(stage)
    if stage != "recognised":
        one.journey.fire("hold", note="Inspection.", values={"review_on": "2026-02-02"})
    found = view(one)
    assert found.forecast is None
    assert as_json(found)["forecast"] is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (USUAL, "18 March 2026, and four times out of five between 11 February and 30 April 2026, going by 5 other"),
        (
            Forecast(date(2025, 12, 1), date(2026, 1, 9), date(2026, 2, 2), 14),
            "9 January 2026, and four times out of five between 1 December 2025 and 2 February 2026, going by 14 other",
        ),
        (Forecast(TODAY, TODAY, TODAY, 6), "12 January 2026, going by 6 other"),
    ],
)
def test_a_forecast_is_a_sentence(found: Forecast, said: str) -> None:
    assert found.sentence == f"Certificates are likely by {said} engagements."


def test_no_day_is_foretold_that_the_nearest_way_cannot_reach(experienced: Store) -> None:
    found = view(newcomer(experienced))
    assert found.way.arrives is not None
    assert USUAL.early < USUAL.likely < found.way.arrives < USUAL.late
    assert found.forecast == Forecast(found.way.arrives, found.way.arrives, USUAL.late, basis=5)


def test_a_program_reads_the_dates(council: Store) -> None:
    """39 school days later than those worked out above, as the first training lasted 40 for each and not one."""
    recognise(council, training_1=40)
    told: dict[str, Any] = as_json(view(newcomer(council)))["forecast"]
    assert told == {"early": "2026-04-29", "likely": "2026-06-04", "late": "2026-07-02", "basis": 5}
