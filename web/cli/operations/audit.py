"""`recognition audit`: is the history the one that was written?"""

from dataclasses import asdict

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.progress import watching
from workflow.english import count_of
from workflow.errors import CheckFailed
from workflow.queries.audit import Audit, verify
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement


@click.group()
def audit() -> None:
    """Check the history."""


@audit.command(name="verify", epilog="Example: recognition audit verify CMC-26-0042-K")
@click.argument("ref", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def verify_history(cli: CliContext, ref: str | None, *, as_json: bool) -> None:
    """Replay the history of one engagement or of all, and find any edit, deletion, swap or cut tail."""
    with cli.store.reading() as session:
        found = _replayed(session, ref)
    if as_json:
        print_json({"checked": found.checked, "faults": [asdict(fault) for fault in found.faults]})
    elif found.faults:
        print_table(("Engagement", "Fault"), ((fault.reference, fault.sentence) for fault in found.faults))
    else:
        say(f"{count_of(found.checked, 'engagement')} checked; every history is whole.")
    if found.faults:
        raise CheckFailed(
            f"{count_of(len(found.faults), 'fault')} in the history. Compare with a backup before any repair."
        )


def _replayed(session: Session, ref: str | None) -> Audit:
    if ref:
        return verify(session, lookups.engagement_id(session, ref))
    total = session.scalar(select(func.count(Engagement.id))) or 0
    with watching("Replaying histories") as progress:
        return verify(session, progress=lambda done: progress(done, total))
