"""`recognition db`: the database's tables."""

import click

from web.cli.context import CliContext, is_current, pass_cli
from web.cli.output import say
from workflow.scheduling.promise_backfill import start_clocks
from workflow.store import migrate


@click.group(name="db")
def db() -> None:
    """Look after the database."""


@db.command(epilog="Example: recognition db upgrade")
@pass_cli
def upgrade(cli: CliContext) -> None:
    """Bring the tables up to date. Does nothing when they are."""
    store = cli.unchecked_store
    where = store.engine.url.render_as_string(hide_password=True)
    if is_current(store):
        say(f"The database {where} is up to date.")
        return
    migrate.upgrade(store.engine)
    with store.writing() as session:
        start_clocks(session, cli.now())
    say(f"The database {where} has been brought up to date.")
