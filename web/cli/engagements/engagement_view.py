"""`recognition engagement show`: one journey whole."""

import click
from sqlalchemy.orm import Session

from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.engagements.engagement_text import say_case
from web.cli.output import print_json
from workflow.domain.actor import Actor
from workflow.queries import engagement_json
from workflow.queries.engagement_view import view_case
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts import offer_roles


@click.command(epilog="Example: recognition engagement show CMC-26-0042-K --json")
@click.argument("ref")
@acting
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def show(cli: CliContext, ref: str, email_of_actor: str | None, *, as_json: bool) -> None:
    """Show one engagement whole. Its triggers are judged for --as, else for the engagement's own advisor."""
    with cli.store.reading() as session:
        engagement_id = lookups.engagement_id(session, ref)
        view = view_case(session, engagement_id, _reader(session, engagement_id, email_of_actor), cli.now())
        if as_json:
            print_json(engagement_json.as_json(view))
        else:
            say_case(view)


def _reader(session: Session, engagement_id: int, email: str | None) -> Actor:
    if email:
        return offer_roles.acting_about(session, actor_for(session, email), engagement_id)
    return Actor("advisor", session.get_one(Engagement, engagement_id).advisor_id)
