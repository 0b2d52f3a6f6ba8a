"""`recognition school`: what a school needs from us."""

import click

from web.cli.context import CliContext, pass_cli
from web.cli.lazy_group import LazyGroup
from web.cli.output import say
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement

_COMMANDS = {
    "succeed = engagements.succession:succeed": "Let a school go on under a new number, as when it becomes an academy.",
}


@click.group(cls=LazyGroup, deferred=_COMMANDS)
def school() -> None:
    """Give a school its link."""


@school.command(epilog="Example: recognition school link CMC-26-0042-K")
@click.argument("ref")
@pass_cli
def link(cli: CliContext, ref: str) -> None:
    """Print the signed link to the school's own page. Whoever has it sees the page, so send it to the school only."""
    with cli.store.reading() as session:
        engagement = session.get_one(Engagement, lookups.engagement_id(session, ref))
        say(cli.links.status(engagement.reference))
