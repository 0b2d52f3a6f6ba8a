"""The journeys that do not go straight, each told as a person would tell it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from tests.keys import keys
from tests.servers import Mailbox
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from tests.worlds import world_with
from workflow.domain.actor import SYSTEM
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.errors import Conflict, Refused
from workflow.offer import refunds
from workflow.offer.loader import Loaded
from workflow.store.session import Store
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments, dead_letters, participants, registers
from workflow.usecases.elsewhere import school_changes, transfers
from workflow.usecases.participants import Nominee

ADA, BRYN, CARA = (person.email for person in PEOPLE)


def rows(journey: Journey, table: Any) -> list[Any]:
    with journey.store.reading() as session:
        return list(session.scalars(select(table).order_by(*table.__table__.primary_key)))


def subjects(journey: Journey, world: World) -> list[str]:
    """Sends what is owed, and tells the subjects of everything sent so far."""
    pass_once(world, journey.now)
    return [letter.subject for letter in rows(journey, SentEmail)]


def open_school(journey: Journey, urn: str, *, is_open: bool = True) -> None:
    with journey.store.writing() as session:
        session.merge(
            School(
                urn=urn,
                name=f"School {urn}",
                status="Open" if is_open else "Closed",
                phase="Primary",
                authority="Cornwall",
                town="Nanskerris",
                postcode="TR99 1AA",
                is_open=is_open,
                updated_at=journey.now,
            )
        )


def test_with_fewer_than_three_staff_the_purchase_waits_and_says_who_is_missing(journey: Journey) -> None:
    journey.nominate(PEOPLE[:2])
    assert journey.stage == "purchase"
    with pytest.raises(Refused, match="2 members of staff are nominated and 3 are needed"):
        journey.fire("start_training")
    journey.nominate(PEOPLE[2:])
    assert journey.stage == "training_1"


def test_a_school_that_drops_below_three_midway_finds_somebody_else_or_is_let_through(journey: Journey) -> None:
    journey.to("training_2")
    journey._do(participants.move, CARA, "withdraw", reason="left")
    journey.train("training_2")
    assert journey.stage == "training_2"
    with pytest.raises(Refused, match="2 members of staff attended Training session 2 or caught up, and 3 are needed"):
        journey.fire("complete_training_2")
    outcome = journey.fire("complete_training_2", LEAD, override="A school of four teachers.")
    assert outcome.stage == "framework"


def test_when_a_whole_school_does_not_turn_up_a_catch_up_brings_it_back(journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    journey._do(registers.take_register, "training_1", {})
    assert journey.stage == "training_1"
    journey._do(appointments.book, "training_1", journey.now, purpose="catch_up")
    journey._do(registers.take_register, "training_1", dict.fromkeys((ADA, BRYN, CARA), "present"))
    assert journey.stage == "training_2"


def test_snow_closes_the_school_and_everybody_gets_a_new_date(journey: Journey, world: World) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    journey._do(appointments.cancel, "training_1", reason="weather")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=40))
    told = subjects(journey, world)
    assert (told.count("Cancelled: Training session 1"), told.count("Date agreed for Training session 1")) == (5, 10)
    text = next(one.text for one in rows(journey, SentEmail) if one.subject.startswith("Cancelled"))
    assert "This is the reason: the school was closed by the weather." in " ".join(text.split())


def test_a_school_that_does_not_yet_meet_the_standard_is_visited_again_but_not_for_ever(journey: Journey) -> None:
    journey.to("qa_visit")
    for _ in range(3):
        journey.meet("qa_visit").plan().fire("require_action", ASSESSOR, note="Write the policy down.")
    with pytest.raises(Refused, match="was “not yet met” 3 times, as often as the policy allows"):
        journey.book("qa_visit")
    assert [one.purpose for one in rows(journey, Appointment)][-3:] == ["planned", "re_visit", "re_visit"]


def test_somebody_leaves_midway_and_the_others_go_on(journey: Journey) -> None:
    journey.to("framework")
    journey._do(participants.move, ADA, "complete")
    journey._do(participants.move, BRYN, "complete")
    journey._do(participants.move, CARA, "withdraw", reason="left")
    assert journey.stage == "follow_up_1"


def test_somebody_who_moves_to_another_school_goes_on_there_with_the_evidence(journey: Journey) -> None:
    journey.to("framework")
    open_school(journey, "900003")
    other = Journey(journey.store, journey.now).begin(urn="900003", order="SFS-2")
    journey._do(transfers.transfer, CARA, other.id)
    here, there = (one for one in rows(journey, Participant) if one.email == CARA)
    assert ((here.status, here.reason), (there.status, there.before_id)) == (
        ("withdrawn", "transferred"),
        ("training", here.id),
    )


def test_a_corrected_word_in_a_promise_of_a_running_offer_changes_nothing_but_the_word(
    journey: Journey, tmp_path: Any
) -> None:
    """What was promised goes on under the words it was promised with; what is promised from now on has the new ones."""
    was = "name at least three staff"
    offer = edited_offer(tmp_path, Edit(PAGE, f'to = "{was}"', 'to = "name three colleagues or more"'))
    url = journey.store.engine.url.render_as_string(hide_password=False)
    later = Journey(
        Store(url, {"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))}), journey.now, journey.id
    )
    (before,) = rows(later, PromiseRow)
    later.nominate(PEOPLE[:2])
    (still,) = rows(later, PromiseRow)
    assert (still.id, still.what, still.status, still.due_at) == (before.id, was, "open", before.due_at)
    later.nominate(PEOPLE[2:])
    assert [(one.what, one.status) for one in rows(later, PromiseRow)][:1] == [(was, "kept")]
    assert later.stage == "training_1"
    Journey(later.store, later.now).begin(order="SFS-2")
    assert rows(later, PromiseRow)[-1].what == "name three colleagues or more"
    later.store.close()


@pytest.mark.parametrize("policy", ["suspend", "keep"])
def test_on_hold_and_resumed_the_clock_stops_or_runs_on_as_the_policy_says(
    journey: Journey, tmp_path: Any, policy: str
) -> None:
    offer = edited_offer(tmp_path, Edit(PAGE, 'timers = "suspend"', f'timers = "{policy}"'))
    url = journey.store.engine.url.render_as_string(hide_password=False)
    journey.store = Store(url, {"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))})
    began = journey.now
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.now += timedelta(days=10) - timedelta(hours=1)
    journey.fire("resume")
    counted_from = journey.now if policy == "suspend" else began
    armed = {one.name: one.due_at for one in rows(journey, ArmedTimer) if (one.status, one.about) == ("armed", "stage")}
    assert armed == {one.name: offer.calendar.due(counted_from, one.span) for one in offer.timers_of["purchase"]}
    journey.store.close()


@pytest.mark.parametrize(("stage", "pounds"), [("purchase", "265.00"), ("training_2", "132.50"), ("framework", "0.00")])
def test_a_cancelled_order_is_quoted_its_refund_by_policy(
    journey: Journey, world: World, stage: str, pounds: str
) -> None:
    journey.to(stage)
    with journey.store.reading() as session:
        offer = offers_of(session).latest()
    assert refunds.quote(offer, stage, Decimal("265.00")) == Decimal(pounds)
    journey.fire("cancel", LEAD, note="The head has decided so.")
    assert rows(journey, Event)[-1].data == {"refund": pounds}
    pass_once(world, journey.now)
    letter = next(one for one in rows(journey, SentEmail) if "is cancelled" in one.subject)
    assert f"The refund for your order is £{pounds}." in letter.text


def test_a_lapsed_school_comes_back_to_the_same_stage(journey: Journey) -> None:
    journey.to("framework").fire("lapse", SYSTEM)
    with pytest.raises(Conflict, match="is lapsed; nothing can be recorded for it any more"):
        journey._do(participants.move, ADA, "complete")
    assert journey.fire("reopen", LEAD, note="The school is back.").stage == "framework"
    journey._do(participants.move, ADA, "complete")


@pytest.mark.parametrize(
    ("urn", "price", "reason"),
    [
        ("900001", "65.00", "The order shows £65.00 and the price is £265.00"),
        ("900002", "265.00", "The register of schools says this school is closed"),
    ],
)
def test_a_wrong_price_or_a_closed_school_waits_for_somebody_to_put_it_right(
    journey: Journey, urn: str, price: str, reason: str
) -> None:
    second = Journey(journey.store, journey.now).begin(urn=urn, price=price, order="SFS-2").nominate()
    assert second.stage == "purchase"
    with pytest.raises(Refused, match=reason):
        second.fire("start_training")


def test_two_orders_of_one_school_are_two_journeys_with_people_of_their_own(journey: Journey) -> None:
    second = Journey(journey.store, journey.now).begin(order="SFS-2").nominate()
    assert (journey.stage, second.stage) == ("purchase", "training_1")
    assert second.reference != journey.reference


def test_a_school_becomes_an_academy_and_its_journey_goes_on_under_the_new_number(journey: Journey) -> None:
    journey.to("training_2")
    open_school(journey, "900003")
    with journey.store.writing() as session:
        assert school_changes.succeed(session, "900001", "900003", actor=LEAD, now=journey.now) == [journey.reference]
    assert (journey.row.school_urn, journey.stage) == ("900003", "training_2")
    assert rows(journey, Event)[-1].data == {"from": "900001", "to": "900003"}


def test_two_engaged_schools_become_one_with_all_their_places_and_everybody_once(journey: Journey) -> None:
    journey.to("framework")
    open_school(journey, "900003")
    other = Journey(journey.store, journey.now).begin(urn="900003", order="SFS-2")
    other.nominate((PEOPLE[0], Nominee("Dov Rosen", "dov@polwhevral.example.org", 1)))
    other._do(school_changes.join, journey.id, actor=LEAD, note="One school from September.")
    assert (journey.row.places, other.row.standing) == (24, "cancelled")
    people = [one for one in rows(journey, Participant) if one.engagement_id == journey.id]
    assert [one.email.partition("@")[0] for one in people] == ["ada", "bryn", "cara", "dov"]
    left = {one.email: one.reason for one in rows(journey, Participant) if one.engagement_id == other.id}
    assert left == {ADA: "joined", "dov@polwhevral.example.org": "transferred"}
    assert all(one.status in SIDE_STATUSES for one in rows(journey, Participant) if one.engagement_id == other.id)


def test_a_school_that_closes_for_good_is_cancelled_with_its_refund(journey: Journey) -> None:
    journey.to("training_1")
    open_school(journey, "900001", is_open=False)
    outcome = journey.fire("cancel", LEAD, note="The school closed at Christmas.")
    assert (outcome.standing, rows(journey, Event)[-1].data) == ("cancelled", {"refund": "265.00"})


def test_a_letter_that_comes_back_is_sent_again_to_the_right_address(
    journey: Journey, smtp: tuple[str, Mailbox]
) -> None:
    url, mailbox = smtp
    mailbox.refused.add(ADA)
    world = world_with(journey.store, mail_server(url))
    pass_once(world, journey.nominate().now)
    dead = next(one for one in rows(journey, OwedEffect) if one.status == "dead")
    assert "550: no such person" in dead.trouble
    journey._do(participants.correct, ADA, name="Ada Pascoe", new_email="a.pascoe@polwhevral.example.org")
    with journey.store.writing() as session:
        dead_letters.retry(session, dead.id, actor=ADVISOR, now=journey.now)
    pass_once(world, journey.now)
    assert "a.pascoe@polwhevral.example.org" in [address for one in mailbox.received for address in one.rcpt_tos]


def test_an_order_that_pays_for_twelve_lets_nobody_in_as_the_thirteenth(journey: Journey) -> None:
    crowd = tuple(Nominee(f"Person {n}", f"p{n}@polwhevral.example.org", 1) for n in range(13))
    with pytest.raises(Refused, match="pays for 12 places; 0 are taken and 13 more are asked for"):
        journey.nominate(crowd)
    assert journey.nominate(crowd[:12]).stage == "training_1"
    assert rows(journey, Engagement)[0].places == 12
