"""`recognition privacy`: what has been kept for long enough, and that it goes."""

import click

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, say
from workflow.english import count_of
from workflow.errors import CheckFailed
from workflow.store.privacy.scrub import scrub
from workflow.usecases.privacy import passes, retention
from workflow.usecases.privacy.retention import Due


@click.group(name="privacy")
def privacy_group() -> None:
    """See what has been kept for long enough, and let it go."""


@privacy_group.command(name="due", epilog="Example: recognition privacy due")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def due_command(cli: CliContext, *, as_json: bool) -> None:
    """Say what the next pass would erase. Changes nothing."""
    with cli.store.reading() as session:
        _tell(retention.due(session, cli.now()), "Nothing is due.", as_json=as_json)


@privacy_group.command(name="sweep", epilog="Example: recognition privacy sweep")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def sweep_command(cli: CliContext, *, as_json: bool) -> None:
    """Do one pass now. Without it, one is done every hour."""
    gone = passes.let_go(cli.store, cli.settings.places, cli.now())
    _tell(gone, "Nothing was due.", as_json=as_json)


@privacy_group.command(name="scrub", epilog="Example: recognition privacy scrub")
@pass_cli
def scrub_command(cli: CliContext) -> None:
    """Write over what the database has freed, where an erasure could not do so because somebody was reading."""
    if trouble := scrub(cli.store.engine):
        raise CheckFailed(trouble)
    say("What was freed is written over.")


def _tell(one: Due, nothing: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"engagements": [*one.engagements.values()], "accounts": len(one.accounts), "rows": dict(one.rows)})
        return
    if one.is_nothing:
        say(nothing)
    for reference in one.engagements.values():
        say(f"{reference}: everybody in it, and every text about it. Its history and certificates stay.")
    if one.accounts:
        say(f"Accounts that are closed: {len(one.accounts)}.")
    for title, number in one.rows.items():
        say(f"{title}: {count_of(number, 'line')}")
