"""Deliver: claim what is due, speak to the world without holding any lock, write the outcomes whose claims still hold.

Safe to run in any number of processes at once and to kill at any point: a claim that is not settled runs out, and
whoever claims it next raises the fence, so the outcome of the one that was thought dead no longer counts.
"""

from contextlib import ExitStack

from tasks import faults
from tasks.desk import Clock, Desk
from tasks.handlers import HANDLERS
from tasks.world import World
from workflow.scheduling import quiet_hours
from workflow.store.outbox.claims import Claimed


def deliver_due(world: World, clock: Clock) -> int:
    """Delivers until nothing is due. Returns how many effects were settled, one way or another."""
    quiet_hours.put_off(world.store, clock())
    desk, before = Desk(world, clock), -1
    while desk.settled > before:  # letters that were still on their way held back younger ones of their engagement
        before = desk.settled
        _deliver_in_hand(world, desk)
    return desk.settled


def _deliver_in_hand(world: World, desk: Desk) -> None:
    """Until nothing may be claimed. Ends when every letter that was begun has come to its end."""
    with ExitStack() as stack:
        stack.callback(desk.write)
        deliver = {kind: stack.enter_context(at_work(world, desk)) for kind, at_work in HANDLERS.items()}
        while batch := desk.claim():
            faults.point("claimed")
            _refuse_what_never_ends(world, desk, batch)
            for kind, those in deliver.items():
                if own := [owed for owed in batch if owed.kind == kind and not world.retries.is_spent(owed.attempts)]:
                    those(own)


def _refuse_what_never_ends(world: World, desk: Desk, batch: list[Claimed]) -> None:
    for owed in batch:
        if world.retries.is_spent(owed.attempts):
            desk.give_up(owed, "It was begun many times and never ended: the program stopped in the middle.")
