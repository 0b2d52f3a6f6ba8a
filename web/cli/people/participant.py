"""`recognition participant`: who takes part, and how far each has come."""

import click

from web.cli.arguments import acting, actor_for, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.people.phase import agree, propose
from web.cli.status_line import say_where_it_is
from workflow.domain.actor import SYSTEM
from workflow.queries import engagement_json
from workflow.queries.engagement_view import view_case
from workflow.store import lookups
from workflow.usecases import participants, transfers
from workflow.usecases.participants import Nominee

#: The verbs of a person's journey that somebody says; the others follow from registers and certificates.
_SAID = {
    "submit": "Framework evidence was sent in.",
    "review": "The evidence is being reviewed.",
    "return": "The evidence goes back to its owner.",
    "complete": "The framework is completed.",
    "defer": "The person goes on with another cohort.",
    "withdraw": "The person no longer takes part.",
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
        people = engagement_json.as_json(view)["participants"]
    if as_json:
        print_json(people)
    elif people:
        print_table(
            ("Name", "Email", "Phase", "Status"),
            [(one["name"], one["email"], one["phase"], one["status"].replace("_", " ")) for one in people],
        )
    else:
        say("Nobody is nominated yet.")


@participant.command(
    epilog="Example: recognition participant nominate CMC-26-0042-K 'Jowan Trewhella' jowan@example.org"
)
@click.argument("ref")
@click.argument("name")
@click.argument("email")
@click.option("--phase", type=int, default=1, show_default=True, help="The phase the person starts at.")
@acting
@pass_cli
def nominate(cli: CliContext, ref: str, name: str, email: str, *, phase: int, email_of_actor: str | None) -> None:
    """Put one more person forward."""
    with cli.store.writing() as session:
        engagement_id, actor = lookups.engagement_id(session, ref), actor_for(session, email_of_actor)
        nominee = Nominee(name, email, phase)
        added = participants.nominate(session, engagement_id, [nominee], actor=actor, now=cli.now())
    say(f"{name} is nominated." if added else f"{email} was nominated before; nothing has changed.")
    say_where_it_is(cli, engagement_id)


@participant.command(
    epilog="Example: recognition participant confirm CMC-26-0042-K jowan@example.org --name 'Jowan R Trewhella'"
)
@click.argument("ref")
@click.argument("email")
@click.option("--name", help="The name as it should be printed, if it differs.")
@acting
@pass_cli
def confirm(cli: CliContext, ref: str, email: str, name: str | None, email_of_actor: str | None) -> None:
    """Record that the owner agrees to the name on the certificate."""
    with cli.store.writing() as session:
        engagement_id, actor = lookups.engagement_id(session, ref), actor_for(session, email_of_actor)
        person = participants.confirm_name(session, engagement_id, email, name=name, actor=actor, now=cli.now())
        say(f"The certificate will say “{person.certificate_name}”.")
    say_where_it_is(cli, engagement_id)


@participant.command(
    epilog="Example: recognition participant correct CMC-26-0042-K jowan@example.org --email j.trewhella@example.org"
)
@click.argument("ref")
@click.argument("email")
@click.option("--name", help="The right name.")
@click.option("--email", "new_email", metavar="EMAIL", help="The right address.")
@acting
@pass_cli
def correct(
    cli: CliContext, ref: str, email: str, *, name: str | None, new_email: str | None, email_of_actor: str | None
) -> None:
    """Put a wrong name or address right."""
    if name is None and new_email is None:
        raise click.UsageError("Say what is right: --name NAME, --email EMAIL or both.")
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        known = participants.one_of(session, engagement_id, email)
        right_name = known.name if name is None else name
        right_email = known.email if new_email is None else new_email
        person = participants.correct(session, engagement_id, email, name=right_name, new_email=right_email, **who)
        say(f"It says {person.name}, {person.email} now.")
    say_where_it_is(cli, engagement_id)


@participant.command(
    epilog="Example: recognition participant replace CMC-26-0042-K jowan@example.org 'Kerra Angove' kerra@example.org"
)
@click.argument("ref")
@click.argument("email")
@click.argument("name")
@click.argument("new_email")
@click.option("--phase", type=int, default=1, show_default=True, help="The phase the new person starts at.")
@click.option("--note", help="What is written beside the event.")
@acting
@pass_cli
def replace(
    cli: CliContext,
    ref: str,
    email: str,
    name: str,
    new_email: str,
    *,
    phase: int,
    note: str | None,
    email_of_actor: str | None,
) -> None:
    """Give somebody's place to somebody else: the one withdraws, the other is nominated."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        leaving = participants.one_of(session, engagement_id, email)
        coming = transfers.replace(session, engagement_id, email, Nominee(name, new_email, phase), note=note, **who)
        say(f"{coming.name} takes the place of {leaving.name}.")
    say_where_it_is(cli, engagement_id)


@participant.command(epilog="Example: recognition participant transfer CMC-26-0042-K jowan@example.org CMC-26-0057-P")
@click.argument("ref")
@click.argument("email")
@click.argument("to_ref")
@click.option("--note", help="What is written beside the event, in both histories.")
@acting
@pass_cli
def transfer(
    cli: CliContext, ref: str, email: str, to_ref: str, *, note: str | None, email_of_actor: str | None
) -> None:
    """Let somebody go on at another school, with the phase and the evidence they have."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        there = lookups.engagement_id(session, to_ref)
        person = transfers.transfer(session, engagement_id, email, there, note=note, **who)
        say(f"{person.name} goes on in {to_ref}: {person.status.replace('_', ' ')}.")
    for one in (engagement_id, there):
        say_where_it_is(cli, one)


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
            engagement_id, actor = lookups.engagement_id(session, ref), actor_for(session, email_of_actor)
            for email in emails:
                one = participants.move(
                    session, engagement_id, email, verb, actor=actor, now=cli.now(), note=note, reason=reason
                )
                say(f"{one.name}: {one.status.replace('_', ' ')}.")
        say_where_it_is(cli, engagement_id)

    return move


for _verb, _meaning in _SAID.items():
    participant.add_command(_move(_verb, _meaning))
participant.add_command(propose)
participant.add_command(agree)
