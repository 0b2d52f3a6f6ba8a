"""`recognition school succeed` and `recognition engagement join`: a school that takes another's place, or joins it."""

import click

from web.cli.arguments import acting, actor_for, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from web.cli.status_line import say_where_it_is
from workflow.english import count_of, listed
from workflow.store import lookups
from workflow.usecases import school_changes


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


@click.command(epilog="Example: recognition engagement join CMC-26-0042-K CMC-26-0057-P --note 'One school now'")
@click.argument("ref")
@click.argument("into_ref", metavar="INTO_REF")
@click.option("--note", required=True, help="Why; both histories keep it, and the school is told.")
@acting
@pass_cli
def join(cli: CliContext, ref: str, into_ref: str, *, note: str, email_of_actor: str | None) -> None:
    """Let an engagement go on in another one. People and places go along; nobody is counted twice."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        into_id = lookups.engagement_id(session, into_ref)
        going_on = school_changes.join(session, engagement_id, into_id, note=note, **who)
        say(f"{ref} goes on in {going_on.reference}, which has {count_of(going_on.places, 'place')} now.")
    say_where_it_is(cli, into_id)
