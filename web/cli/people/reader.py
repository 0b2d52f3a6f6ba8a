"""`recognition reader`: people who may read about several schools."""

from datetime import date, datetime

import click
from sqlalchemy.orm import Session

from web.cli.arguments import DAY, acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.installation import policy_of
from workflow.calendar.local_time import local_day
from workflow.domain.actor import SYSTEM, Actor
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.readers import invitations, scope
from workflow.usecases.accounts.readers.invitations import Invitation


@click.group()
def reader() -> None:
    """Say who may read about several schools, such as those of a trust."""


@reader.command(epilog="Example: recognition reader invite jo@trust.example.org --name 'Jo Tonkin' --trust 2157")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--trust", metavar="CODE", help="All schools of the trust with this code in the register.")
@click.option("--school", "schools", multiple=True, metavar="URN", help="One school, by its URN or a reference of it.")
@click.option("--until", type=DAY, metavar="DAY", help="The last day; without it, as long as the settings allow.")
@acting
@pass_cli
def invite(
    cli: CliContext,
    email: str,
    name: str,
    *,
    trust: str | None,
    schools: tuple[str, ...],
    until: date | None,
    email_of_actor: str | None,
) -> None:
    """Invite somebody and send them a link. Say --trust, or --school as often as needed."""
    if bool(trust) == bool(schools):
        raise click.UsageError("Say which schools: --trust CODE, or --school URN for each.")
    asked = Invitation(name, email, trust, schools, until)
    links, lasts = LinkMaker(cli.settings.secret_key), policy_of(cli.settings).reader_lasts
    with cli.store.writing() as session:
        by = _actor(session, email_of_actor)
        done = invitations.invite(session, asked, lasts=lasts, by=by, now=cli.now(), links=links)
        told = scope.told(session, [done.reader])[done.reader.id]
        say(f"A letter to {done.reader.name} ({done.reader.email}) is on its way. They may read about {told}.")


@reader.command(name="list", epilog="Example: recognition reader list --ended")
@click.option("--ended", is_flag=True, help="Those whose invitation does not hold any more.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, *, ended: bool, as_json: bool) -> None:
    """List who is invited, for which schools, until when, and when they were last in."""
    with cli.store.reading() as session:
        found = [*invitations.every(session, cli.now(), ended=ended)]
        told = scope.told(session, found)
    if as_json:
        print_json([_told(one, told[one.id]) for one in found])
    elif found:
        rows = ((one.email, one.name, told[one.id], local_day(one.until), _last(one.seen_at)) for one in found)
        print_table(("Email", "Name", "Reads about", "Until", "Last in"), rows)
    else:
        say("No invitation has ended." if ended else "Nobody is invited. “recognition reader invite” invites somebody.")


@reader.command(epilog="Example: recognition reader end jo@trust.example.org")
@click.argument("email")
@acting
@pass_cli
def end(cli: CliContext, email: str, *, email_of_actor: str | None) -> None:
    """End somebody's invitation: they are out at once, and no link of theirs holds any more."""
    with cli.store.writing() as session:
        number = invitations.by_address(session, email).id
        by, links = _actor(session, email_of_actor), LinkMaker(cli.settings.secret_key)
        gone = invitations.end(session, number, by=by, now=cli.now(), links=links)
        say(f"The invitation of {gone.name} ({gone.email}) has ended, and every session of theirs.")


def _actor(session: Session, email: str | None) -> Actor:
    """Whoever runs the installation, unless it is said."""
    return actor_for(session, email) if email else SYSTEM


def _last(moment: datetime | None) -> str:
    return local_day(moment).isoformat() if moment else "not yet"


def _told(one: InvitedReader, schools: str) -> dict[str, str | None]:
    return {
        "email": one.email,
        "name": one.name,
        "reads_about": schools,
        "trust": one.trust_code or None,
        "invited_at": one.invited_at.isoformat(),
        "until": one.until.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "seen_at": one.seen_at.isoformat() if one.seen_at else None,
    }
