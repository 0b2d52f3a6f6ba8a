"""Each promise and timer of an offer stands on a real calendar, as the engine counts them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.workflow.offer.pages import Edit, edited_offer
from tests.workflow.preview.test_letters import FOLDERS, SEPTEMBER
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer
from workflow.preview.made_up import MadeUp
from workflow.preview.timetable import StageDays, timetable


@pytest.fixture
def mentoring() -> Offer:
    return load_offer(OFFERS / "mentoring-2026-09")


def stages(offer: Offer, on: date = SEPTEMBER) -> dict[str, StageDays]:
    return {one.stage.name: one for one in timetable(MadeUp(offer, on)).stages}


def test_bought_in_september_training_is_in_october_and_half_term_does_not_count(mentoring: Offer) -> None:
    told = stages(mentoring)
    training = {one.what: one.day for one in told["training_1"].dues}
    assert told["purchase"].begins == SEPTEMBER
    assert told["training_1"].begins == date(2025, 9, 17)
    assert training["Training session 1"] == date(2025, 10, 15)
    assert training["take the register of training session 1"] == date(2025, 10, 16)
    assert "half term 16 to 20 February" in told["framework"].dues[0].counted


def test_what_only_counts_where_something_stands_in_the_way_makes_nothing_late(mentoring: Offer) -> None:
    named, spare = stages(mentoring)["purchase"].dues
    assert (named.spare, spare.spare) == (False, True)
    assert stages(mentoring)["training_1"].begins == named.day


def test_names_are_confirmed_though_nobody_has_completed_when_the_days_are_told(mentoring: Offer) -> None:
    whats = [one.what for one in stages(mentoring)["certification"].dues]
    assert whats[0] == "confirm the names for the certificates"


def test_what_time_does_stands_with_the_promise_that_it_hangs_on(mentoring: Offer) -> None:
    named = stages(mentoring)["purchase"].dues[0]
    assert [(one.day, one.does) for one in named.timers][:2] == [
        (date(2025, 9, 10), "email due-soon"),
        (date(2025, 9, 15), "email due-soon"),
    ]
    assert named.timers[-1].does == "Let it lapse"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_first_day_is_the_one_that_the_engine_promises(folder: Path) -> None:
    offer = load_offer(folder)
    for days in range(0, 365, 30):
        about = MadeUp(offer, SEPTEMBER + timedelta(days=days))
        promise = about.promise(offer.offer.start)
        assert promise is not None
        told = timetable(about).stages
        assert told[0].dues[0].day == offer.calendar.local_day(promise.due_at)
        assert [one.begins for one in told] == sorted(one.begins for one in told)
        assert told[-1].stage.name in offer.goals


def test_a_calendar_that_never_opens_is_told_where_the_days_end(tmp_path: Path) -> None:
    calendar = (OFFERS / "mentoring-2026-09" / "calendar.toml").read_text(encoding="utf-8")
    closed = '\n[[closure]]\nname = "Closed"\nstart = 2000-01-01\nend = 2090-01-01\n'
    offer = edited_offer(tmp_path, Edit("calendar.toml", None, calendar + closed))
    told = timetable(MadeUp(offer, SEPTEMBER))
    assert "There are no council days after" in told.trouble
