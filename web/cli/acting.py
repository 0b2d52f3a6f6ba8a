"""Who a command acts as: `--as EMAIL`, `--as system`, or the one user there is."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from workflow import people
from workflow.actor import SYSTEM, Actor

F = TypeVar("F", bound=Callable[..., Any])


def acting(command: F) -> F:
    """Adds the option --as to a command, which receives it as `email_of_actor`."""
    option = click.option(
        "--as", "email_of_actor", metavar="EMAIL", help="Who does this; “system” for the system itself. "
        "May be left out when there is only one user."
    )  # fmt: skip
    return option(command)


def actor_for(session: Session, email: str | None) -> Actor:
    """Raises NotFound for an address without an account, UsageError when it has to be said."""
    if email == SYSTEM.role:
        return SYSTEM
    if email:
        return people.actor(session, email)
    everyone = people.everyone(session)
    if len(everyone) != 1:
        raise click.UsageError("Say who does this: --as EMAIL, or --as system.")
    return Actor(everyone[0].role, everyone[0].id)
