"""`recognition calendar`: which days count for a school, and what moves when they change."""

from datetime import date
from pathlib import Path

import click

from web.cli.arguments import DAY, acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.table_file import TABLE, opened
from workflow.calendar.explanation import explain
from workflow.calendar.local_time import day_told
from workflow.calendar.span import Span
from workflow.engine.catalogue import offers_of
from workflow.english import count_of
from workflow.imports import school_dates
from workflow.offer.installed.newest import newest
from workflow.scheduling import reschedule
from workflow.scheduling.reschedule import Difference

_LIMIT = 1_000_000


@click.group()
def calendar() -> None:
    """Count days, keep a school's own dates, and see what a changed calendar moves."""


@calendar.command(epilog="Example: recognition calendar count 2026-10-21 '5 school days'")
@click.argument("start", type=DAY)
@click.argument("length")
@click.option("--before", is_flag=True, help="Count back from the day instead of on.")
@click.option("--offer", "code", metavar="CODE", help="On the calendar of this offer alone.")
@pass_cli
def count(cli: CliContext, start: date, length: str, *, before: bool, code: str | None) -> None:
    """Say which day is so many days, council days or school days after START, and why.

    Where offers count otherwise than one another, each is told with its own day.
    """
    try:
        span = Span.parse(length)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with cli.store.reading() as session:
        offers = (offers_of(session).latest(code),) if code else newest(offers_of(session))
    told = [(one.offer.title, explain(one.calendar, start, span.back if before else span)) for one in offers]
    alike = len({words for _, words in told}) == 1
    for title, words in told[:1] if alike else told:
        say(f"{words}." if alike else f"{title}: {words}.")


@calendar.command(epilog="Example: recognition calendar school 900001 term-dates.csv --apply")
@click.argument("urn")
@click.argument("file", type=TABLE)
@click.option("--apply", "applied", is_flag=True, help="Keep the dates and move what they move.")
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
@acting
@pass_cli
def school(cli: CliContext, urn: str, file: Path, *, applied: bool, as_json: bool, email_of_actor: str | None) -> None:
    """Read a school's own terms, INSET days and closures (columns What, Name, From, To) and show what they move.

    Nothing is kept without --apply. The list replaces the one the school gave before.
    """
    with opened(file, _LIMIT) as sheet, cli.store.writing() as session:
        kept = school_dates.keep(session, urn, sheet)
        found = reschedule.differences(session, urn)
        _tell(found, as_json=as_json)
        if applied:
            reschedule.apply(session, found, actor=actor_for(session, email_of_actor), now=cli.now())
        else:
            session.rollback()
    if not as_json:
        say(f"{count_of(kept, 'date')} kept." if applied else "Nothing was kept. Add --apply to keep these dates.")


@calendar.command(epilog="Example: recognition calendar check --apply")
@click.option("--apply", "applied", is_flag=True, help="Move the days that differ.")
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
@acting
@pass_cli
def check(cli: CliContext, *, applied: bool, as_json: bool, email_of_actor: str | None) -> None:
    """Count every open promise and timer again on the calendars of today, and show what falls on another day."""
    with cli.store.writing() as session:
        found = reschedule.differences(session)
        _tell(found, as_json=as_json)
        if applied:
            reschedule.apply(session, found, actor=actor_for(session, email_of_actor), now=cli.now())
    if not as_json and found:
        say("Moved." if applied else "Nothing was moved. Add --apply to move them.")


def _tell(found: list[Difference], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "ref": one.reference,
                    "what": one.what,
                    "was": one.was.isoformat(),
                    "becomes": one.becomes.isoformat(),
                    "why": one.why,
                }
                for one in found
            ]
        )
    elif not found:
        say("Nothing moves: every open promise and timer falls on the same day.")
    else:
        print_table(
            ("Engagement", "What", "Was", "Becomes"),
            ((one.reference, one.what.replace("-", " "), day_told(one.was, one.zone), one.why) for one in found),
        )
