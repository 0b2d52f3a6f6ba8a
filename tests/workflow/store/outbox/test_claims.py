"""Owed, claimed, settled: the lease runs out, the fence keeps stragglers from writing, letters keep their order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import event, select, update

from tests.journeys import Journey
from tests.servers import wait_until
from workflow.engine.catalogue import offers_of
from workflow.store.outbox.claims import Claimed, Open, count_due
from workflow.store.outbox.claims import claim as claim_some
from workflow.store.outbox.outcomes import Outcome, SentRow, outcome_of
from workflow.store.outbox.outcomes import settle as settle_some
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

LEASE = timedelta(seconds=60)


def everything(journey: Journey) -> Open:
    with journey.store.reading() as session:
        keys = [offer.key for offer in offers_of(session)]
    return Open(keys, keys)


def claim(
    journey: Journey, after: timedelta = timedelta(0), limit: int = 10, open_: Open | None = None
) -> list[Claimed]:
    with journey.store.writing() as session:
        return claim_some(session, open_ or everything(journey), journey.now + after, LEASE, limit)


def settle(journey: Journey, *outcomes: Outcome, sent: tuple[SentRow, ...] = ()) -> set[int]:
    with journey.store.writing() as session:
        return settle_some(session, outcomes, sent)


def row(journey: Journey, one: Claimed) -> OwedEffect:
    with journey.store.reading() as session:
        return session.get_one(OwedEffect, one.id)


def letter(owed: Claimed, journey: Journey) -> SentRow:
    return SentRow(
        owed.id, owed.engagement_id, f"<{owed.id}@example.org>", "Jenna", "j@example.org", "Hello", "Dear", journey.now
    )


def test_what_is_claimed_is_not_claimed_again_while_the_lease_lasts(journey: Journey) -> None:
    assert len(claim(journey)) == 2
    assert claim(journey, LEASE - timedelta(seconds=1)) == []


def test_a_claim_takes_no_more_than_asked(journey: Journey) -> None:
    for number in (1, 1, 0):
        taken = claim(journey, limit=1)
        assert len(taken) == number
        settle(journey, *(outcome_of(one, "done", settled_at=journey.now) for one in taken))


def test_a_lease_that_ran_out_is_claimed_by_another_with_a_higher_fence(journey: Journey) -> None:
    first = claim(journey)
    second = claim(journey, LEASE)
    assert [(one.id, one.fence + 1, one.attempts + 1) for one in first] == [
        (one.id, one.fence, one.attempts) for one in second
    ]


def test_a_straggler_cannot_write_its_outcome_nor_what_it_sent(journey: Journey) -> None:
    (slow, *_), (quick, *_) = claim(journey), claim(journey, LEASE)
    late = outcome_of(slow, "dead", settled_at=journey.now, trouble="too slow")
    assert settle(journey, late, sent=(letter(slow, journey),)) == set()
    done = outcome_of(quick, "done", settled_at=journey.now, trouble="")
    assert settle(journey, late, done, sent=(letter(quick, journey),)) == {quick.id}
    assert settle(journey, done, sent=(letter(quick, journey),)) == set()
    assert (row(journey, quick).status, row(journey, quick).trouble) == ("done", "")
    with journey.store.reading() as session:
        assert session.scalars(select(SentEmail.outbox_id)).all() == [quick.id]


def test_the_attempt_is_counted_before_it_is_made(journey: Journey) -> None:
    (one, *_) = claim(journey)
    assert row(journey, one).attempts == 1


def test_what_was_not_tried_is_handed_back_uncounted(journey: Journey) -> None:
    claimed = claim(journey)
    settle(journey, *(outcome_of(one, "owed", attempts=one.attempts - 1) for one in claimed))
    assert {(row(journey, one).status, row(journey, one).attempts) for one in claimed} == {("owed", 0)}
    assert len(claim(journey)) == 2


def test_only_the_holder_can_make_a_claim_last(journey: Journey) -> None:
    (slow, *_), (quick, *_) = claim(journey), claim(journey, LEASE)
    until = journey.now + 3 * LEASE
    kept = settle(journey, *(outcome_of(one, "claimed", lease_until=until) for one in (slow, quick)))
    assert kept == {quick.id}
    assert quick.id not in {one.id for one in claim(journey, 2 * LEASE + timedelta(seconds=1))}
    assert row(journey, quick).fence == quick.fence


def test_the_letters_of_one_engagement_go_out_in_their_order_whoever_sends_them(journey: Journey) -> None:
    """What another worker has in hand comes first; of another engagement it takes what it likes."""
    (first,) = claim(journey, limit=1)
    assert claim(journey) == []
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    assert {one.engagement_id for one in claim(other)} == {other.id}
    settle(journey, outcome_of(first, "done", settled_at=journey.now))
    assert [one.engagement_id for one in claim(journey)] == [journey.id]


def test_a_letter_in_trouble_keeps_no_other_waiting(journey: Journey) -> None:
    (first,) = claim(journey, limit=1)
    settle(journey, outcome_of(first, "claimed", lease_until=first.lease_until, trouble="The server is slow."))
    assert len(claim(journey)) == 1


def test_two_who_claim_at_once_do_not_share_the_letters_of_an_engagement(journey: Journey) -> None:
    """The second sees what the first has taken, though it asked before the first was through."""
    with two_at_once(journey) as (first, second):
        assert [len(first), len(second)] == [1, 0]


@contextmanager
def two_at_once(journey: Journey) -> Iterator[tuple[list[Claimed], list[Claimed]]]:
    """One claims one letter and is not through yet, when another begins to claim."""
    found: list[list[Claimed]] = []
    with journey.store.writing() as session:
        first = claim_some(session, everything(journey), journey.now, LEASE, 1)
        waits: list[str] = []
        event.listen(journey.store.engine, "before_cursor_execute", lambda *about: waits.append(about[2]))
        event.listen(journey.store.engine, "begin", lambda _connection: waits.append("begin"))
        other = Thread(target=lambda: found.append(claim(journey)))
        other.start()
        wait_until(lambda: bool(waits), "the other one asking")
    other.join()
    yield first, found[0]


@pytest.mark.parametrize(("closed", "left"), [("emails", 0), ("others", 2)])
def test_what_is_closed_is_not_claimed(journey: Journey, closed: str, left: int) -> None:
    open_ = everything(journey)._replace(**{closed: []})
    with journey.store.reading() as session:
        assert count_due(session, open_, journey.now) == left
    assert len(claim(journey, open_=open_)) == left


def test_an_offer_that_is_not_there_closes_its_own_effects_and_no_others(journey: Journey) -> None:
    with journey.store.writing() as session:
        session.execute(update(OwedEffect).where(OwedEffect.id == 1).values(kind="certificate"))
    assert claim(journey, open_=Open([], [])) == []
    assert len(claim(journey)) == 2


def test_keys_say_what_owes_what_to_whom(journey: Journey) -> None:
    with journey.store.reading() as session:
        keys = session.scalars(select(OwedEffect.key).order_by(OwedEffect.id)).all()
    assert keys == [
        f"{journey.reference}:1:email:welcome:school_lead",
        f"{journey.reference}:1:email:new-order:advisor",
    ]
