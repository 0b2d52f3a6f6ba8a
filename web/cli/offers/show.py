"""`recognition offer show`: what is installed under a name, and when it came to be so."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, say
from workflow.calendar.local_time import moment_told
from workflow.english import count_of
from workflow.errors import BadInput, CheckFailed
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.store.tables.user import User
from workflow.usecases.offers import revisions
from workflow.usecases.offers.shelf import write_out


@click.command(epilog="Example: recognition offer show mentoring-2026-09")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def show(cli: CliContext, name: str, *, as_json: bool) -> None:
    """Tell the revisions of an installed offer. NAME is its code with its version."""
    with cli.store.reading() as session:
        newest = revisions.named(session, name)
        rows = [_row(session, one) for one in revisions.of(session, newest.code, newest.version)]
    if as_json:
        print_json(rows)
        return
    say(f"{name}, revision {newest.revision}, is in use.")
    for row in rows:
        since = moment_told(datetime.fromisoformat(row["since"]))
        say(f"  revision {row['revision']}: since {since}, {count_of(row['files'], 'file')}, by {row['by']}")


def _row(session: Session, one: OfferRevision) -> dict[str, Any]:
    by = session.get(User, one.installed_by) if one.installed_by else None
    return {
        "revision": one.revision,
        "since": one.installed_at.isoformat(),
        "by": by.name if by else "the system",
        "files": len(one.files),
        "digest": one.digest,
    }


def give_out(cli: CliContext, name: str, number: int | None, folder: Path) -> str:
    """Writes a revision's files into a new folder. Raises BadInput where there is one, CheckFailed for lost files."""
    if folder.exists():
        raise BadInput(f"{folder} is there already. Name a folder that is not.")
    with cli.store.reading() as session:
        revision = revisions.named(session, name, number)
        if trouble := write_out(session, revision, folder):
            raise CheckFailed(trouble)
        return f"{name}, revision {revision.revision}, is in {folder}."
