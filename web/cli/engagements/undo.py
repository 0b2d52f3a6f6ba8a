"""`recognition undo`: take the last step of an engagement back."""

import click

from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, say
from web.cli.status_line import say_where_it_is
from workflow.acts.act import occasion, perform
from workflow.acts.registry import ACTS
from workflow.usecases.undo import undo


@click.command(name="undo", epilog="Example: recognition undo CMC-26-0042-K --why 'The wrong school was clicked'")
@click.argument("ref")
@click.option("--why", help="Why it is taken back. Without it, you are only shown what would happen.")
@click.option("--expect-version", type=int, help="Refuse if the engagement has changed since this version.")
@click.option("--json", "as_json", is_flag=True, help="Print what would happen as JSON.")
@acting
@pass_cli
def undo_last(
    cli: CliContext, ref: str, *, why: str | None, expect_version: int | None, as_json: bool, email_of_actor: str | None
) -> None:
    """Take the last step back: see what would follow first, then do it with --why."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        looked = undo.preview(session, engagement_id, who["actor"], cli.now())
        if why is not None:
            on = occasion(session, engagement_id, **who)
            perform(ACTS["undo"], on, reason=why, expected_version=expect_version)
    if as_json:
        told = {"step": looked.title, "version": looked.version, "consequences": list(looked.consequences)}
        print_json(told | {"done": why is not None})
        return
    say(f"{'Taken back' if why is not None else 'The last step is'}: {looked.title}.")
    for sentence in looked.consequences:
        say(f"  - {sentence}")
    if why is None:
        say("Nothing has changed. To take it back, say why: --why TEXT.")
    else:
        say_where_it_is(cli, engagement_id)
