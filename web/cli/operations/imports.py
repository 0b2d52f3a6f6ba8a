"""`recognition import`: schools, orders and staff lists from the files people have.

A file with problems changes nothing until it is clean, or until its good rows are accepted with --accept-good. The file
`-` is standard input.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from web.cli.arguments import actor_for, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_problems, say
from web.cli.progress import watching
from web.cli.status_line import say_where_it_is
from web.cli.table_file import TABLE, opened
from workflow.english import count_of
from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.orders.sold import sold_by
from workflow.imports.purchases import import_purchases
from workflow.imports.school_links import import_links
from workflow.imports.schools import import_schools
from workflow.imports.staff import import_staff

_SCHOOLS_LIMIT = 100_000_000
_LIST_LIMIT = 2_000_000
F = TypeVar("F", bound=Callable[..., Any])


def _importing(command: F) -> F:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
        click.option("--accept-good", is_flag=True, help="Write the good rows although others have problems."),
        click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing."),
    ):
        command = option(command)
    return command


@click.group(name="import")
def import_() -> None:
    """Bring in schools, orders and staff from CSV or Excel."""


@import_.command(epilog="Example: recognition import schools edubasealldata20261101.csv --dry-run")
@click.argument("file", type=TABLE)
@_importing
@pass_cli
def schools(cli: CliContext, /, file: Path, **options: bool) -> None:
    """Bring in the register of schools: the establishments CSV from GIAS, whole or in part."""
    mode = _mode(options)
    with opened(file, _SCHOOLS_LIMIT) as sheet, _session(cli, mode) as session:
        report = import_schools(session, sheet, now=cli.now(), mode=mode)
    _tell(report, options)
    _leave(report, options)


@import_.command(epilog="Example: recognition import links links_edubasealldata20261101.csv")
@click.argument("file", type=TABLE)
@_importing
@pass_cli
def links(cli: CliContext, /, file: Path, **options: bool) -> None:
    """Bring in the register's list of links, which says which school takes whose place."""
    mode = _mode(options)
    with opened(file, _SCHOOLS_LIMIT) as sheet, _session(cli, mode) as session:
        report = import_links(session, sheet, mode=mode)
    _tell(report, options)
    _leave(report, options)


@import_.command(epilog="Example: recognition import purchases orders.csv --offer mentoring")
@click.argument("file", type=TABLE)
@click.option("--offer", metavar="CODE", help="Orders of this offer alone; else each finds its own.")
@click.option("--as", "email_of_actor", metavar="EMAIL", default="system", help="Who does this, if not the system.")
@_importing
@pass_cli
def purchases(cli: CliContext, /, file: Path, offer: str | None, email_of_actor: str, **options: bool) -> None:
    """Begin an engagement for each new order in the portal's export."""
    mode = _mode(options)
    with (
        opened(file, _LIST_LIMIT) as sheet,
        watching("Beginning engagements") as told,
        _session(cli, mode) as session,
    ):
        actor = actor_for(session, email_of_actor)
        report = import_purchases(
            session, sold_by(session, offer), sheet, actor=actor, now=cli.now(), mode=mode, told=told
        )
    _tell(report, options)
    _leave(report, options)


@import_.command(epilog="Example: recognition import staff CMC-26-0042-K staff.xlsx")
@click.argument("ref")
@click.argument("file", type=TABLE)
@click.option("--as", "email_of_actor", metavar="EMAIL", default="system", help="Who does this, if not the system.")
@_importing
@pass_cli
def staff(cli: CliContext, /, ref: str, file: Path, email_of_actor: str, **options: bool) -> None:
    """Nominate the people on a school's staff list."""
    mode = _mode(options)
    with opened(file, _LIST_LIMIT) as sheet, _session(cli, mode) as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        report = import_staff(session, engagement_id, sheet, mode=mode, **who)
    _tell(report, options)
    if report.written and not options["as_json"]:
        say_where_it_is(cli, engagement_id)
    _leave(report, options)


def _mode(options: dict[str, bool]) -> Mode:
    if options["dry_run"]:
        return Mode.CHECK
    return Mode.GOOD_ROWS if options["accept_good"] else Mode.WHOLE


@contextmanager
def _session(cli: CliContext, mode: Mode) -> Iterator[Session]:
    """One transaction; a rehearsal gets one that is never committed."""
    if mode is Mode.CHECK:
        with cli.store.reading() as session:
            yield session
    else:
        with cli.store.writing() as session:
            yield session


def _tell(report: ImportReport, options: dict[str, bool]) -> None:
    if options["as_json"]:
        print_json(report.as_json())
    else:
        _say(report)


def _leave(report: ImportReport, options: dict[str, bool]) -> None:
    """Exit code 6 when there are problems that nobody accepted."""
    if report.problems and not options["accept_good"]:
        click.get_current_context().exit(BadInput.exit_code)


def _say(report: ImportReport) -> None:
    for note in report.notes:
        say(note)
    if report.problems:
        print_problems(report.problems)
    verb = "" if report.written else "would be "
    say(
        f"{count_of(report.added, report.noun)} {verb}added, {report.changed:,} {verb}changed, "
        f"{report.unchanged:,} unchanged" + (f", {report.ignored:,} left out." if report.ignored else ".")
    )
    if report.problems and not report.written:
        say(
            f"Nothing was written: {count_of(len(report.problems), 'problem')}. Mend the file and import it again, "
            "or add --accept-good to take the good rows."
        )
