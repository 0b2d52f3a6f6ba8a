"""`recognition keys`: what history is sealed with. The keys are in a file, never in the database."""

from datetime import timedelta

import click

from web.cli.context import CliContext, pass_cli
from web.cli.operations.database import make_key
from web.cli.output import print_json, print_table, say
from workflow.calendar.local_time import moment_told
from workflow.store.history.keys import Key


@click.group()
def keys() -> None:
    """Look after the keys that history is sealed with."""


@keys.command(name="list", epilog="Example: recognition keys list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_keys(cli: CliContext, *, as_json: bool) -> None:
    """List the keys that are known here, never the secrets."""
    ring = cli.settings.keys()
    if as_json:
        print_json([_as_json(one) for one in ring.keys])
        return
    print_table(("Key", "Made", "Seals"), ((one.name, moment_told(one.made_at), _told(one)) for one in ring.keys))


def _as_json(key: Key) -> dict[str, str | None]:
    until = None if key.until is None else key.until.isoformat()
    return {"name": key.name, "made_at": key.made_at.isoformat(), "until": until}


def _told(key: Key) -> str:
    return "what happens now" if key.until is None else f"nothing after {moment_told(key.until)}"


@keys.command(epilog="Example: recognition keys make")
@pass_cli
def make(cli: CliContext) -> None:
    """Make the first key, or one in place of keys that are lost. “db upgrade” and “up” make the first by themselves.

    What lost keys sealed can then not be checked any more.
    """
    make_key(cli)


@keys.command(epilog="Example: recognition keys rotate --overlap 2")
@click.option(
    "--overlap",
    type=click.FloatRange(min=0, max=720),
    default=24,
    show_default=True,
    help="For how many hours the key before may still seal, in programs that have not learnt of the new one.",
)
@pass_cli
def rotate(cli: CliContext, overlap: float) -> None:
    """Put a new key in place of the one in use. Older ones are kept, to check what they sealed."""
    file = cli.settings.keys
    new = file.rotate(cli.now(), timedelta(hours=overlap))
    say(
        f"The key {new.name} seals from now on. Copy {file.path} to every other machine of the service within "
        f"{overlap:g} hours, and to where you keep the keys; programs that run learn of it by themselves."
    )
