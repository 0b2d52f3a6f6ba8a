"""`recognition school succeed`, `engagement go-on-at` and `join`: a school that takes another's place, or joins it."""

import click

from web.cli.act_command import command_of
from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from workflow.acts.registry import ACTS
from workflow.english import count_of, listed
from workflow.usecases.elsewhere import school_changes


@click.command(epilog="Example: recognition school succeed 900012 900047")
@click.argument("old_urn", metavar="OLD_URN")
@click.argument("new_urn", metavar="NEW_URN")
@acting
@pass_cli
def succeed(cli: CliContext, old_urn: str, new_urn: str, email_of_actor: str | None) -> None:
    """Let a school go on under a new number, as when it becomes an academy. Its open engagements go with it."""
    with cli.store.writing() as session:
        actor = actor_for(session, email_of_actor)
        moved = school_changes.succeed(session, old_urn, new_urn, actor=actor, now=cli.now())
    told = f"{count_of(len(moved), 'engagement')} moved to {new_urn}"
    say(f"{told}: {listed(moved)}." if moved else f"No open engagement is of {old_urn}; nothing has changed.")


join = command_of(ACTS["join"])
go_on_at = command_of(ACTS["go_on_at"])
change_version = command_of(ACTS["change_version"])
