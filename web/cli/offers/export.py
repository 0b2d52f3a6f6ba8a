"""`recognition offer export`: the journey in a notation that other programs read."""

import click

from web.cli.context import CliContext, pass_cli
from web.cli.offers.named import named
from workflow.offer.export.notations import NOTATIONS


@click.command(epilog="Example: recognition offer export mentoring-2026-09 --as bpmn > journey.bpmn")
@click.argument("code", required=False)
@click.option(
    "--as", "as_notation", type=click.Choice(list(NOTATIONS)), required=True, help="The notation to write it in."
)
@pass_cli
def export(cli: CliContext, code: str | None, as_notation: str) -> None:
    """Write the journey of an offer for other programs, on standard output.

    BPMN 2.0 opens in modellers of business processes; SCXML is read and run by state machines. CODE is a code, a
    code with its version, or a folder; else the newest offer.
    """
    click.echo(NOTATIONS[as_notation](named(cli, code)), nl=False)
