"""`recognition offer export`: the journey in a notation that other programs read."""

from pathlib import Path

import click

from web.cli.context import CliContext, pass_cli
from web.cli.offers.named import named
from web.cli.offers.show import give_out
from web.cli.output import say
from workflow.offer.export.notations import NOTATIONS

#: The offer itself, for this program.
FOLDER = "folder"


@click.command(epilog="Example: recognition offer export mentoring-2026-09 --as bpmn > journey.bpmn")
@click.argument("code", required=False)
@click.option(
    "--as",
    "as_notation",
    type=click.Choice([*NOTATIONS, FOLDER]),
    required=True,
    help="The notation to write it in; or the offer's own folder.",
)
@click.option("--to", "to", type=click.Path(path_type=Path), help="The folder that is made, with --as folder.")
@click.option("--revision", type=click.IntRange(min=1), help="Which revision, with --as folder; else the one in use.")
@pass_cli
def export(cli: CliContext, code: str | None, as_notation: str, to: Path | None, revision: int | None) -> None:
    """Write the journey of an offer for other programs, or its own folder.

    A journey goes to standard output. BPMN 2.0 opens in modellers of business processes; SCXML is read and run by state
    machines. CODE is a code, a code with its version, or a folder; else the newest offer.
    """
    if as_notation == FOLDER:
        if to is None:
            raise click.UsageError("Say which folder is to be made: --to FOLDER.")
        say(give_out(cli, "-".join(named(cli, code).key), revision, to))
        return
    if to is not None or revision is not None:
        raise click.UsageError("--to and --revision are for --as folder.")
    click.echo(NOTATIONS[as_notation](named(cli, code)), nl=False)
