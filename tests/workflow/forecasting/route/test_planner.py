"""The nearest route: as short as trying everything finds, on days on which people are at work, honest when stuck."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.forecasting.route.beginnings import (
    NOW,
    OFFERS,
    TODAY,
    Beginning,
    beginning,
    beginnings,
    judged,
    meeting,
    staff,
)
from tests.workflow.forecasting.route.every_way import Stand, fewest_acts
from workflow.calendar.school_year import Closure, OwnDates, Term
from workflow.calendar.span import Unit
from workflow.calendar.working_days import Calendar
from workflow.domain.facts import ApprovalFact
from workflow.domain.guards import GUARDS
from workflow.forecasting.route.planner import Leg, Route, plan_route
from workflow.forecasting.route.remedies import REMEDIES
from workflow.forecasting.route.situation import Situation

#: More acts than any of these ways has.
_FAR = 30
#: Where a way is blocked, everything that can still be done has been tried after so many acts.
_ENOUGH = 12
_UNITS: dict[str, Unit] = {"council": "council days", "school": "school days", "participant": "school days"}
NO_JUDGEMENT = (
    "The last judgement of Quality assurance visit must be “met” and it is “no judgement”. The assessor can record a "
    "judgement."
)
TRAINED = meeting("training_1", "registered", 1, 2, weeks=-1)
VISITED = meeting("qa_visit", "held", weeks=-1)
NAMED = {
    "just begun": beginning("purchase"),
    "another offer, just begun": beginning("sign_up", offer="reading"),
    "two are named": beginning("purchase", participants=staff("nominated", "nominated", phase_agreed=False)),
    "dates are on offer": beginning(
        "training_1", participants=staff(*["nominated"] * 3), appointments=(meeting("training_1", "offered", weeks=3),)
    ),
    "one of three has left before the session": beginning(
        "training_1", participants=staff("nominated", "nominated", "withdrawn"),
        appointments=(meeting("training_1", "booked", weeks=3),),
    ),
    "one of three missed the session": beginning(
        "training_1", participants=staff("training", "training", "nominated"), appointments=(TRAINED,)
    ),
    "one of three has left since the session": beginning(
        "training_1", participants=staff("training", "training", "withdrawn"), appointments=(TRAINED,)
    ),
    "a catch-up is agreed": beginning(
        "training_1", participants=staff("training", "training", "nominated"),
        appointments=(TRAINED, replace(meeting("training_1", "booked", weeks=2), id=101, purpose="catch_up")),
    ),
    "the register is outstanding": beginning(
        "training_2", participants=staff("training", "training"), appointments=(meeting("training_2", "held"),)
    ),
    "evidence at every point": beginning(
        "framework",
        participants=tuple(replace(one, sent=one.id % 3) for one in staff("returned", "in_review", "submitted")),
    ),
    "everybody is put off": beginning(
        "framework",
        participants=tuple(
            replace(one, phase_agreed=one.id == 3) for one in staff("deferred", "withdrawn", "deferred")
        ),
    ),
    "everybody has left": beginning("framework", participants=staff("withdrawn", "withdrawn", "withdrawn")),
    "held, and nothing written down": beginning(
        "follow_up_1", participants=staff("completed"), appointments=(meeting("follow_up_1", "held"),)
    ),
    "not yet met": beginning("qa_visit", participants=staff("completed"), appointments=(VISITED,),
                             judgements=judged("qa_visit", "not_yet_met"), approvals=(ApprovalFact("evidence", 1, 2),)),
    "deferred": beginning("qa_visit", participants=staff("completed"), appointments=(VISITED,),
                          judgements=judged("qa_visit", "deferred")),
    "approved, and a name is not confirmed": beginning(
        "certification", participants=staff("completed", "deferred"), appointments=(VISITED,),
        judgements=judged("qa_visit", "met"), approvals=(ApprovalFact("award", 2, 8),),
    ),
    "on hold": beginning("framework", participants=staff("working"), standing="on_hold"),
    "lapsed": beginning("training_2", participants=staff(*["training"] * 3), standing="lapsed"),
}  # fmt: skip


def search(one: Beginning, most: int) -> int | None:
    at = Situation(one.offer, one.offer.calendar, one.stage, one.facts, TODAY)
    return fewest_acts(Stand(at, one.standing), most)


def done(route: Route) -> list[str]:
    return [" ".join(filter(None, (leg.act.doing, leg.act.subject))) for leg in route.legs]


# --- as short as can be ---


def test_every_guard_has_a_remedy_and_every_remedy_a_guard() -> None:
    assert set(REMEDIES) == set(GUARDS)


@pytest.mark.parametrize("name", NAMED)
def test_trying_everything_finds_no_shorter_way(name: str) -> None:
    route = NAMED[name].route()
    assert (search(NAMED[name], _FAR), route.blocked) == (len(route.legs), "")


@settings(max_examples=30)
@given(beginnings())
def test_from_wherever_it_begins(one: Beginning) -> None:
    """A way that is blocked is blocked for whoever tries everything, too."""
    route = one.route()
    assert search(one, _ENOUGH if route.blocked else _FAR) == (None if route.blocked else len(route.legs))


def test_whoever_is_named_before_a_session_comes_to_it_and_whoever_is_named_after_it_catches_up() -> None:
    before, after = (NAMED[f"one of three has left {when} the session"].route(stages=1) for when in ("before", "since"))
    assert done(before) == ["nominate", "register training_1"]
    assert done(after) == ["nominate", "catch_up training_1"]
    outstanding = NAMED["the register is outstanding"].route(stages=1)
    assert done(outstanding) == ["register training_2", "nominate", "catch_up training_2"]
    assert [leg.waits for leg in outstanding.legs] == [0, 1, 2], "a register asks about those who were there"


def test_the_date_of_a_catch_up_is_kept() -> None:
    (leg,) = NAMED["a catch-up is agreed"].route(stages=1).legs
    assert (leg.act.doing, leg.day) == ("register", date(2025, 10, 20))


def test_where_nobody_is_left_somebody_comes_back_or_is_named_and_does_the_rest_afterwards() -> None:
    for name, first in (("everybody is put off", "rejoin"), ("everybody has left", "nominate")):
        legs = NAMED[name].route(stages=1).legs
        assert (legs[0].act.doing, [leg.waits for leg in legs]) == (first, list(range(len(legs)))), name


def test_what_takes_a_journey_up_again_comes_before_everything_else() -> None:
    for name, trigger in (("on hold", "resume"), ("lapsed", "reopen")):
        route = NAMED[name].route()
        assert [one.act.subject for one in route.now] == [trigger]
        assert all(leg.waits for leg in route.legs[1:] if leg.stage == route.legs[0].stage)


# --- the days ---


def same_party(legs: tuple[Leg, ...]) -> set[tuple[date, str]]:
    return {(leg.day, leg.act.party) for leg in legs}


def own_year(closed: date) -> Calendar:
    """A school with three weeks of half term and none off at Christmas, closed on one more day."""
    autumn = Term(
        year="2025/26",
        name="autumn",
        start=date(2025, 9, 3),
        end=date(2025, 12, 31),
        half_term=(date(2025, 10, 20), date(2025, 11, 7)),
    )
    spring = autumn.model_copy(
        update={
            "name": "spring",
            "start": date(2026, 1, 5),
            "end": date(2026, 7, 22),
            "half_term": (date(2026, 4, 3), date(2026, 4, 17)),
        }
    )
    flood = Closure(name="Flood", start=closed, end=closed)
    return OFFERS["mentoring"].calendar.for_school(OwnDates((autumn, spring), (flood,)))


@given(code=st.sampled_from(sorted(OFFERS)), today=st.dates(date(2025, 9, 1), date(2026, 12, 31)), own=st.booleans())
def test_everybody_acts_on_their_own_working_days_and_time_never_runs_back(
    code: str, today: date, *, own: bool
) -> None:
    offer = OFFERS[code]
    calendar = own_year(today) if own else offer.calendar
    start = beginning(offer.offer.start, offer=code)
    route = plan_route(
        offer, calendar, start.facts, stage=start.stage, standing="active", now=datetime.combine(today, time(8), UTC)
    )
    assert [day for day, party in same_party(route.legs) if not calendar.is_open(day, _UNITS[party])] == []
    days = [leg.day for leg in route.legs]
    assert days == sorted(days)
    assert (days[0] >= today, days[-1]) == (True, route.arrives)
    agreed = {leg.act.subject: leg.day for leg in route.legs if leg.act.doing == "book"}
    for leg in route.legs:
        if leg.act.doing in ("hold", "register"):
            notice = offer.appointment[leg.act.subject].notice
            assert leg.day > agreed[leg.act.subject]
            assert calendar.is_open(leg.day, "school days")
            assert notice is None or leg.day >= calendar.add(agreed[leg.act.subject], notice)


def test_a_school_with_dates_of_its_own_comes_there_on_another_day() -> None:
    start = NAMED["just begun"]
    usual = start.route()
    own = plan_route(
        start.offer, own_year(date(2025, 10, 17)), start.facts, stage=start.stage, standing=start.standing, now=NOW
    )
    assert [leg.act.doing for leg in own.legs] == [leg.act.doing for leg in usual.legs]
    assert (usual.legs[2].day, own.legs[2].day) == (date(2025, 10, 20), date(2025, 11, 11))
    assert (usual.arrives, own.arrives) == (date(2026, 1, 5), date(2026, 1, 12))


def test_a_meeting_waits_for_a_day_on_which_both_are_at_work() -> None:
    """Ten school days after 11 December is the 29th, when the council is closed; then the school is."""
    one = beginning("follow_up_1", participants=staff("completed"))
    route = plan_route(
        one.offer,
        own_year(date(2025, 9, 9)),
        one.facts,
        stage=one.stage,
        standing="active",
        now=datetime(2025, 12, 11, 9, tzinfo=UTC),
        stages=1,
    )
    assert [leg.day for leg in route.legs[:2]] == [date(2025, 12, 11), date(2026, 1, 5)]


def test_dates_that_pass_before_a_school_could_choose_one_are_agreed_anew() -> None:
    """It is Saturday, and half term until Sunday 2 November. The dates are on Monday 27 October and 10 November."""
    half_term = datetime(2025, 10, 25, 9, tzinfo=UTC)
    for weeks, first in ((3, "book training_1"), (5, "choose training_1")):
        offered = meeting("training_1", "offered", weeks=weeks)
        one = beginning("training_1", participants=staff(*["nominated"] * 3), appointments=(offered,))
        assert done(one.route(half_term))[0] == first


def test_dates_on_offer_for_a_later_stage_are_not_counted_on() -> None:
    early = meeting("training_2", "offered", weeks=1)
    one = beginning("training_1", participants=staff(*["nominated"] * 3), appointments=(early,))
    assert done(one.route(stages=2))[2:] == ["book training_2", "register training_2"]


def test_a_meeting_that_is_agreed_keeps_its_day_and_a_past_one_is_written_down_next() -> None:
    for weeks, day in ((4, date(2025, 11, 3)), (-1, TODAY)):
        agreed = meeting("follow_up_1", "booked", weeks=weeks)
        legs = beginning("follow_up_1", participants=staff("completed"), appointments=(agreed,)).route(stages=1).legs
        assert [(leg.act.doing, leg.day) for leg in legs] == [("hold", day), ("fire", day)]


# --- the end of the way ---


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (beginning("certification", participants=staff("completed")), NO_JUDGEMENT),
        (
            beginning("sign_up", offer="reading", standing="lapsed"),
            "Nothing in this offer takes up a journey again that is lapsed.",
        ),
        (
            beginning("panel", offer="reading", standing="on_hold"),
            "Nothing in this offer takes up a journey again that is on hold.",
        ),
    ],
)
def test_a_dead_end_is_told_with_what_can_be_done_before_it(one: Beginning, sentence: str) -> None:
    route = one.route()
    assert route.blocked == sentence
    assert done(route) == (["confirm_name"] if one.stage == "certification" else [])


def test_a_stage_from_which_nothing_leads_on_says_so() -> None:
    start = beginning("certification")
    route = start._replace(offer=start.offer.model_copy(update={"transitions": ()})).route()
    assert route.blocked == "Nothing leads from “Certification” to the end of the journey."


def test_what_only_others_can_put_right_is_told_once_and_the_way_goes_on() -> None:
    route = beginning("purchase", price_paid=None, order_number=None).route(stages=1)
    assert [(leg.act.doing, leg.act.sentence.partition(".")[0]) for leg in route.legs] == [
        ("put_right", "No order from the portal is matched to this engagement"),
        ("put_right", "The order shows no price and the price is £265"),
        ("nominate", ""),
    ]


def test_a_school_that_was_visited_too_often_is_told_who_can_let_it_go_on() -> None:
    visits = [
        (replace(VISITED, id=number), replace(judged("qa_visit", "not_yet_met")[0], appointment_id=number))
        for number in (1, 2, 3)
    ]
    meetings, judgements = (tuple(some) for some in zip(*visits, strict=True))
    route = beginning("qa_visit", participants=staff("completed"), appointments=meetings, judgements=judgements).route()
    assert {leg.act.sentence.rpartition("times, ")[2] for leg in route.legs if leg.act.doing == "put_right"} == {
        "as often as the policy allows. The lead advisor can allow one more, or end the journey."
    }


def test_at_the_end_nothing_is_left() -> None:
    assert beginning("recognised", standing="completed").route().legs == ()
