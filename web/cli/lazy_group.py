"""A group of commands that imports a command when somebody types it, and not before.

Its table says where each command stands and the first sentence of its help, which is all that a list of commands needs.
"""

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import Any

import click

from workflow.scheduling.gc_pause import collecting_later

#: What click leaves around the sentences of a list of commands.
_MARGINS = 6


class LazyGroup(click.Group):
    """`deferred` says of each command where it stands, as entry points are written (`name = module:attribute`, the
    module below `web.cli`), and the first sentence of its help.
    """

    def __init__(self, *args: Any, deferred: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.deferred = {
            name: (where, sentence)
            for (name, _, where), sentence in ((line.partition(" = "), told) for line, told in (deferred or {}).items())
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.deferred})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.deferred:
            return super().get_command(ctx, cmd_name)
        # What an import makes stays to the end; looking through it for dead objects takes a tenth of the start.
        with collecting_later():
            command = resolve_name(f"web.cli.{self.deferred[cmd_name][0]}")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does it, but for the sentences, which come from the table."""
        names = self.list_commands(ctx)
        width = formatter.width - _MARGINS - max(map(len, names), default=0)
        rows = [(name, one.get_short_help_str(width)) for name in names if (one := self._listed(ctx, name))]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def _listed(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in self.deferred:
            return click.Command(name, help=self.deferred[name][1])
        return self.get_command(ctx, name)
