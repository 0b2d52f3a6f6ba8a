"""`recognition visit`: what a visit asks of a school, and whether it is done."""

import click
from sqlalchemy import select

from web.cli.act_command import add_acts
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.acts import action_plans
from workflow.store import lookups
from workflow.store.tables.visit import Action


@click.group()
def visit() -> None:
    """Plan what has to be done after a visit, and see what is. Judgements are triggers: “recognition fire”."""


add_acts(visit, action_plans.ACTS)


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
