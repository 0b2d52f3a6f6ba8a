"""Where an engagement is, in one line: what a command says after it may have moved something."""

from web.cli.context import CliContext
from web.cli.output import say
from workflow.engine.catalogue import offers_of
from workflow.store.tables.engagement import Engagement


def say_where_it_is(cli: CliContext, engagement_id: int) -> None:
    with cli.store.reading() as session:
        one = session.get_one(Engagement, engagement_id)
        stage = offers_of(session).machine(one.offer_code, one.offer_version).offer.stage[one.stage]
        say(f"{one.reference} is at “{stage.title}” ({one.standing.replace('_', ' ')}).")
