"""`recognition outbox`: what is owed, and what is stuck."""

from collections.abc import Sequence

import click
from sqlalchemy.orm import Session

from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.offer_option import of_offer
from web.cli.output import print_json, print_table, say
from workflow.backup.restore import list_held
from workflow.calendar.local_time import in_figures
from workflow.english import count_of
from workflow.queries.held_up import HeldUp, list_held_up
from workflow.queries.outbox import UNSETTLED, OwedLine, list_owed
from workflow.queries.outlines import editions_of, outlines_of
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
@of_offer
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, status: tuple[str, ...], offer: str, *, as_json: bool) -> None:
    """List owed effects, stuck ones first; what holds everything up is told whatever offer is asked for."""
    with cli.store.reading() as session:
        lines = list_owed(session, status or UNSETTLED, editions_of(session).read(offer))
        held_up = list_held_up(session, outlines_of(session))
    if as_json:
        print_json([line.as_json() for line in lines])
        return
    if lines:
        titles = ("Id", "Engagement", "What", "To", "Status", "Attempts", "Due (UTC)", "Trouble")
        print_table(titles, map(_cells, lines))
        for line in lines:
            if line.way_back:
                say(f"{line.id}: {line.way_back}")
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
    say(
        f"{count_of(number, 'thing')} held up will be tried again at once." if number else "Nothing waits for its time."
    )


_held = click.option("--held", is_flag=True, help="All that a restored backup holds back.")
_number = click.argument("outbox_id", metavar="[ID]", type=int, required=False)


@outbox.command(epilog="Example: recognition outbox retry 17")
@_number
@_held
@acting
@pass_cli
def retry(cli: CliContext, outbox_id: int | None, email_of_actor: str | None, *, held: bool) -> None:
    """Try a stuck effect again, now."""
    with cli.store.writing() as session:
        actor, numbers = actor_for(session, email_of_actor), _chosen(session, outbox_id, held=held)
        for number in numbers:
            dead_letters.retry(session, number, now=cli.now(), actor=actor)
    say(f"{_effects(numbers)} owed again and will be tried at once.")


def _chosen(session: Session, number: int | None, *, held: bool) -> list[int]:
    """One effect, or those that wait since a backup was restored."""
    if (number is None) is not held:
        raise click.UsageError("Say either which effect, by its ID, or --held.")
    return list_held(session) if number is None else [number]


def _effects(numbers: Sequence[int]) -> str:
    return f"{numbers[0]} is" if len(numbers) == 1 else f"{count_of(len(numbers), 'effect')} are"


@outbox.command(epilog="Example: recognition outbox drop 17 --why 'The school sent it on by hand'")
@_number
@_held
@click.option("--why", required=True, help="The reason, kept beside it.")
@acting
@pass_cli
def drop(cli: CliContext, outbox_id: int | None, why: str, email_of_actor: str | None, *, held: bool) -> None:
    """Give a stuck effect up for good."""
    with cli.store.writing() as session:
        actor, numbers = actor_for(session, email_of_actor), _chosen(session, outbox_id, held=held)
        for number in numbers:
            dead_letters.drop(session, number, why=why, now=cli.now(), actor=actor)
    say(f"{_effects(numbers)} dropped.")


def _held_up_cells(one: HeldUp) -> tuple[str, str, str]:
    return one.what, one.sentence, in_figures(one.next_try) if one.next_try else "once it is mended"


def _cells(line: OwedLine) -> tuple[object, ...]:
    return (
        line.id,
        f"{line.reference} {line.school}",
        f"{line.kind} “{line.name}”",
        line.recipient.replace("_", " "),
        line.status,
        line.attempts,
        in_figures(line.due_at),
        line.trouble,
    )
