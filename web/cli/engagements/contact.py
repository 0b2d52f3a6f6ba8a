"""`recognition engagement hand-over` and `message`: who looks after a school, and what it is told."""

import click

from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from workflow.usecases import advisors


@click.command(
    name="hand-over", epilog="Example: recognition engagement hand-over CMC-26-0042-K jo@example.org --note Ring"
)
@click.argument("ref")
@click.argument("email")
@click.option("--note", required=True, help="What whoever takes over should know.")
@acting
@pass_cli
def hand_over(cli: CliContext, ref: str, email: str, *, note: str, email_of_actor: str | None) -> None:
    """Hand a school over to another advisor, who is told, as is the school."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        to = advisors.hand_over(session, engagement_id, email, note=note, **who)
        say(f"{ref} is with {to.name} now.")


@click.command(epilog="Example: recognition engagement message CMC-26-0042-K 'We look forward to meeting you.'")
@click.argument("ref")
@click.argument("text")
@acting
@pass_cli
def message(cli: CliContext, ref: str, text: str, email_of_actor: str | None) -> None:
    """Write to the school lead in your own words. The history keeps it."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        advisors.write_to_school(session, engagement_id, text, **who)
        say("The message is on its way.")
