"""`recognition participant`: who takes part, and how far each has come."""

import click

from web.cli.acting import acting, actor_for
from web.cli.desk import Desk, pass_desk
from web.cli.output import print_json, print_table, say
from web.cli.standing import say_where_it_is
from workflow import participants, queries
from workflow.actor import SYSTEM
from workflow.case_json import as_json as case_as_json
from workflow.case_view import view_case
from workflow.participants import Nominee

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
@pass_desk
def list_(desk: Desk, ref: str, *, as_json: bool) -> None:
    """List who takes part in an engagement."""
    with desk.store.reading() as session:
        view = view_case(session, queries.engagement_id(session, ref), SYSTEM, desk.now())
        people = case_as_json(view)["participants"]
    if as_json:
        print_json(people)
    elif people:
        print_table(("Name", "Email", "Phase", "Status"), [
            (one["name"], one["email"], one["phase"], one["status"].replace("_", " ")) for one in people
        ])  # fmt: skip
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
@pass_desk
def nominate(desk: Desk, ref: str, name: str, email: str, *, phase: int, email_of_actor: str | None) -> None:
    """Put one more person forward."""
    with desk.store.writing() as session:
        engagement_id, actor = queries.engagement_id(session, ref), actor_for(session, email_of_actor)
        nominee = Nominee(name, email, phase)
        added = participants.nominate(session, engagement_id, [nominee], actor=actor, now=desk.now())
    say(f"{name} is nominated." if added else f"{email} was nominated before; nothing has changed.")
    say_where_it_is(desk, engagement_id)


@participant.command(
    epilog="Example: recognition participant confirm CMC-26-0042-K jowan@example.org --name 'Jowan R Trewhella'"
)
@click.argument("ref")
@click.argument("email")
@click.option("--name", help="The name as it should be printed, if it differs.")
@acting
@pass_desk
def confirm(desk: Desk, ref: str, email: str, name: str | None, email_of_actor: str | None) -> None:
    """Record that the owner agrees to the name on the certificate."""
    with desk.store.writing() as session:
        engagement_id, actor = queries.engagement_id(session, ref), actor_for(session, email_of_actor)
        person = participants.confirm_name(session, engagement_id, email, name=name, actor=actor, now=desk.now())
        say(f"The certificate will say “{person.certificate_name}”.")
    say_where_it_is(desk, engagement_id)


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
    @pass_desk
    def move(
        desk: Desk, ref: str, emails: tuple[str, ...], *, reason: str | None, note: str | None,
        email_of_actor: str | None,
    ) -> None:  # fmt: skip
        with desk.store.writing() as session:
            engagement_id, actor = queries.engagement_id(session, ref), actor_for(session, email_of_actor)
            for email in emails:
                one = participants.move(
                    session, engagement_id, email, verb, actor=actor, now=desk.now(), note=note, reason=reason
                )
                say(f"{one.name}: {one.status.replace('_', ' ')}.")
        say_where_it_is(desk, engagement_id)

    return move


for _verb, _meaning in _SAID.items():
    participant.add_command(_move(_verb, _meaning))
