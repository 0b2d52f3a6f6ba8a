"""Who a command acts as: `--as EMAIL`, `--as system`, or the one user there is."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from web.cli.context import CliContext
from workflow.calendar.local_time import moment_of
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.offer.definition import Offer
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.usecases import users
from workflow.usecases.accounts import offer_roles

F = TypeVar("F", bound=Callable[..., Any])


def acting(command: F) -> F:
    """Adds the option --as to a command, which receives it as `email_of_actor`."""
    option = click.option(
        "--as",
        "email_of_actor",
        metavar="EMAIL",
        help="Who does this; “system” for the system itself. May be left out when there is only one user.",
    )
    return option(command)


def actor_for(session: Session, email: str | None) -> Actor:
    """Raises NotFound for an address without an account, UsageError when it has to be said."""
    if email == SYSTEM.role:
        return SYSTEM
    if email:
        return users.actor(session, email)
    everyone = users.everyone(session)
    if len(everyone) != 1:
        raise click.UsageError("Say who does this: --as EMAIL, or --as system.")
    return Actor(everyone[0].role, everyone[0].id)


def asked(session: Session, cli: CliContext, ref: str, email: str | None) -> tuple[int, dict[str, Any]]:
    """The engagement, and who does it when, with the role that they have in its offer. Raises NotFound or
    UsageError."""
    number = lookups.engagement_id(session, ref)
    actor = offer_roles.acting_about(session, actor_for(session, email), number)
    return number, {"actor": actor, "now": cli.now()}


def offers_in(cli: CliContext) -> Catalogue:
    """The offers this installation runs, whatever state its tables are in."""
    with cli.unchecked_store.reading() as session:
        return offers_of(session)


def offer_of(session: Session, engagement_id: int) -> Offer:
    one = session.get_one(Engagement, engagement_id)
    return offers_of(session).machine(one.offer_code, one.offer_version).offer


def local_time(text: str, offer: Offer) -> datetime:
    """A time without a zone is local."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        sentence = f"“{text}” is not a time; write it like 2026-12-01T13:30."
        raise click.BadParameter(sentence, param_hint="WHEN") from None
    if given.tzinfo is not None:
        return given.astimezone(offer.calendar.zone)
    try:
        return moment_of(given, offer.calendar.zone).astimezone(offer.calendar.zone)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="WHEN") from None


class _Day(click.ParamType[date]):
    """A day such as 2026-12-01."""

    name = "day"

    def convert(self, value: Any, _param: click.Parameter | None, _context: click.Context | None) -> date:
        return value if isinstance(value, date) else a_day(str(value))


DAY = _Day()


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}” is not a day; write it like 2026-12-01.") from None
