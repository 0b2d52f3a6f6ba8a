"""The command `recognition tick`, found by the console through its entry point: pages and tasks stay apart."""

import json
from datetime import UTC, datetime

import click

from config.settings import load_settings


@click.command(epilog="Example: recognition tick")
@click.option("--now", "moment", type=click.DateTime(), help="For rehearsals only: the time it is taken to be, in UTC.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def tick(moment: datetime | None, as_json: bool) -> None:  # noqa: FBT001 (a click flag)
    """Let time pass once without Celery: fire due timers, work on bulk jobs and deliver what is owed."""
    from tasks.app import open_world  # noqa: PLC0415 (the console asks for this command's help without running it)
    from tasks.tick import pass_once  # noqa: PLC0415 (likewise)

    world = open_world(load_settings())
    fired, settled = pass_once(world, moment.replace(tzinfo=UTC) if moment else datetime.now(UTC))
    if as_json:
        click.echo(json.dumps({"timers": fired, "effects": settled}))
    else:
        click.echo(f"Timers settled: {fired}. Effects settled: {settled}.")
