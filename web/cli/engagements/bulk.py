"""`recognition bulk`: one thing for many engagements: look first, then do it row by row."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from web.cli.arguments import acting, actor_for, local_time, offers_in
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.english import count_of
from workflow.errors import BadInput
from workflow.usecases import bulk, users
from workflow.usecases.bulk import BulkRequest, BulkResult

_REFUSED = 3
F = TypeVar("F", bound=Callable[..., Any])


@click.group(name="bulk")
def bulk_group() -> None:
    """Do one thing for many engagements. Without --yes you only see what would happen."""


def _many(command: F) -> F:
    """What every such command takes: which engagements, who does it, and whether it is meant."""
    for option in (
        click.argument("refs", metavar="REF...", nargs=-1),
        click.option(
            "--file",
            "file",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="A file with one reference a line.",
        ),
        click.option("--yes", is_flag=True, help="Do it. Without this you only see what would happen."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        acting,
    ):
        command = option(command)
    return command


@bulk_group.command(
    name="hand-over", epilog="Example: recognition bulk hand-over --to jo@example.org --note Hi CMC-26-0042-K"
)
@click.option("--to", required=True, metavar="EMAIL", help="Who looks after the schools from now on.")
@click.option("--note", required=True, help="What they should know; each school's history keeps it.")
@_many
@pass_cli
def hand_over(cli: CliContext, /, *, to: str, note: str, email_of_actor: str | None, **which: Any) -> None:
    """Hand schools over to another advisor."""
    with cli.store.reading() as session:
        values = {"to": str(users.actor(session, to).user_id)}
        wish = BulkRequest("hand_over", values, note, actor_for(session, email_of_actor))
    _carry_out(cli, wish, **which)


@bulk_group.command(
    epilog="Example: recognition bulk book training_1 2026-12-01T13:30 CMC-26-0042-K CMC-26-0057-P --yes"
)
@click.argument("kind")
@click.argument("when")
@click.option("--place", default="", help="Where it will be.")
@_many
@pass_cli
def book(cli: CliContext, /, kind: str, when: str, *, place: str, email_of_actor: str | None, **which: Any) -> None:
    """Agree one date for several schools. WHEN is local time, such as 2026-12-01T13:30."""
    starts_at = local_time(when, offers_in(cli).latest()).isoformat()
    with cli.store.reading() as session:
        values = {"kind": kind, "starts_at": starts_at, "place": place}
        wish = BulkRequest("book", values, "", actor_for(session, email_of_actor))
    _carry_out(cli, wish, **which)


@bulk_group.command(
    epilog="Example: recognition bulk message --text 'We are closed until 4 January.' CMC-26-0042-K --yes"
)
@click.option("--text", required=True, help="What the school leads are told.")
@_many
@pass_cli
def message(cli: CliContext, /, *, text: str, email_of_actor: str | None, **which: Any) -> None:
    """Send a message to several schools."""
    with cli.store.reading() as session:
        wish = BulkRequest("message", {}, text, actor_for(session, email_of_actor))
    _carry_out(cli, wish, **which)


@bulk_group.command(epilog="Example: recognition bulk resume 7")
@click.argument("job", type=click.IntRange(min=1))
@pass_cli
def resume(cli: CliContext, job: int) -> None:
    """Go on with a job that was stopped in the middle. Rows that are done stay as they are."""
    lines = list(bulk.run(cli.store, job, cli.now))
    _show(lines)
    say(f"{count_of(len(lines), 'row')} done now.")


@bulk_group.command(epilog="Example: recognition bulk show 7")
@click.argument("job", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def show(cli: CliContext, job: int, *, as_json: bool) -> None:
    """Show how far a job has come."""
    with cli.store.reading() as session:
        lines = bulk.progress(session, job)
    _print(lines, as_json=as_json)


def _carry_out(
    cli: CliContext, wish: BulkRequest, *, refs: tuple[str, ...], file: Path | None, yes: bool, as_json: bool
) -> None:
    references = [*refs, *(file.read_text(encoding="utf-8").split() if file else ())]
    if not references:
        raise BadInput("Name at least one engagement, or a file of references with --file.")
    lines = bulk.preview(cli.store, wish, references, cli.now())
    if not yes:
        _print(lines, as_json=as_json)
        if not as_json:
            say("Nothing has changed. To do it, add --yes.")
    else:
        good = [line.reference for line in lines if not line.refused]
        refused = [line for line in lines if line.refused]
        done = _do(cli, wish, good, as_json=as_json) if good else []
        _print([*done, *refused], as_json=as_json)
    if all(line.refused for line in lines):
        raise click.exceptions.Exit(_REFUSED)


def _do(cli: CliContext, wish: BulkRequest, references: list[str], *, as_json: bool) -> list[BulkResult]:
    job = bulk.start(cli.store, wish, references, cli.now())
    if not as_json:
        say(f"Job {job}. If it stops in the middle: “recognition bulk resume {job}”.")
    return list(bulk.run(cli.store, job, cli.now))


def _print(lines: Iterable[BulkResult], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"ref": one.reference, "school": one.school, "result": one.result, "refused": one.refused}
                for one in lines
            ]
        )
    else:
        _show(lines)


def _show(lines: Iterable[BulkResult]) -> None:
    print_table(
        ("Engagement", "School", "Result"),
        [(one.reference, one.school, f"refused: {one.result}" if one.refused else one.result) for one in lines],
    )
