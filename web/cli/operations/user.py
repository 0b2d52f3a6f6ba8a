"""`recognition user`: the people who may sign in."""

import sys
from collections.abc import Mapping

import click

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.domain.actor import ACCOUNT_ROLES, ROLE_TITLES, SYSTEM
from workflow.errors import BadInput
from workflow.store.tables.user import User
from workflow.usecases.accounts import members, offer_roles
from workflow.usecases.accounts.address_change import change_address
from workflow.usecases.accounts.credentials.secrets import LinkMaker

_FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, and ask nothing."
)
_ROLE = click.Choice(ACCOUNT_ROLES)


@click.group()
def user() -> None:
    """Say who may sign in."""


@user.command(epilog="Example: recognition user add jo@example.org --role advisor --name 'Jo Tonkin'")
@click.argument("email")
@click.option("--role", required=True, type=_ROLE, help="What the person may do.")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@_FROM_STDIN
@pass_cli
def add(cli: CliContext, email: str, role: str, name: str, *, password_stdin: bool) -> None:
    """Make an account. Asks for a password twice."""
    password = _password(from_stdin=password_stdin)
    with cli.store.writing() as session:
        added = members.add(session, email, name=name, role=role, now=cli.now(), password=password)
        say(f"{added.name} ({added.email}) may sign in as {ROLE_TITLES[added.role]}.")


@user.command(epilog="Example: recognition user invite jo@example.org --role advisor --name 'Jo Tonkin'")
@click.argument("email")
@click.option("--role", required=True, type=_ROLE, help="What the person may do.")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@pass_cli
def invite(cli: CliContext, email: str, role: str, name: str) -> None:
    """Make an account and send its owner a link, by which they choose a password."""
    links = LinkMaker(cli.settings.secret_key)
    with cli.store.writing() as session:
        asked = members.invite(session, email, name=name, role=role, by=SYSTEM, now=cli.now(), links=links)
        say(f"A letter to {asked.name} ({asked.email}) is on its way. The link in it holds for three days.")


@user.command(epilog="Example: recognition user change jo@example.org --role lead_advisor")
@click.argument("email")
@click.option("--role", type=_ROLE, help="What the person may do from now on.")
@click.option("--name", help="The person's name from now on.")
@click.option("--email", "address", help="The address they sign in with from now on. Both addresses have a letter.")
@click.option(
    "--in",
    "there",
    multiple=True,
    metavar="OFFER=ROLE",
    help="What they may do in one offer, such as library=assessor; “library=” for what they may do everywhere.",
)
@pass_cli
def change(
    cli: CliContext,
    /,
    email: str,
    role: str | None,
    name: str | None,
    address: str | None,
    *,
    there: tuple[str, ...],
) -> None:
    """Give somebody another role, name or address. Another role or address signs them out everywhere."""
    if role is None and name is None and address is None and not there:
        raise BadInput("Say what changes: --role, --name, --email or --in.")
    in_offers = dict(map(_in_offer, there))
    with cli.store.writing() as session:
        number, now = members.by_address(session, email).id, cli.now()
        changed = members.change(session, number, by=SYSTEM, now=now, role=role, name=name)
        offer_roles.change(session, number, in_offers, by=SYSTEM, now=now)
        if address is not None:
            change_address(session, number, address, by=SYSTEM, now=now, links=LinkMaker(cli.settings.secret_key))
        say(f"{changed.name} ({changed.email}) may sign in as {_roles(changed, offer_roles.of(session, number))}.")


def _in_offer(said: str) -> tuple[str, str]:
    code, equals, role = said.partition("=")
    if not equals:
        raise click.BadParameter(f"“{said}” says no role. Write it as OFFER=ROLE.", param_hint="--in")
    return code.strip(), role.strip()


def _roles(one: User, in_offers: Mapping[str, str]) -> str:
    """`advisor, in library assessor`."""
    return ", ".join((ROLE_TITLES[one.role], *(f"in {code} {ROLE_TITLES[role]}" for code, role in in_offers.items())))


@user.command(epilog="Example: recognition user disable jo@example.org")
@click.argument("email")
@pass_cli
def disable(cli: CliContext, email: str) -> None:
    """Close somebody's account, and sign them out everywhere at once. Hand their schools over first."""
    with cli.store.writing() as session:
        gone = members.disable(session, members.by_address(session, email).id, by=SYSTEM, now=cli.now())
        say(f"The account of {gone.name} ({gone.email}) is closed, and every session of theirs has ended.")


@user.command(epilog="Example: recognition user enable jo@example.org")
@click.argument("email")
@pass_cli
def enable(cli: CliContext, email: str) -> None:
    """Open an account again that was closed."""
    with cli.store.writing() as session:
        back = members.enable(session, members.by_address(session, email).id, by=SYSTEM, now=cli.now())
        say(f"{back.name} ({back.email}) may sign in again as {ROLE_TITLES[back.role]}.")


@user.command(epilog="Example: recognition user reset jo@example.org")
@click.argument("email")
@_FROM_STDIN
@pass_cli
def reset(cli: CliContext, email: str, *, password_stdin: bool) -> None:
    """Give somebody a new password, and let them set up a second factor anew. Signs them out everywhere."""
    password = _password(from_stdin=password_stdin)
    with cli.store.writing() as session:
        number = members.by_address(session, email).id
        links = LinkMaker(cli.settings.secret_key)
        back = members.reset(session, number, by=SYSTEM, now=cli.now(), links=links, password=password)
        say(f"{back.name} ({back.email}) has a new password, and sets up a second factor when they sign in next.")


@user.command(name="list", epilog="Example: recognition user list --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, *, as_json: bool) -> None:
    """List everybody who has an account, by name."""
    with cli.store.reading() as session:
        everyone, there = members.everyone(session), offer_roles.of_everyone(session)
        if as_json:
            print_json([{**_told(one), "in_offers": there.get(one.id, {})} for one in everyone])
        elif everyone:
            rows = ((one.email, one.name, _roles(one, there.get(one.id, {})), _state(one)) for one in everyone)
            print_table(("Email", "Name", "Role", "Account"), rows)
        else:
            say("Nobody may sign in yet. Add somebody with “recognition user add”.")


def _told(one: User) -> dict[str, str | bool | None]:
    last = one.signed_in_at.isoformat() if one.signed_in_at else None
    return {
        "email": one.email,
        "name": one.name,
        "role": one.role,
        "disabled": one.disabled_at is not None,
        "signed_in_at": last,
    }


def _state(one: User) -> str:
    return "closed" if one.disabled_at else "open"


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed
