"""`recognition user`: the people who may sign in."""

import sys

import click

from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.domain.actor import COUNCIL_ROLES, ROLE_TITLES
from workflow.usecases import users


@click.group()
def user() -> None:
    """Say who may sign in."""


@user.command(epilog="Example: recognition user add jo@example.org --role advisor --name 'Jo Tonkin'")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(COUNCIL_ROLES), help="What the person may do.")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, and ask nothing.")
@pass_cli
def add(cli: CliContext, email: str, role: str, name: str, *, password_stdin: bool) -> None:
    """Make an account. Asks for a password twice."""
    password = _from_stdin() if password_stdin else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with cli.store.writing() as session:
        added = users.add_user(session, email, name=name, role=role, password=password, now=cli.now())
        say(f"{added.name} ({added.email}) may sign in as {ROLE_TITLES[added.role]}.")


@user.command(name="list", epilog="Example: recognition user list --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, *, as_json: bool) -> None:
    """List who may sign in."""
    with cli.store.reading() as session:
        everyone = users.everyone(session)
        if as_json:
            print_json([{"email": one.email, "name": one.name, "role": one.role} for one in everyone])
        elif everyone:
            rows = ((one.email, one.name, ROLE_TITLES[one.role]) for one in everyone)
            print_table(("Email", "Name", "Role"), rows)
        else:
            say("Nobody may sign in yet. Add somebody with “recognition user add”.")


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")
