"""`recognition visit`: what a visit asks of a school, and whether it is done."""

import click
from sqlalchemy import select

from web.cli.arguments import a_day, acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.status_line import say_where_it_is
from workflow.store import lookups
from workflow.store.tables.visit import Action
from workflow.usecases import action_plans


@click.group()
def visit() -> None:
    """Plan what has to be done after a visit, and see what is. Judgements are triggers: “recognition fire”."""


@visit.command(
    epilog="Example: recognition visit plan CMC-26-0042-K qa_visit 'Write the policy' --owner Jo --by 2027-01-29"
)
@click.argument("ref")
@click.argument("kind")
@click.argument("what")
@click.option("--owner", required=True, help="Who does it, by name.")
@click.option("--by", "due", required=True, metavar="DAY", help="By when, such as 2027-01-29.")
@acting
@pass_cli
def plan(cli: CliContext, ref: str, kind: str, what: str, *, owner: str, due: str, email_of_actor: str | None) -> None:
    """Write down one action after a visit that has been held, before it is judged “not yet met”."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        action = action_plans.plan(session, engagement_id, kind, what, owner=owner, due_on=a_day(due), **who)
        say(f"Planned as action {action.id}.")
    say_where_it_is(cli, engagement_id)


@visit.command(epilog="Example: recognition visit done CMC-26-0042-K 3")
@click.argument("ref")
@click.argument("number", type=click.IntRange(min=1))
@acting
@pass_cli
def done(cli: CliContext, ref: str, number: int, email_of_actor: str | None) -> None:
    """Record that an action is done."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        action_plans.finish(session, engagement_id, number, **who)
        say("Recorded: it is done.")
    say_where_it_is(cli, engagement_id)


@visit.command(epilog="Example: recognition visit actions CMC-26-0042-K")
@click.argument("ref")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def actions(cli: CliContext, ref: str, *, as_json: bool) -> None:
    """List what has to be done, by whom and by when: action plans, and people who need support."""
    with cli.store.reading() as session:
        own = Action.engagement_id == lookups.engagement_id(session, ref)
        found = session.scalars(select(Action).where(own).order_by(Action.due_on, Action.id)).all()
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "what": one.what_text,
                    "owner": one.owner_name,
                    "due_on": one.due_on.isoformat(),
                    "done": one.done_at is not None,
                }
                for one in found
            ]
        )
    elif found:
        print_table(
            ("Number", "What", "Who", "By", "Done"),
            [
                (one.id, one.what_text, one.owner_name, one.due_on.isoformat(), "yes" if one.done_at else "no")
                for one in found
            ],
        )
    else:
        say("Nothing is planned.")
