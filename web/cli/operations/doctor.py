"""`recognition doctor`: is this installation healthy, and what to do if not."""

import click

from web.cli.context import CliContext, pass_cli
from web.cli.operations import health_checks
from web.cli.output import print_json, print_table
from workflow.english import count_of
from workflow.errors import CheckFailed


@click.command(epilog="Example: recognition doctor --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def doctor(cli: CliContext, *, as_json: bool) -> None:
    """Check this installation. Whatever is wrong comes with what to do about it."""
    found = list(health_checks.run(cli))
    if as_json:
        print_json([{"check": one.name, "ok": one.ok, "sentence": one.sentence} for one in found])
    else:
        print_table(("", "Check", "Found"), (("ok" if one.ok else "NOT OK", one.name, one.sentence) for one in found))
    wrong = sum(not one.ok for one in found)
    if wrong:
        raise CheckFailed(f"{count_of(wrong, 'check')} failed.")
