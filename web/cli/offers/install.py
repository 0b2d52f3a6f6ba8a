"""`recognition offer install`: an offer's folder goes into the record."""

from pathlib import Path

import click

from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from workflow.usecases.offers.install import Installed
from workflow.usecases.offers.install import install as install_folder

_SAID = {
    "installed": "{name} is installed. Orders for its products are taken from now on.",
    "corrected": "{name} is corrected: this is revision {revision}. What went out before stays as it was.",
    "mended": "{name} is in use again, as revision {revision}: what was installed could not be read any more.",
    "as it was": "{name} is installed already, word for word; nothing was changed.",
}


@click.command(epilog="Example: recognition offer install ./mentoring-2027-09 --as admin@example.org")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@acting
@pass_cli
def install(cli: CliContext, folder: Path, email_of_actor: str | None) -> None:
    """Put an offer's folder into the record, once it is proved sound.

    A version that is installed already may be corrected in its words, its calendar and the design of its certificates.
    Anything else needs another version.
    """
    with cli.store.reading() as session:
        actor = actor_for(session, email_of_actor)
    say(told(install_folder(cli.store, folder.resolve(), actor=actor, now=cli.now())))


def told(done: Installed) -> str:
    return _SAID[done.outcome].format(name=done.name, revision=done.revision)
