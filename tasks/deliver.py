"""Deliver: claim what is due, speak to the world without holding any lock, write the outcome if the claim still holds.

Safe to run in any number of processes at once and to kill at any point: a claim that is not settled runs out, and
whoever claims it next raises the fence, so the outcome of the one that was thought dead no longer counts.
"""

import logging
from collections.abc import Callable
from datetime import datetime

import typst

from tasks import faults
from tasks.handlers import HANDLERS, Finish
from tasks.mail_transport import MailTransport, Undeliverable
from tasks.world import World
from workflow.errors import WorkflowError
from workflow.scheduling import quiet_hours
from workflow.store import outbox
from workflow.store.outbox import Claimed

Clock = Callable[[], datetime]
#: Trouble that trying again will not mend: the receiver's no, a letter that cannot be written, a name no font has.
_FOR_GOOD = (Undeliverable, WorkflowError, ValueError, KeyError, typst.TypstError)
_log = logging.getLogger(__name__)


def deliver_due(world: World, clock: Clock) -> int:
    """Delivers until nothing is due. Returns how many effects were settled, one way or another."""
    quiet_hours.put_off(world.store, clock())
    settled = 0
    while batch := _claim(world, clock):
        settled += _deliver_batch(world, batch, clock)
    return settled


def _claim(world: World, clock: Clock) -> list[Claimed]:
    with world.store.writing() as session:
        return outbox.claim(session, clock(), world.lease, world.batch)


def _deliver_batch(world: World, batch: list[Claimed], clock: Clock) -> int:
    """One conversation with the post for the whole batch. What was not tried is handed back at once."""
    faults.point("claimed")
    untried = list(batch)
    try:
        with world.mail_server.open() as post:
            while untried:
                _deliver(world, post, untried.pop(0), clock)
    except OSError as trouble:
        # The mail server is shut: nobody's letter is to blame, and every one is tried again.
        _put_back(world, untried, clock(), str(trouble))
        untried = []
    finally:
        _release(world, untried)
    return len(batch)


def _deliver(world: World, post: MailTransport, owed: Claimed, clock: Clock) -> None:
    if not _still_ours(world, owed, clock()):
        return
    if world.retries.is_spent(owed.attempts):
        _give_up(world, owed, clock(), "It was begun many times and never ended: the program stopped in the middle.")
        return
    try:
        _write_done(world, owed, HANDLERS[owed.kind](world, post, owed, clock()), clock())
    except _FOR_GOOD as trouble:
        _give_up(world, owed, clock(), _sentence(trouble))
    except OSError as trouble:
        _put_back(world, [owed], clock(), str(trouble))


def _write_done(world: World, owed: Claimed, finish: Finish, now: datetime) -> None:
    """The outcome and “done” in one transaction, if the claim still holds."""
    with world.store.writing() as session:
        if outbox.mark_done(session, owed, now):
            finish(session)
            faults.point("done")
        else:
            _log.warning("%s was taken over by another worker while it was being done", owed.key)


def _still_ours(world: World, owed: Claimed, now: datetime) -> bool:
    """A claim in the second half of its lease is made to last before the world is spoken to: nobody else may begin."""
    if owed.lease_until - now > world.lease / 2:
        return True
    with world.store.writing() as session:
        return outbox.renew(session, owed, now + world.lease)


def _put_back(world: World, batch: list[Claimed], now: datetime, trouble: str) -> None:
    for owed in batch:
        due_at = world.retries.next_try(owed.attempts, now)
        if due_at is None:
            _give_up(world, owed, now, trouble)
            continue
        with world.store.writing() as session:
            outbox.put_back(session, owed, due_at, trouble)
        _log.warning("%s will be tried again at %s: %s", owed.key, due_at, trouble)


def _give_up(world: World, owed: Claimed, now: datetime, trouble: str) -> None:
    with world.store.writing() as session:
        outbox.give_up(session, owed, now, trouble)
    _log.error("%s is dead: %s", owed.key, trouble)


def _release(world: World, untried: list[Claimed]) -> None:
    if untried:
        with world.store.writing() as session:
            outbox.release(session, untried)


def _sentence(trouble: Exception) -> str:
    return f"{trouble.args[0]} has no value in this letter." if isinstance(trouble, KeyError) else str(trouble)
