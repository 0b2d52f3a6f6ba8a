"""`recognition offer install`: an offer's folder goes into the record."""

from datetime import date
from pathlib import Path

import click

from web.cli.arguments import DAY, acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from workflow.english import day_in_words
from workflow.usecases.offers import revisions, starts
from workflow.usecases.offers.install import Installed
from workflow.usecases.offers.install import install as install_folder

_SAID = {
    "installed": "{name} is installed; “recognition offer list” says from which day orders are for it.",
    "corrected": "{name} is corrected: this is revision {revision}. What went out before stays as it was.",
    "mended": "{name} is in use again, as revision {revision}: what was installed could not be read any more.",
    "as it was": "{name} is installed already, word for word; nothing was changed.",
}


@click.command(epilog="Example: recognition offer install ./mentoring-2027-09 --as admin@example.org")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--from", "starts_on", type=DAY, help="The day from which orders are for it, such as 2027-09-01.")
@acting
@pass_cli
def install(cli: CliContext, folder: Path, starts_on: date | None, email_of_actor: str | None) -> None:
    """Put an offer's folder into the record, once it is proved sound.

    A version that is installed already may be corrected in its words, its calendar and the design of its certificates.
    Anything else needs another version. A further version takes orders from today, unless --from says another day.
    """
    with cli.store.reading() as session:
        actor = actor_for(session, email_of_actor)
    say(told(install_folder(cli.store, folder.resolve(), actor=actor, now=cli.now(), starts_on=starts_on)))


@click.command(epilog="Example: recognition offer start mentoring-2027-09 2027-09-01 --as admin@example.org")
@click.argument("name")
@click.argument("day", type=DAY)
@acting
@pass_cli
def start(cli: CliContext, name: str, day: date, email_of_actor: str | None) -> None:
    """Say from which day orders are for a version.

    NAME is its code with its version. What has begun stays with the version it was bought under.
    """
    with cli.store.writing() as session:
        revision, actor = revisions.named(session, name), actor_for(session, email_of_actor)
        starts.begin_on(session, revision, day, actor=actor, now=cli.now())
    say(f"Orders from {day_in_words(day)} are for {name}. What has begun stays as it is.")


def told(done: Installed) -> str:
    return _SAID[done.outcome].format(name=done.name, revision=done.revision)
