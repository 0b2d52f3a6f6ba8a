"""`recognition db`: the database's tables, and the first key of the history that they hold."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.context import CliContext, is_current, pass_cli
from web.cli.output import say
from workflow.english import count_of
from workflow.errors import CheckFailed
from workflow.scheduling.promise_backfill import start_clocks
from workflow.store import migrate
from workflow.store.history import seals
from workflow.store.tables.engagement import ReferenceCounter
from workflow.usecases.offers import revisions
from workflow.usecases.offers.following import follow


@click.group(name="db")
def db() -> None:
    """Look after the database."""


@db.command(epilog="Example: recognition db upgrade")
@pass_cli
def upgrade(cli: CliContext) -> None:
    """Bring the tables up to date, and make the history's first key. Does nothing when both are there."""
    store = cli.unchecked_store
    where = store.engine.url.render_as_string(hide_password=True)
    if is_current(store):
        say(f"The database {where} is up to date.")
    else:
        _migrate(cli)
        say(f"The database {where} has been brought up to date.")
    have_a_key(cli)


def bring_up_to_date(cli: CliContext) -> None:
    """Says so where there is something to do."""
    if not is_current(cli.unchecked_store):
        say("Bringing the database up to date …")
        _migrate(cli)
    have_a_key(cli)


def _migrate(cli: CliContext) -> None:
    migrate.upgrade(cli.unchecked_store.engine)
    _install_offers(cli)
    if cli.settings.keys.exists():
        _start_clocks(cli)


def _install_offers(cli: CliContext) -> None:
    """What stands in the folder: always where the installation follows it, else where the record has no offer yet."""
    folders, store = cli.settings.offer_folders, cli.unchecked_store
    with store.reading() as session:
        is_first = revisions.newest(session) == 0
    for name, sentence in follow(store, folders.source, cli.now()).items() if folders.follow or is_first else ():
        say(f"The offer in {name} is not installed. {sentence}")


def _start_clocks(cli: CliContext) -> None:
    with cli.unchecked_store.writing() as session:
        start_clocks(session, cli.now())


def have_a_key(cli: CliContext) -> None:
    """Makes the first key, where a history has none yet, and seals what there is. Raises CheckFailed where there was
    one: a new key in its place would hide whatever happened while it was away."""
    if cli.settings.keys.exists():
        return
    with cli.unchecked_store.reading() as session:
        if _is_sealed(session):
            raise CheckFailed(cli.settings.keys.missing)
    make_key(cli)
    _start_clocks(cli)


def make_key(cli: CliContext) -> None:
    file = cli.settings.keys
    with file.begin(cli.now()) as keys, cli.unchecked_store.writing() as session:
        older = seals.open_all(session, keys().sealing)
    say(f"The history is sealed with a new key, in {file.path}. Keep a copy of it apart from the database's backups.")
    if older:
        say(f"{count_of(older, 'engagement')} began before: what they did so far is sealed as it stands.")


def _is_sealed(session: Session) -> bool:
    return session.scalar(select(ReferenceCounter.seal).where(ReferenceCounter.seal != "").limit(1)) is not None
