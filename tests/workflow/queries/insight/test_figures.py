"""The figures of a record with a past, each by one query whatever the number of engagements, on both databases."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from tests.queries_counted import counted
from workflow.engine.catalogue import offers_of
from workflow.forecasting.stay_counts import StayCount, count_stays
from workflow.offer.installed.all_versions import AllVersions
from workflow.queries.insight.caseloads import count_caseloads
from workflow.queries.insight.kept_promises import count_kept, months_back
from workflow.queries.insight.stages import count_stages, under_way
from workflow.queries.insight.turns import count_turns
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.promise import OWNERS, PromiseRow

NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def stays(store: Store, since: datetime = LONG_AGO) -> list[StayCount]:
    with counted(store) as asked, store.reading() as session:
        found = list(count_stays(session, "mentoring", since, NOW))
    assert len(asked) == 1
    return found


def test_each_stay_is_counted_once_and_what_was_taken_back_never_happened(walked: Store) -> None:
    ways: Counter[tuple[str, str]] = Counter()
    for one in stays(walked):
        ways[one.stage, one.went_to or one.standing] += one.many
    assert ways == {
        ("purchase", "training_1"): 5,
        ("purchase", "active"): 1,
        ("training_1", "training_2"): 3,
        ("training_1", "on_hold"): 1,
        ("training_1", "cancelled"): 1,
        ("training_2", "framework"): 1,
        ("training_2", "active"): 2,
        ("framework", "follow_up_1"): 1,
        ("follow_up_1", "active"): 1,
    }


def test_days_are_those_of_the_week_without_time_on_hold_and_ongoing_stays_know_their_people(walked: Store) -> None:
    found = stays(walked)
    held = next(one for one in found if one.standing == "on_hold")
    assert held.days == 4, "over a weekend; the hold has lasted for months since"
    assert sorted(one.days for one in found if one.went_to == "training_2") == [1, 6, 18]
    back = next(one for one in found if one.stage == "follow_up_1")
    assert back.days == (NOW - timedelta(days=0) - _entered(walked)).days, "as if it had never been left"
    assert {one.people for one in found if one.goes_on and one.stage != "purchase"} == {3}
    assert {one.people for one in found if not one.goes_on} == {0}


def _entered(store: Store) -> datetime:
    """When the one that was taken back came to the stage that it is at again."""
    with store.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT min(at) FROM event WHERE from_stage = 'framework' AND to_stage = 'follow_up_1'"
        )
        at = found.scalar_one()
    return at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_stays_that_ended_before_are_left_out_and_those_that_go_on_are_not(walked: Store) -> None:
    assert {one.went_to or one.standing for one in stays(walked, since=NOW)} == {"active", "on_hold"}


def test_the_stages_say_how_many_came_so_far_and_how_long_those_under_way_have_been_there(walked: Store) -> None:
    with counted(walked) as asked, walked.reading() as session:
        found = {one.name: one for one in count_stages(session, AllVersions(offers_of(session)), NOW)}
    assert len(asked) == 1
    assert [found[name].reached for name in ("purchase", "training_1", "training_2", "follow_up_1")] == [6, 5, 3, 1]
    assert found["training_1"][4:8] == (0, 1, 0, 1), "one on hold, one cancelled"
    assert sum(found["training_2"].ages) == found["training_2"].active == 2
    assert under_way(list(found.values())) == 4


def test_a_promise_counts_in_the_month_it_fell_due_and_one_that_is_late_and_open_is_not_kept(walked: Store) -> None:
    months = months_back(NOW, 4)
    with counted(walked) as asked, walked.reading() as session:
        found = count_kept(session, "mentoring", months, NOW)
    assert len(asked) == 1
    assert [f"{one.month:%Y-%m}" for one in found] == ["2025-09", "2025-10", "2025-11", "2025-12"]
    assert {(one.month.month, owner): (one.due[owner], one.kept[owner]) for one in found for owner in OWNERS} == {
        (one.month.month, owner): _by_hand(walked, one.month.month, owner) for one in found for owner in OWNERS
    }
    assert found[0].due["council"] > found[0].kept["council"] > 0, "there is something of both"
    assert found[3].share("council") is None, "nothing fell due yet"


def _by_hand(store: Store, month: int, owner: str) -> tuple[int, int]:
    with store.reading() as session:
        rows = session.execute(select(PromiseRow, Engagement.standing).join(Engagement)).all()
    due = [
        one
        for one, standing in rows
        if one.owner == owner and one.due_at.month == month and one.due_at < NOW
        if one.status == "kept" or (one.status == "open" and standing == "active")
    ]
    return len(due), sum(one.closed_at is not None and one.closed_at <= one.due_at for one in due)


def test_the_days_of_a_turn_are_counted_from_its_event_and_on_hold_it_is_nobodys(walked: Store) -> None:
    with counted(walked) as asked, walked.reading() as session:
        found = {one.title: one for one in count_turns(session, AllVersions(offers_of(session)), LONG_AGO, NOW)}
        whole = session.execute(
            select(func.count(), func.min(Event.at)).join(Engagement).where(Engagement.order_number == "P-5")
        ).one()
    assert len(asked) == 2
    purchase = found["Purchase"]
    assert whole[0] == 1
    alone = round((NOW - whole[1]).total_seconds() / 86_400)
    assert alone <= purchase.council + purchase.school <= alone + 10, "one waits, and five took a day each"
    training = found["Training session 1"]
    assert training.council + training.school == 18 + 6 + 1 + 4 + 7, "of the one on hold four days"


def test_the_load_says_who_has_what_and_what_nobody_has(walked: Store) -> None:
    with walked.writing() as session:
        session.execute(update(Engagement).where(Engagement.order_number == "P-5").values(advisor_id=None))
    with counted(walked) as asked, walked.reading() as session:
        somebody, nobody = count_caseloads(session, "mentoring", NOW)
    assert len(asked) == 1
    assert (somebody[:3], nobody[:3]) == ((1, "The advisor", 3), (None, "", 1))
    assert somebody.late <= somebody.council <= somebody.active
    assert (somebody.on_hold, nobody.on_hold) == (1, 0)
