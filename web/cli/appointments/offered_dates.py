"""`recognition appointment dates`: what a school can choose from."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.calendar.local_time import moment_told
from workflow.store import lookups
from workflow.store.tables.appointment import Appointment, OfferedDate


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
            ("Number", "What", "When"),
            [(one.id, kind, moment_told(one.starts_at)) for one, kind in rows],
        )
    else:
        say("No dates are on offer.")


def _offered(session: Session, engagement_id: int) -> list[tuple[OfferedDate, str]]:
    rows = session.execute(
        select(OfferedDate, Appointment.kind)
        .join(Appointment, Appointment.id == OfferedDate.appointment_id)
        .where(Appointment.engagement_id == engagement_id, Appointment.status == "offered")
        .order_by(OfferedDate.starts_at)
    )
    return [(one, kind) for one, kind in rows]
