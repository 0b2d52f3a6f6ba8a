"""`recognition appointment`, continued: dates offered to a school, chosen by it, and called off."""

from datetime import UTC

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.arguments import acting, asked, local_time, offer_of
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.status_line import say_where_it_is
from workflow.english import count_of, day_in_words
from workflow.store import lookups
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.usecases import appointments


@click.command(
    epilog="Example: recognition appointment offer CMC-26-0042-K training_1 2026-12-01T13:30 2026-12-03T09:00"
)
@click.argument("ref")
@click.argument("kind")
@click.argument("whens", metavar="WHEN...", nargs=-1, required=True)
@click.option("--place", default="", help="Where it will be.")
@acting
@pass_cli
def offer(
    cli: CliContext, ref: str, kind: str, whens: tuple[str, ...], *, place: str, email_of_actor: str | None
) -> None:
    """Offer the school dates to choose from. WHEN is local time, such as 2026-12-01T13:30."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        days = [local_time(when, offer_of(session, engagement_id)).astimezone(UTC) for when in whens]
        appointments.offer(session, engagement_id, kind, days, place=place, **who)
        say(f"{count_of(len(set(days)), 'date')} offered. The school can choose one: “recognition appointment dates”.")
    say_where_it_is(cli, engagement_id)


@click.command(epilog="Example: recognition appointment dates CMC-26-0042-K")
@click.argument("ref")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def dates(cli: CliContext, ref: str, *, as_json: bool) -> None:
    """List the dates that are offered and not chosen yet."""
    with cli.store.reading() as session:
        rows = _offered(session, lookups.engagement_id(session, ref))
    if as_json:
        print_json([{"id": one.id, "kind": kind, "starts_at": one.starts_at.isoformat()} for one, kind in rows])
    elif rows:
        print_table(
            ("Number", "What", "When (UTC)"),
            [(one.id, kind, f"{day_in_words(one.starts_at.date())} at {one.starts_at:%H:%M}") for one, kind in rows],
        )
    else:
        say("No dates are on offer.")


@click.command(epilog="Example: recognition appointment accept CMC-26-0042-K 7")
@click.argument("ref")
@click.argument("number", type=click.IntRange(min=1))
@acting
@pass_cli
def accept(cli: CliContext, ref: str, number: int, email_of_actor: str | None) -> None:
    """Choose one of the offered dates, by its number, as the school does."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        chosen = appointments.accept(session, engagement_id, number, **who)
        known = offer_of(session, engagement_id)
        local = chosen.starts_at.astimezone(known.calendar.zone)
        say(f"{known.appointment[chosen.kind].title} is on {day_in_words(local.date())} at {local:%H:%M}.")
    say_where_it_is(cli, engagement_id)


@click.command(epilog="Example: recognition appointment cancel CMC-26-0042-K training_1 --reason weather")
@click.argument("ref")
@click.argument("kind")
@click.option("--reason", default="", metavar="CODE", help="Why; a wrong code lists them all.")
@click.option("--note", help="What is written beside the event.")
@acting
@pass_cli
def cancel(cli: CliContext, ref: str, kind: str, *, reason: str, note: str | None, email_of_actor: str | None) -> None:
    """Call off the date that lies ahead. Those invited are told, and it leaves their calendars."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        appointments.cancel(session, engagement_id, kind, reason=reason, note=note, **who)
        say("The date is cancelled.")
    say_where_it_is(cli, engagement_id)


def _offered(session: Session, engagement_id: int) -> list[tuple[OfferedDate, str]]:
    rows = session.execute(
        select(OfferedDate, Appointment.kind)
        .join(Appointment, Appointment.id == OfferedDate.appointment_id)
        .where(Appointment.engagement_id == engagement_id, Appointment.status == "offered")
        .order_by(OfferedDate.starts_at)
    )
    return [(one, kind) for one, kind in rows]
