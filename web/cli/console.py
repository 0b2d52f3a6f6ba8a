"""The command `recognition`: the group, and the last door for everything that goes wrong.

A `WorkflowError` is a sentence and an exit code. Anything else is a defect: its traceback goes to a log, and the
person sees one sentence that says where.
"""

import logging
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import click

from web.cli.appointments import appointment, calendar, offered_dates, visit
from web.cli.context import CliContext
from web.cli.engagements import bulk, contact, engagement, fire, promises, school, succession, undo
from web.cli.operations import audit, database, doctor, imports, offer, outbox, up, user
from web.cli.output import complain, explain
from web.cli.people import certificate, evidence, participant
from web.cli.simulation import simulate
from workflow.errors import WorkflowError

_PLUGINS = "recognition.commands"
_STOPPED = 130
_UNFORESEEN = "Something went wrong that should not"
_CLICK = (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError)


class LastDoor(click.Group):
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
            complain(_logged(ctx.find_object(CliContext), error))
            ctx.exit(1)


def _logged(cli: CliContext | None, error: Exception) -> str:
    """Writes the traceback to the log, and says where that is."""
    path = (cli.home if cli else Path(gettempdir())) / "recognition.log"
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


@click.group(cls=LastDoor, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recognition", message="%(version)s")
@click.pass_context
def recognition(ctx: click.Context) -> None:
    """Runs the recognition offer to schools, from the day it is bought to the certificate.

    Exit codes: 0 done, 2 wrong usage, 3 refused by a guard, 4 conflict, 5 not found, 6 bad input, 7 not allowed,
    8 a check failed.
    """
    cli = ctx.ensure_object(CliContext)
    ctx.call_on_close(cli.close)


for command in (
    appointment.appointment, audit.audit, bulk.bulk, calendar.calendar, certificate.certificate, database.db,
    doctor.doctor,
    engagement.engagement, evidence.evidence,
    fire.fire, imports.import_, offer.offer, outbox.outbox, participant.participant, promises.promises, school.school,
    simulate.simulate, undo.undo, up.up, user.user, visit.visit,
):  # fmt: skip
    recognition.add_command(command)
for command in offered_dates.COMMANDS:
    appointment.appointment.add_command(command)
school.school.add_command(succession.succeed)
for command in (succession.join, contact.hand_over, contact.message):
    engagement.engagement.add_command(command)


def main() -> None:
    """The entry point."""
    recognition(prog_name="recognition")
