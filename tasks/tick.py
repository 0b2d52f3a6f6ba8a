"""Tick: let time pass once. Fires timers that are due and says how much waits for a worker."""

from datetime import datetime
from typing import NamedTuple

from tasks.deliver import deliver_due
from tasks.letters import access
from tasks.ways_out import look
from tasks.world import World
from workflow.acts.bulk import work as bulk_work
from workflow.scheduling import due_timers
from workflow.simulation.asked import jobs as rehearsals
from workflow.store.health import pulse
from workflow.store.outbox.access_letters import count_due as count_letters
from workflow.store.outbox.claims import count_due
from workflow.usecases.contacts import crossings, proposals
from workflow.usecases.people import drafts, unsent_files


class Waiting(NamedTuple):
    """How many effects are due (a beat of the pulse counts as one); and how many letters about getting in, bulk jobs
    and rehearsals wait."""

    effects: int
    access_letters: int
    jobs: int
    rehearsals: int


def pass_time(world: World, now: datetime) -> Waiting:
    """Settles due timers, lets go of what was kept for long enough, and says what waits."""
    due_timers.sweep(world.store, now)
    _see_to_contacts(world, now)
    with world.store.writing() as session:
        drafts.drop_old(session, now)
        unsent_files.drop_old(session, now)
        beat = pulse.owe(session, now)
        effects = count_due(session, look(session, world, now).open, now) + beat
        return Waiting(
            effects,
            count_letters(session, now),
            bulk_work.count_waiting(session, now),
            rehearsals.count_waiting(session, now),
        )


def _see_to_contacts(world: World, now: datetime) -> None:
    """Proposals lapse, and calendars follow where a letter crossed a change of address."""
    proposals.sweep(world.store, now)
    crossings.sweep(world.store, now)


def pass_once(world: World, now: datetime) -> tuple[int, int]:
    """One whole pass without Celery, at one moment: timers, bulk jobs, then deliveries. Returns how many timers and
    effects were settled.

    A delivery may owe another (a certificate owes the email that carries it); those are delivered too.
    """
    fired = due_timers.sweep(world.store, now)
    _see_to_contacts(world, now)
    while bulk_work.work(world.store, lambda: now):
        pass
    with world.store.writing() as session:
        drafts.drop_old(session, now)
        unsent_files.drop_old(session, now)
    letters = access.deliver(world, lambda: now)
    return fired, letters + deliver_due(world, lambda: now)
