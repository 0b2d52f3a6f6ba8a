"""`recognition outbox`: what is owed, and what is stuck."""

import click

from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.english import count_of
from workflow.queries.held_up import HeldUp, list_held_up, outlines_of
from workflow.queries.outbox import UNSETTLED, OwedLine, list_owed
from workflow.store.health import setbacks
from workflow.store.tables.owed_effect import OWED_STATUSES
from workflow.usecases import dead_letters


@click.group()
def outbox() -> None:
    """See what is owed, and free what is stuck."""


@outbox.command(name="list", epilog="Example: recognition outbox list --status dead")
@click.option(
    "--status", type=click.Choice(OWED_STATUSES), multiple=True, help="Only these; else all that is not settled."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, status: tuple[str, ...], *, as_json: bool) -> None:
    """List owed effects, stuck ones first."""
    with cli.store.reading() as session:
        lines, held_up = list_owed(session, status or UNSETTLED), list_held_up(session, outlines_of(session))
    if as_json:
        print_json([line.as_json() for line in lines])
        return
    if lines:
        titles = ("Id", "Engagement", "What", "To", "Status", "Attempts", "Due (UTC)", "Trouble")
        print_table(titles, map(_cells, lines))
    else:
        say("Nothing is owed.")
    if held_up:
        print_table(("Held up", "Why", "Tried again (UTC)"), map(_held_up_cells, held_up))


@outbox.command(name="try-again", epilog="Example: recognition outbox try-again")
@pass_cli
def try_again(cli: CliContext) -> None:
    """Try at once what is held up, instead of waiting for its time."""
    with cli.store.writing() as session:
        number = setbacks.hurry(session, cli.now())
    say(f"{count_of(number, 'thing')} held up will be tried again at once." if number else "Nothing is held up.")


@outbox.command(epilog="Example: recognition outbox retry 17")
@click.argument("outbox_id", metavar="ID", type=int)
@acting
@pass_cli
def retry(cli: CliContext, outbox_id: int, email_of_actor: str | None) -> None:
    """Try a stuck effect again, now."""
    with cli.store.writing() as session:
        dead_letters.retry(session, outbox_id, now=cli.now(), actor=actor_for(session, email_of_actor))
    say(f"{outbox_id} is owed again and will be tried at once.")


@outbox.command(epilog="Example: recognition outbox drop 17 --why 'The school sent it on by hand'")
@click.argument("outbox_id", metavar="ID", type=int)
@click.option("--why", required=True, help="The reason, kept beside it.")
@acting
@pass_cli
def drop(cli: CliContext, outbox_id: int, why: str, email_of_actor: str | None) -> None:
    """Give a stuck effect up for good."""
    with cli.store.writing() as session:
        dead_letters.drop(session, outbox_id, why=why, now=cli.now(), actor=actor_for(session, email_of_actor))
    say(f"{outbox_id} is dropped.")


def _held_up_cells(one: HeldUp) -> tuple[str, str, str]:
    return one.what, one.sentence, f"{one.next_try:%d/%m/%Y %H:%M:%S}" if one.next_try else "once it is mended"


def _cells(line: OwedLine) -> tuple[object, ...]:
    return (
        line.id,
        f"{line.reference} {line.school}",
        f"{line.kind} “{line.name}”",
        line.recipient.replace("_", " "),
        line.status,
        line.attempts,
        f"{line.due_at:%d/%m/%Y %H:%M}",
        line.trouble,
    )
