"""A journey is walked through by the engine itself, step by step, and nothing is left of it but its steps."""

import gc
from datetime import date
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.workflow.preview.test_letters import FOLDERS, SEPTEMBER, previewed
from tests.workflow.preview.walk.going_on import to_the_end
from workflow.offer.loader import load_offer
from workflow.preview.made_up import MadeUp
from workflow.preview.walk.replay import MOST, Walk, walk
from workflow.store.session import Store

NAMED = "do.nominate"
BOOKED = (NAMED, "do.book.training_1", "do.choose.training_1")


@pytest.fixture(scope="module")
def mentoring() -> MadeUp:
    return MadeUp(load_offer(OFFERS / "mentoring-2026-09"), SEPTEMBER)


def codes(gone: Walk) -> list[str]:
    return [one.code for one in gone.choices]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_offer_can_be_walked_from_its_order_to_its_end(folder: Path) -> None:
    about = MadeUp(load_offer(folder), SEPTEMBER)
    places = [*to_the_end(about)]
    assert places[0].stage.name == about.offer.offer.start
    assert places[-1].stage.name in about.offer.goals
    assert walk(about, places[-1].codes) == places[-1]
    told = previewed(about.offer)
    for place in places:
        assert {one.name for one in place.letters} <= set(told)


def test_a_step_says_where_it_led_who_was_written_to_and_what_exactly(mentoring: MadeUp) -> None:
    gone = walk(mentoring, (NAMED,))
    assert gone.stage.name == "training_1"
    assert gone.taken[-1].who == "The school lead"
    assert gone.taken[-1].happened == ("Staff nominated", "Training started")
    assert gone.taken[-1].sent == ("“training 1 next” to the school lead", "“participant welcome” to the staff")
    assert len(gone.letters) == 4
    assert "Dear Morwenna Tregear" in gone.letters[0].text
    assert gone.promise is not None
    assert gone.promise.due_at.date() == date(2025, 9, 17)


def test_a_button_says_what_it_would_send_and_pressing_it_sends_just_that(mentoring: MadeUp) -> None:
    gone = walk(mentoring, (NAMED, "do.book.training_1"))
    for choice in gone.choices:
        pressed = walk(mentoring, (*gone.codes, choice.code))
        if choice.who != "time":
            assert set(pressed.taken[-1].sent) == set(choice.sends), choice.code


def test_what_is_refused_says_why_and_to_whom(mentoring: MadeUp) -> None:
    (closed,) = [one for one in walk(mentoring, ()).closed if one.words == "Start training"]
    assert closed.who == ("system", "advisor", "lead_advisor")
    assert closed.refusals == ("0 members of staff are nominated and 3 are needed. The school lead can name 3 more.",)


def test_a_meeting_is_not_held_before_it_has_come(mentoring: MadeUp) -> None:
    gone = walk(mentoring, BOOKED)
    assert any("has not come yet" in sentence for one in gone.closed for sentence in one.refusals)
    after = walk(mentoring, (*BOOKED, "meeting"))
    assert after.now > gone.now
    assert "do.register.training_1" in codes(after)


def test_time_goes_to_the_next_thing_that_happens_and_says_what_it_will_do(mentoring: MadeUp) -> None:
    before = walk(mentoring, ())
    assert before.ahead[0].does == "“due soon” goes to the school lead"
    gone = walk(mentoring, ("time",))
    assert gone.now == before.ahead[0].at
    assert gone.taken[-1].sent == ("“due soon” to the school lead",)
    silent = walk(mentoring, ("time",) * 9)
    assert silent.standing == "lapsed"
    assert codes(silent) == ["fire.reopen.lead_advisor"]


def test_one_step_less_is_where_one_was_before(mentoring: MadeUp) -> None:
    there = walk(mentoring, (*BOOKED, f"cancel.{mentoring.offer.appointments[0].name}"))
    assert there.taken[-1].happened == ("Date cancelled: Training session 1",)
    undone = walk(mentoring, there.codes[:-1])
    assert undone == walk(mentoring, BOOKED)


def test_things_may_go_otherwise(mentoring: MadeUp) -> None:
    sent = next(one for one in to_the_end(mentoring) if any("review" in code for code in codes(one)))
    back = next(code for code in codes(sent) if code.endswith(".back"))
    gone = walk(mentoring, (*sent.codes, back))
    assert gone.taken[-1].happened == ("Evidence returned",)
    assert gone.taken[-1].sent == ("“evidence returned” to the person",)


def test_a_step_that_cannot_be_taken_ends_the_walk_before_it(mentoring: MadeUp) -> None:
    gone = walk(mentoring, (NAMED, "do.nonsense", "do.book.training_1"))
    assert gone.codes == (NAMED,)
    assert gone.trouble == "The next step cannot be taken here any more. The walk ends before it."


def test_a_walk_has_an_end_however_long_its_address_is(mentoring: MadeUp) -> None:
    held = walk(mentoring, ("fire.hold.advisor", "fire.resume.advisor") * MOST)
    assert len(held.codes) == MOST


def test_a_second_time_round_is_a_round_of_its_own() -> None:
    about = MadeUp(load_offer(next(one for one in FOLDERS if one.name.startswith("library"))), SEPTEMBER)
    *_, end = to_the_end(about)
    again = walk(about, (*end.codes, "time"))
    assert (end.round, again.round, again.stage.name) == (1, 2, "shelf_visit")


def test_nothing_of_a_walk_stays_in_memory(mentoring: MadeUp) -> None:
    def stores() -> int:
        gc.collect()
        return sum(isinstance(one, Store) for one in gc.get_objects())

    before = stores()
    for _ in range(3):
        walk(mentoring, BOOKED)
    assert stores() == before
