"""Owed, claimed, done: the lease runs out, the fence keeps stragglers from writing."""

from datetime import timedelta

from sqlalchemy import select

from tests.journeys import Journey
from workflow.store import outbox
from workflow.store.outbox import Claimed
from workflow.store.tables.owed_effect import OwedEffect

LEASE = timedelta(seconds=60)


def claim(journey: Journey, after: timedelta = timedelta(0), limit: int = 10) -> list[Claimed]:
    with journey.store.writing() as session:
        return outbox.claim(session, journey.now + after, LEASE, limit)


def row(journey: Journey, one: Claimed) -> OwedEffect:
    with journey.store.reading() as session:
        return session.get_one(OwedEffect, one.id)


def test_what_is_claimed_is_not_claimed_again_while_the_lease_lasts(journey: Journey) -> None:
    assert len(claim(journey)) == 2
    assert claim(journey, LEASE - timedelta(seconds=1)) == []


def test_a_claim_takes_no_more_than_asked(journey: Journey) -> None:
    assert [len(claim(journey, limit=1)) for _ in range(3)] == [1, 1, 0]


def test_a_lease_that_ran_out_is_claimed_by_another_with_a_higher_fence(journey: Journey) -> None:
    first = claim(journey)
    second = claim(journey, LEASE)
    assert [(one.id, one.fence + 1, one.attempts + 1) for one in first] == [
        (one.id, one.fence, one.attempts) for one in second
    ]


def test_a_straggler_cannot_write_its_outcome(journey: Journey) -> None:
    (slow, *_), (quick, *_) = claim(journey), claim(journey, LEASE)
    with journey.store.writing() as session:
        assert outbox.give_up(session, slow, journey.now, "too slow") is False
        assert outbox.mark_done(session, quick, journey.now) is True
        assert outbox.mark_done(session, quick, journey.now) is False
    assert (row(journey, quick).status, row(journey, quick).trouble) == ("done", "")


def test_the_attempt_is_counted_before_it_is_made(journey: Journey) -> None:
    (one, *_) = claim(journey)
    assert row(journey, one).attempts == 1


def test_what_was_not_tried_is_handed_back_uncounted(journey: Journey) -> None:
    claimed = claim(journey)
    with journey.store.writing() as session:
        outbox.release(session, claimed)
    assert {(row(journey, one).status, row(journey, one).attempts) for one in claimed} == {("owed", 0)}


def test_only_the_holder_can_renew_a_claim(journey: Journey) -> None:
    (slow, *_), (quick, *_) = claim(journey), claim(journey, LEASE)
    with journey.store.writing() as session:
        assert outbox.renew(session, slow, journey.now + 3 * LEASE) is False
        assert outbox.renew(session, quick, journey.now + 3 * LEASE) is True
    assert claim(journey, 2 * LEASE + timedelta(seconds=1)) != [quick]
    assert row(journey, quick).fence == quick.fence


def test_keys_say_what_owes_what_to_whom(journey: Journey) -> None:
    with journey.store.reading() as session:
        keys = session.scalars(select(OwedEffect.key).order_by(OwedEffect.id)).all()
    assert keys == [
        f"{journey.reference}:1:email:welcome:school_lead",
        f"{journey.reference}:1:email:new-order:advisor",
    ]
