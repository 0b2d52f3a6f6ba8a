"""`recognition bulk`: one thing for many engagements: look first, then do it row by row."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from web.cli.act_fields import params_of, values_of
from web.cli.arguments import acting, actor_for, offer_of
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.acts.act import Act, Many, Occasion
from workflow.acts.bulk import jobs, request, work
from workflow.acts.bulk.jobs import JobLine
from workflow.acts.bulk.request import BulkRequest, BulkResult, Outlook
from workflow.acts.bulk.take_back import KIND
from workflow.engine.catalogue import offers_of
from workflow.english import count_of, listed
from workflow.errors import BadInput, NotFound
from workflow.offer.definition import Offer
from workflow.offer.installed.newest import newest
from workflow.store import lookups

_REFUSED = 3
F = TypeVar("F", bound=Callable[..., Any])


class BulkGroup(click.Group):
    """A list of its commands leaves out what no offer that is installed has anything for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        closed = _closed_here(ctx.obj) if isinstance(ctx.obj, CliContext) else set()
        return [name for name in super().list_commands(ctx) if name not in closed]


def _closed_here(cli: CliContext) -> set[str]:
    store = cli.record_there
    if store is None:
        return set()
    with store.reading() as session:
        here = request.open_here(session)
    return {_called(name) for name in request.MANY if name not in here}


def _called(verb: str) -> str:
    return verb.replace("_", "-")


@click.group(name="bulk", cls=BulkGroup)
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
        click.option("--of", metavar="VERSION", help="All under way of this version, such as mentoring-2026-09."),
        click.option("--yes", is_flag=True, help="Do it. Without this you only see what would happen."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        acting,
    ):
        command = option(command)
    return command


def _command(act: Act, many: Many) -> click.Command:
    """One act for many. What is not asked of each engagement alone comes first; the references end the line."""
    name = _called(act.name)
    epilog = f"Example: recognition bulk {name} {many.example}"
    params = [param for field in request.asked(act) for param in params_of(field)]
    needed = [param for param in params if isinstance(param, click.Option) and param.required]

    @bulk_group.command(name=name, help=many.help, epilog=epilog)
    @_many
    @pass_cli
    def run(cli: CliContext, /, *, email_of_actor: str | None, **given: Any) -> None:
        _ask_for([one for one in needed if not str(given[str(one.name)] or "").strip()])
        which = {part: given.pop(part) for part in ("yes", "as_json")}
        named = (given.pop("refs"), given.pop("file"), given.pop("of"))
        with cli.store.reading() as session:
            request.agree_open(session, act.name)
            references = _references(session, *named)
            offer = _offer_of(session, references)
            on = Occasion(session, 0, offer, actor_for(session, email_of_actor), cli.now())
            values, note = request.values_of(session, act, values_of(request.asked(act), given, on))
        _carry_out(cli, BulkRequest(act.name, values, note, on.actor), references, **which)

    for one in needed:
        one.required, one.help = False, f"{one.help}  [required]"
    run.params[:0] = params
    return run


def _ask_for(missing: list[click.Option]) -> None:
    """Everything that is missing in one sentence. Raises UsageError."""
    words = [f"{one.opts[0]} ({_first(one.help or '')})" for one in missing]
    if words:
        raise click.UsageError(f"Add {listed(words)}.")


def _first(help_text: str) -> str:
    """What an option is for, in the middle of a sentence."""
    words = help_text.partition("  ")[0].partition(";")[0].rstrip(".")
    return words[:1].lower() + words[1:]


def _references(session: Session, refs: tuple[str, ...], file: Path | None, of: str | None) -> list[str]:
    """Raises BadInput where none is named."""
    references = [*refs, *(file.read_text(encoding="utf-8").split() if file else ())]
    if of is not None:
        references += lookups.under_way(session, of)
        if not references:
            raise BadInput(f"No engagement under way is of {of}. “recognition offer list” says which there are.")
    if not references:
        raise BadInput("Name at least one engagement, a file of references with --file, or a version with --of.")
    return list(dict.fromkeys(references))


def _offer_of(session: Session, references: list[str]) -> Offer:
    """By whose clock times are read: the first engagement's that is found, else any."""
    for reference in references:
        with suppress(NotFound):
            return offer_of(session, lookups.engagement_id(session, reference))
    return newest(offers_of(session))[0]


@bulk_group.command(name="take-back", epilog=f"Example: recognition bulk take-back {KIND.example}")
@click.argument("job", type=click.IntRange(min=1))
@click.option("--why", required=True, metavar="TEXT", help="The reason, which whoever was told is told as well.")
@click.option("--yes", is_flag=True, help="Do it. Without this you only see what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
@pass_cli
def take_back(cli: CliContext, job: int, *, why: str, yes: bool, as_json: bool, email_of_actor: str | None) -> None:
    """Take back what a job did, where nothing has happened since."""
    with cli.store.reading() as session:
        wish, references = request.to_take_back(session, job, why, actor_for(session, email_of_actor))
    _carry_out(cli, wish, references, yes=yes, as_json=as_json)


@bulk_group.command(epilog="Example: recognition bulk resume 7")
@click.argument("job", type=click.IntRange(min=1))
@pass_cli
def resume(cli: CliContext, job: int) -> None:
    """Go on with a job that was stopped in the middle. Rows that are done stay as they are."""
    lines = list(work.run(cli.store, job, cli.now))
    _show(lines)
    say(f"{count_of(len(lines), 'row')} done now.")


@bulk_group.command(epilog="Example: recognition bulk show 7")
@click.argument("job", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def show(cli: CliContext, job: int, *, as_json: bool) -> None:
    """Show how far a job has come."""
    with cli.store.reading() as session:
        lines = [_told(line) for line in jobs.lines(session, job)]
    _print(lines, as_json=as_json)


def _told(line: JobLine) -> BulkResult:
    """A row that is still to do says so, whatever is foreseen for it."""
    planned = line.status == "planned"
    outlook: Outlook = "refused" if line.status == "refused" else "possible"
    return BulkResult(line.reference, line.school, "planned" if planned else line.result, outlook, line.messages)


def _carry_out(cli: CliContext, wish: BulkRequest, references: list[str], *, yes: bool, as_json: bool) -> None:
    lines = request.preview(cli.store, wish, references, cli.now())
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
    job = jobs.start(cli.store, wish, references, cli.now())
    if not as_json:
        say(f"Job {job}. If it stops in the middle: “recognition bulk resume {job}”.")
    return list(work.run(cli.store, job, cli.now))


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


for _act in request.MANY.values():
    if _act.many:
        _command(_act, _act.many)
