"""`recognition fire`: what an advisor's click does."""

from dataclasses import asdict

import click
from sqlalchemy.orm import Session

from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, say
from workflow.acts.act import occasion, perform
from workflow.acts.registry import ACTS
from workflow.engine.catalogue import offers_of
from workflow.engine.outcome import Outcome
from workflow.english import count_of
from workflow.errors import Refused
from workflow.offer.event_titles import title_of
from workflow.queries.engagement_json import refusal_json
from workflow.store.tables.engagement import Engagement


@click.command(epilog="Example: recognition fire CMC-26-0042-K hold --note 'New head' --set review_on=2027-01-11")
@click.argument("ref")
@click.argument("trigger")
@acting
@click.option("--note", help="What is written beside the event.")
@click.option(
    "--set", "values", multiple=True, metavar="NAME=VALUE", help="A value the trigger asks for. May be repeated."
)
@click.option("--key", help="A key of your own: the same key never moves it twice.")
@click.option("--expect-version", type=int, help="Refuse if the engagement has changed since this version.")
@click.option("--override", metavar="REASON", help="Waive the guards that refuse it. Recorded; for lead advisors.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, refusals too.")
@pass_cli
def fire(
    cli: CliContext,
    ref: str,
    trigger: str,
    *,
    email_of_actor: str | None,
    note: str | None,
    values: tuple[str, ...],
    key: str | None,
    expect_version: int | None,
    override: str | None,
    as_json: bool,
) -> None:
    """Fire a trigger, as an advisor's click does. Says what moved, what followed by itself and what is owed now."""
    given = dict(_pair(value) for value in values)
    try:
        with cli.store.writing() as session:
            engagement_id, who = asked(session, cli, ref, email_of_actor)
            done = perform(
                ACTS["fire"],
                occasion(session, engagement_id, **who),
                trigger=trigger,
                note=note,
                values=given,
                key=key,
                expected_version=expect_version,
                override=override,
            )
            outcome = done.outcome
            sentences = _sentences(session, outcome) if outcome else []
    except Refused as refused:
        if as_json:
            print_json({"refused": refused.trigger, "refusals": [refusal_json(one) for one in refused.reasons]})
        raise
    if as_json:
        print_json(asdict(outcome) if outcome else {})
        return
    for sentence in sentences:
        say(sentence)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"“{text}” is not NAME=VALUE.", param_hint="--set")
    return name.strip(), value


def _sentences(session: Session, outcome: Outcome) -> list[str]:
    one = session.get_one(Engagement, outcome.engagement_id)
    offer = offers_of(session).machine(one.offer_code, one.offer_version).offer
    before, after = offer.stage[outcome.from_stage].title, offer.stage[outcome.stage].title
    said = ["This had been done before with the same key; this is what it did then."] if outcome.repeated else []
    said.append(f"{outcome.reference}: {title_of(offer, outcome.trigger, {})}.")
    said += [f"By itself: {title_of(offer, name, {})}." for name in outcome.settled]
    moved = f"Moved from “{before}” to “{after}”" if before != after else f"Still at “{after}”"
    said.append(f"{moved}; {outcome.standing.replace('_', ' ')}, version {outcome.version}.")
    if outcome.owed:
        said.append(f"{count_of(len(outcome.owed), 'message')} owed:")
        said += [f"  - {_owed(key)}" for key in outcome.owed]
    return said


def _owed(key: str) -> str:
    """An outbox key in words: `CMC-26-0001-A:3:email:welcome:school_lead`."""
    _, _, kind, name, *recipient = key.split(":")
    return f"{kind} “{name.replace('-', ' ')}” to {' '.join(recipient).replace('_', ' ')}"
