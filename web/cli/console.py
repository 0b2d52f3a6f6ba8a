"""The command `recognition`: the group, and the last door for everything that goes wrong.

A `WorkflowError` is a sentence and an exit code. Anything else is a defect: its traceback goes to a log, and the
person sees one sentence that says where.
"""

import atexit
import gc
import logging
import os
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import click

from web.cli.lazy_group import LazyGroup
from web.cli.output import complain, explain
from workflow.errors import WorkflowError

_PLUGINS = "recognition.commands"
_STOPPED = 130
_UNFORESEEN = "Something went wrong that should not"
_CLICK = (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError)


class LastDoor(LazyGroup):
    """A group that finds further commands by their entry points and lets no traceback out."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(one.name for one in entry_points(group=_PLUGINS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        found = next(iter(entry_points(group=_PLUGINS, name=cmd_name)), None) if own is None else None
        command = found.load() if found else own
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except _CLICK:
            raise
        except WorkflowError as error:
            explain(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            complain("Stopped. Nothing was left half done.")
            ctx.exit(_STOPPED)
        except Exception as error:  # noqa: BLE001 (the last door: a defect becomes a log entry and a sentence)
            complain(_logged(ctx.obj.home if ctx.obj else Path(gettempdir()), error))
            ctx.exit(1)


def _logged(home: Path, error: Exception) -> str:
    """Writes the traceback to the log, and says where that is."""
    path = home / "recognition.log"
    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as trouble:
        return f"{_UNFORESEEN} ({type(error).__name__}), and it cannot be written down in {path}: {trouble.strerror}."
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("recognition.console")
    log.addHandler(handler)
    log.propagate = False
    log.error("A command stopped on a defect.", exc_info=error)
    log.removeHandler(handler)
    handler.close()
    return f"{_UNFORESEEN}. It is written down in {path}; please report it."


#: Where each command stands under the name that people type, and the first sentence of its help.
_COMMANDS = {
    "appointment = appointments.appointment:appointment": "Agree dates, and record what happened.",
    "audit = operations.audit:audit": "Check the history.",
    "backup = operations.backup:backup_command": "Save the whole record into FILE, while everything runs.",
    "bulk = engagements.bulk:bulk_group": "Do one thing for many engagements.",
    "calendar = appointments.calendar:calendar": (
        "Count days, keep a school's own dates, and see what a changed calendar moves."
    ),
    "certificate = people.certificate:certificate": "Check certificates, withdraw them and replace them.",
    "db = operations.database:db": "Look after the database.",
    "doctor = operations.doctor:doctor": "Check this installation.",
    "engagement = engagements.engagement:engagement": "Look at the schools' journeys.",
    "evidence = people.evidence:evidence_group": "Send in evidence, review it, and look at it.",
    "fire = engagements.fire:fire": "Fire a trigger, as an advisor's click does.",
    "import = operations.imports:import_": "Bring in schools, orders and staff from CSV or Excel.",
    "keys = operations.keys:keys": "Look after the keys that history is sealed with.",
    "offer = offers.offer:offer": "Prove, list, draw, compare and explain offers.",
    "outbox = operations.outbox:outbox": "See what is owed, and free what is stuck.",
    "participant = people.participant:participant": "Say who takes part, and what each has done.",
    "person = people.person:person": "Give somebody a copy of everything about them, or erase them.",
    "privacy = operations.privacy:privacy_group": "See what has been kept for long enough, and let it go.",
    "promises = engagements.promises:promises": "List the promises that are open, what is late first.",
    "reader = people.reader:reader": "Say who may read about several schools, such as those of a trust.",
    "restore = operations.backup:restore_command": "Bring a backup back into an empty home, on either database.",
    "school = engagements.school:school": "Give a school its link.",
    "simulate = simulation.simulate:simulate": "Rehearse the time to come on a copy of the record, in memory.",
    "undo = engagements.undo:undo_last": "Take the last step back: see what would follow first, then do it with --why.",
    "up = operations.up:up": "Run everything until Ctrl-C.",
    "user = operations.user:user": "Say who may sign in.",
    "visit = appointments.visit:visit": "Plan what has to be done after a visit, and see what is.",
}


@click.group(
    cls=LastDoor,
    deferred=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="recognition", message="%(version)s")
def recognition() -> None:
    """Runs the recognition offer to schools, from the day it is bought to the certificate.

    Exit codes: 0 done, 2 wrong usage, 3 refused by a guard, 4 conflict, 5 not found, 6 bad input, 7 not allowed,
    8 a check failed, 9 out of use for now.
    """


def main() -> None:
    """The entry point. At the end, when everything is dropped, nothing is looked through for dead objects."""
    atexit.register(gc.freeze)
    os.umask(0o077)
    recognition(prog_name="recognition")
