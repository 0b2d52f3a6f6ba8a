"""`recognition appointment`: dates agreed, meetings held, registers taken."""

from datetime import UTC

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.arguments import acting, asked, local_time, offer_of
from web.cli.context import CliContext, pass_cli
from web.cli.lazy_group import LazyGroup
from web.cli.output import say
from web.cli.status_line import say_where_it_is
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.english import day_in_words
from workflow.store.tables.participant import Participant
from workflow.usecases import appointments, registers

_DATES = {
    "accept = appointments.offered_dates:accept": "Choose one of the offered dates, by its number, as the school does.",
    "cancel = appointments.offered_dates:cancel": "Call off the date that lies ahead.",
    "dates = appointments.offered_dates:dates": "List the dates that are offered and not chosen yet.",
    "offer = appointments.offered_dates:offer": "Offer the school dates to choose from.",
}


@click.group(cls=LazyGroup, deferred=_DATES)
def appointment() -> None:
    """Agree dates, and record what happened. KIND is a name from the offer, such as one “offer list” shows."""


@appointment.command(epilog="Example: recognition appointment book CMC-26-0042-K training_1 2026-12-01T13:30")
@click.argument("ref")
@click.argument("kind")
@click.argument("when")
@click.option("--place", default="", help="Where it will be.")
@click.option("--catch-up", "purpose", flag_value="catch_up", help="It is for those who missed it; they are invited.")
@acting
@pass_cli
def book(
    cli: CliContext, ref: str, kind: str, when: str, *, place: str, purpose: str | None, email_of_actor: str | None
) -> None:
    """Agree a date. WHEN is local time, such as 2026-12-01T13:30. A date agreed before is moved."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        offer = offer_of(session, engagement_id)
        local = local_time(when, offer)
        appointments.book(session, engagement_id, kind, local.astimezone(UTC), place=place, purpose=purpose, **who)
        say(f"{offer.appointment[kind].title} is on {day_in_words(local.date())} at {local:%H:%M}.")
    say_where_it_is(cli, engagement_id)


@appointment.command(
    epilog="Example: recognition appointment hold CMC-26-0042-K follow_up_1 --outputs 'A plan for the year'"
)
@click.argument("ref")
@click.argument("kind")
@click.option("--outputs", help="What was agreed at the meeting.")
@acting
@pass_cli
def hold(cli: CliContext, ref: str, kind: str, outputs: str | None, email_of_actor: str | None) -> None:
    """Record that a meeting took place."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        appointments.hold(session, engagement_id, kind, outputs=outputs, **who)
        say("Recorded: it took place.")
    say_where_it_is(cli, engagement_id)


@appointment.command(epilog="Example: recognition appointment outputs CMC-26-0042-K follow_up_1 'A plan for the year'")
@click.argument("ref")
@click.argument("kind")
@click.argument("text")
@acting
@pass_cli
def outputs(cli: CliContext, ref: str, kind: str, text: str, email_of_actor: str | None) -> None:
    """Write down what was agreed at a meeting that took place."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        appointments.write_outputs(session, engagement_id, kind, text, **who)
        say("Recorded: what was agreed.")
    say_where_it_is(cli, engagement_id)


@appointment.command(epilog="Example: recognition appointment register CMC-26-0042-K training_1 --all-present")
@click.argument("ref")
@click.argument("kind")
@click.option("--present", "emails", multiple=True, metavar="EMAIL", help="Somebody who was there. May be repeated.")
@click.option(
    "--mark", "marks", multiple=True, metavar="EMAIL=MARK", help="Another mark, such as told_absent or excused."
)
@click.option("--all-present", is_flag=True, help="Everybody who takes part was there.")
@acting
@pass_cli
def register(
    cli: CliContext,
    ref: str,
    kind: str,
    *,
    emails: tuple[str, ...],
    marks: tuple[str, ...],
    all_present: bool,
    email_of_actor: str | None,
) -> None:
    """Take the register. People who are not named did not come."""
    if not (emails or marks or all_present):
        raise click.UsageError("Say who was there: --present EMAIL, once for each, or --all-present.")
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        present = _everybody(session, engagement_id) if all_present else [email.strip().lower() for email in emails]
        taken = dict.fromkeys(present, "present") | dict(_mark(one) for one in marks)
        registers.take_register(session, engagement_id, kind, taken, **who)
        say(f"The register is taken: {len(present)} present.")
    say_where_it_is(cli, engagement_id)


@appointment.command(
    name="catch-up", epilog="Example: recognition appointment catch-up CMC-26-0042-K training_1 jo@example.org"
)
@click.argument("ref")
@click.argument("kind")
@click.argument("emails", metavar="EMAIL...", nargs=-1, required=True)
@acting
@pass_cli
def catch_up(cli: CliContext, ref: str, kind: str, emails: tuple[str, ...], email_of_actor: str | None) -> None:
    """Record that people who missed a meeting have caught up since."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        registers.catch_up(session, engagement_id, kind, [one.strip().lower() for one in emails], **who)
        say("Recorded: caught up.")
    say_where_it_is(cli, engagement_id)


def _everybody(session: Session, engagement_id: int) -> list[str]:
    return list(
        session.scalars(
            select(Participant.email).where(
                Participant.engagement_id == engagement_id, Participant.status.not_in(SIDE_STATUSES)
            )
        )
    )


def _mark(text: str) -> tuple[str, str]:
    email, equals, mark = text.partition("=")
    if not equals:
        raise click.BadParameter(f"“{text}” is not EMAIL=MARK.", param_hint="--mark")
    return email.strip().lower(), mark.strip()
