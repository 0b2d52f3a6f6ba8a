"""`recognition audit`: is the history the one that was written?"""

from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import entry_points
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.progress import watching
from workflow.calendar.local_time import moment_told
from workflow.domain import reference
from workflow.domain.email_address import email_address
from workflow.english import count_of
from workflow.errors import BadInput, CheckFailed, Conflict
from workflow.queries.audit import Audit, Fault, verify
from workflow.store import lookups
from workflow.store.history import checkpoint
from workflow.store.history.checkpoint import Checkpoint
from workflow.store.tables.engagement import Engagement


@click.group()
def audit() -> None:
    """Check the history."""


@audit.command(name="verify", epilog="Example: recognition audit verify --against checkpoint-november.json")
@click.argument("ref", required=False)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that was kept elsewhere: shows what was set back since.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def verify_history(cli: CliContext, ref: str | None, against: Path | None, *, as_json: bool) -> None:
    """Replay the history of one engagement or of all, and find whatever was not written by this service.

    That is any edit, deletion, swap or cut tail, and rows that no event vouches for.
    """
    known = checkpoint.read(against.read_text(encoding="utf-8")) if against else None
    with cli.store.reading() as session:
        found = _replayed(session, ref)
        faults = [*found.faults, *_set_back(session, known, ref)]
    if as_json:
        told = [asdict(fault) for fault in faults]
        print_json({"checked": found.checked, "older": found.older, "faults": told})
    elif faults:
        print_table(("Engagement", "Fault"), ((fault.reference, fault.sentence) for fault in faults))
    else:
        for sentence in _whole(found, known):
            say(sentence)
    if faults:
        raise CheckFailed(f"{count_of(len(faults), 'fault')} in the history. Compare with a backup before any repair.")


def _set_back(session: Session, known: Checkpoint | None, ref: str | None) -> list[Fault]:
    if known is None:
        return []
    faults = [Fault(*one) for one in checkpoint.faults_against(session, known)]
    return faults if ref is None else [one for one in faults if one.reference in (reference.parse(ref), "checkpoint")]


def _whole(found: Audit, known: Checkpoint | None) -> Iterator[str]:
    yield f"{count_of(found.checked, 'engagement')} checked; every history is whole."
    if found.older:
        yield (
            f"{count_of(found.older, 'engagement')} of these began before histories were sealed. What they did until "
            "then is known to be unchanged only since it was sealed as it stood."
        )
    if known is not None:
        count, made = count_of(len(known.heads), "engagement"), moment_told(known.made_at)
        yield f"All that the checkpoint of {made} knew of {count} is there, unchanged."


@audit.command(name="checkpoint", epilog="Example: recognition audit checkpoint /media/safe/26-november.json")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--mail", "to", help="An address to send it to as well.")
@pass_cli
def take_checkpoint(cli: CliContext, file: Path, to: str | None) -> None:
    """Write into FILE how far every history has come. Keep it where nobody who runs this service can change it."""
    address = _address(to) if to else None
    with cli.store.reading() as session:
        taken = checkpoint.take(session, cli.now())
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(checkpoint.written(taken), encoding="utf-8")
    except FileExistsError:
        raise Conflict(f"{file} is there already. A checkpoint is never written over another.") from None
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}). Choose another place.") from None
    say(f"{count_of(len(taken.heads), 'engagement')} noted in {file}. Later, “recognition audit verify --against” it.")
    if address:
        _send(cli, address, file.name, checkpoint.written(taken))
        say(f"Sent to {address}.")


def _address(text: str) -> str:
    try:
        return email_address(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _send(cli: CliContext, to: str, name: str, content: str) -> None:
    """By the tasks, which are found through their entry point: console and tasks stay apart."""
    found = next(iter(entry_points(group="recognition.services", name="send_checkpoint")), None)
    if found is None:
        raise CheckFailed(
            "This installation was made before checkpoints could be sent. Install it anew, or leave --mail."
        )
    found.load()(cli.settings, to, name, content, cli.now())


def _replayed(session: Session, ref: str | None) -> Audit:
    if ref:
        return verify(session, lookups.engagement_id(session, ref))
    total = session.scalar(select(func.count(Engagement.id))) or 0
    with watching("Replaying histories") as progress:
        return verify(session, progress=lambda done: progress(done, total))
