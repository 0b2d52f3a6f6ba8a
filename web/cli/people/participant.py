"""`recognition participant`: who takes part, and how far each has come."""

from collections.abc import Mapping
from typing import Any

import click

from web.cli.act_command import add_acts, command_of
from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.status_line import say_where_it_is
from workflow.acts.act import occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import SYSTEM
from workflow.queries.engagement_json import as_json as case_as_json
from workflow.queries.engagement_view import view_case
from workflow.store import lookups

#: The verbs of a person's journey that somebody says; the others follow from registers and certificates.
_SAID = {
    "submit": "Evidence was sent in.",
    "review": "The evidence is being reviewed.",
    "return": "The evidence goes back to its owner.",
    "complete": "The person has completed what is asked of them.",
    "defer": "The person goes on with another cohort.",
    "withdraw": "The person no longer takes part.",
    "rejoin": "Somebody deferred or withdrawn takes part again, with what they have done.",
}


@click.group()
def participant() -> None:
    """Say who takes part, and what each has done."""


@participant.command(name="list", epilog="Example: recognition participant list CMC-26-0042-K")
@click.argument("ref")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, ref: str, *, as_json: bool) -> None:
    """List who takes part in an engagement."""
    with cli.store.reading() as session:
        view = view_case(session, lookups.engagement_id(session, ref), SYSTEM, cli.now())
        people = case_as_json(view)["participants"]
    if as_json:
        print_json(people)
    elif people:
        print_table(
            ("Name", "Email", "Phase", "Status"),
            [(one["name"], one["email"], one["phase"], one["status"].replace("_", " ")) for one in people],
        )
    else:
        say("Nobody is nominated yet.")


def _says_what_is_right(given: Mapping[str, Any]) -> None:
    if given["name"] is None and given["new_email"] is None:
        raise click.UsageError("Say what is right: --name NAME, --email EMAIL or both.")


def _move(verb: str, meaning: str) -> click.Command:
    """One command for one verb; several people may be named, and all of them move or none does."""

    @click.command(
        name=verb, help=meaning, epilog=f"Example: recognition participant {verb} CMC-26-0042-K jowan@example.org"
    )
    @click.argument("ref")
    @click.argument("emails", metavar="EMAIL...", nargs=-1, required=True)
    @click.option("--reason", metavar="CODE", help="Why, where the offer wants a reason; a wrong code lists them all.")
    @click.option("--note", help="What is written beside the event.")
    @acting
    @pass_cli
    def move(
        cli: CliContext,
        ref: str,
        emails: tuple[str, ...],
        *,
        reason: str | None,
        note: str | None,
        email_of_actor: str | None,
    ) -> None:
        with cli.store.writing() as session:
            engagement_id, who = asked(session, cli, ref, email_of_actor)
            on = occasion(session, engagement_id, **who)
            for email in emails:
                say(perform(ACTS["move"], on, email=email, verb=verb, note=note, reason=reason).console)
        say_where_it_is(cli, engagement_id)

    return move


for _verb, _meaning in _SAID.items():
    participant.add_command(_move(_verb, _meaning))
participant.add_command(command_of(ACTS["correct"], _says_what_is_right))
add_acts(participant, ACTS.values())
