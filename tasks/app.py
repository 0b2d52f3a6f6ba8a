"""Celery's door. Messages carry no facts: losing every one of them costs seconds, never an email."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from celery import Celery

from config.settings import HABITS, Settings, load_settings
from tasks import faults, tick
from tasks.children import rehearsal
from tasks.deliver import deliver_due
from tasks.letters import access, checkpoint
from tasks.mail.server import mail_server
from tasks.world import World
from workflow.acts.bulk import work as bulk_work
from workflow.mail.signed_links import Links
from workflow.queries.outlines import outlines_of
from workflow.store.health import pulse
from workflow.store.history.keys import KEYS
from workflow.store.session import Store
from workflow.usecases.offers.opening import open_record
from workflow.usecases.offers.running import place_of
from workflow.usecases.printing.printer import Printer
from workflow.usecases.privacy import passes

_log = logging.getLogger(__name__)
app = Celery("recognition")
app.config_from_object("celeryconfig")

#: How many workers one tick wakes at most.
_HINTS = 4
#: A hint nobody took by then is worthless: the next tick has sent another.
_HINT_SECONDS = 10


def open_world(settings: Settings, store: Store | None = None) -> World:
    """Everything the passes need. A store that is open already may be passed in."""
    return World(
        store=store or _open_store(settings),
        mail_server=mail_server(settings.mail_url, settings.mail_seconds),
        printer=Printer(),
        links=Links(settings.base_url, settings.secret_key),
        sender=settings.sender,
        look=settings.look,
        secret=settings.secret_key,
        lease=timedelta(seconds=settings.lease_seconds),
        patience=timedelta(seconds=settings.mail_seconds),
        batch=settings.batch,
    )


def _open_store(settings: Settings) -> Store:
    info = {KEYS: settings.keys}
    store = open_record(settings.database_url, info, settings.patience, settings.offer_folders, _now())
    with store.reading() as session:
        for sentence in outlines_of(session).warnings():
            _log.error("%s", sentence)
    return store


@lru_cache
def _world() -> World:
    """Made in the worker process that first needs it: connections do not survive a fork."""
    settings = load_settings()
    faults.arm(settings.faults)
    return open_world(settings)


def _now() -> datetime:
    return datetime.now(UTC)


@app.task(name="recognition.tick")
def ring() -> None:
    """Lets time pass, then wakes as many workers as there is work for."""
    world = _world()
    waiting = tick.pass_time(world, _now())
    for _ in range(min(_HINTS, -(-waiting.effects // world.batch))):
        deliver.apply_async(expires=_HINT_SECONDS)
    if waiting.access_letters:
        deliver_access_letters.apply_async(expires=_HINT_SECONDS)
    for _ in range(min(_HINTS, waiting.jobs)):
        work_on_bulk.apply_async(expires=_HINT_SECONDS)
    if waiting.rehearsals:
        rehearse.apply_async(expires=_HINT_SECONDS)


@app.task(name="recognition.deliver")
def deliver() -> None:
    """Delivers what is due. Safe to run twice, at once, or never."""
    world = _world()
    deliver_due(world, _now)
    with world.store.writing() as session:
        pulse.feel(session, _now())


@app.task(name="recognition.access_letters")
def deliver_access_letters() -> None:
    """Sends the letters about getting in that are due. Safe to run twice, at once, or never."""
    access.deliver(_world(), _now)


@app.task(name="recognition.bulk")
def work_on_bulk() -> None:
    """Works on a bulk job for a turn. Safe to run twice, at once, or never."""
    world = _world()
    bulk_work.work(world.store, _now, world.lease)


@app.task(name="recognition.retention")
def let_go() -> None:
    """Erases a little of what has been kept for long enough. Safe to run twice, at once, or never."""
    passes.let_go(_world().store, load_settings().places, _now())


@app.task(name="recognition.rehearse")
def rehearse() -> None:
    """Starts a process that does the rehearsals that wait. Safe to run twice, at once, or never."""
    rehearsal.start()


def rehearse_waiting() -> None:
    """One after another, until none waits."""
    settings = load_settings()
    store = _open_store(settings)
    _rehearse(store, _now)
    store.close()


def _rehearse(store: Store, clock: Callable[[], datetime]) -> None:
    from workflow.simulation.asked.futures import Ground  # noqa: PLC0415 (it brings much along; no worker rehearses)
    from workflow.simulation.asked.work import work  # noqa: PLC0415 (likewise)

    with store.reading() as session:
        place = place_of(session)
    while work(store, Ground(place, HABITS), clock):
        pass


def pass_once(store: Store, settings: Settings, now: datetime) -> tuple[int, int]:
    """One pass without Celery, for the console: how many timers and effects were settled."""
    _rehearse(store, lambda: now)
    return tick.pass_once(open_world(settings, store), now)


def send_checkpoint(settings: Settings, to: str, file_name: str, content: str, now: datetime) -> None:
    """For the console, too. Raises CheckFailed."""
    server = mail_server(settings.mail_url, settings.mail_seconds)
    checkpoint.send(server, settings.sender, to, (file_name, content), now)
