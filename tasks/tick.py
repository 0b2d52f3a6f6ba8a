"""Tick: let time pass once. Fires timers that are due and says how many effects wait for delivery."""

from datetime import datetime

from tasks.deliver import deliver_due
from tasks.ways_out import look
from tasks.world import World
from workflow.scheduling import due_timers
from workflow.store.health import pulse
from workflow.store.outbox.claims import count_due


def pass_time(world: World, now: datetime) -> int:
    """Settles due timers. Returns how many effects are due; a beat of the pulse counts as one."""
    due_timers.sweep(world.store, now)
    with world.store.writing() as session:
        beat = pulse.owe(session, now)
        return count_due(session, look(session, world, now).open, now) + beat


def pass_once(world: World, now: datetime) -> tuple[int, int]:
    """One whole pass without Celery, at one moment: timers, then deliveries. Returns how many of each were settled.

    A delivery may owe another (a certificate owes the email that carries it); those are delivered too.
    """
    fired = due_timers.sweep(world.store, now)
    return fired, deliver_due(world, lambda: now)
