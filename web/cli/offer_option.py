"""`--offer`: which of several offers a list is of. It loads nothing, as lists are asked for many times a day."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def of_offer(command: F) -> F:
    """Adds the option --offer to a command that lists, which receives it as `offer`."""
    option = click.option(
        "--offer",
        "offer",
        default="",
        metavar="CODE",
        help="Only those under this offer, or under one version of it, such as mentoring-2026-09.",
    )
    return option(command)
