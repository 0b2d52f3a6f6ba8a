"""The phase that somebody starts at, on the console: proposed with what it rests on, then agreed.

Both are commands of `recognition participant`; they have a file of their own because a basis has many parts.
"""

from typing import Any

import click

from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from web.cli.status_line import say_where_it_is
from workflow.store.tables.participant import SCOPES
from workflow.usecases import phases
from workflow.usecases.phases import Basis


@click.command(
    epilog="Example: recognition participant propose CMC-26-0042-K jowan@example.org 2 "
    "--experience 'Three years a mentor' --others-impact 'Two colleagues stayed in teaching'"
)
@click.argument("ref")
@click.argument("email")
@click.argument("phase", type=int)
@click.option("--experience", required=True, help="What the person has done so far.")
@click.option("--own-impact", default="", help="What it changed in their own practice.")
@click.option("--others-impact", default="", help="What it changed in the practice of others.")
@click.option("--led-mentoring", is_flag=True, help="The person has led mentoring.")
@click.option("--led-coaching", is_flag=True, help="The person has led coaching.")
@click.option("--scope", type=click.Choice(SCOPES), default=SCOPES[0], show_default=True, help="How far it reached.")
@acting
@pass_cli
def propose(cli: CliContext, /, ref: str, email: str, phase: int, *, email_of_actor: str | None, **parts: Any) -> None:
    """Propose the phase that somebody starts at, and say what it rests on. An advisor then agrees to it."""
    basis = Basis(**parts)
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        person = phases.propose(session, engagement_id, email, phase, basis, **who)
        say(f"{person.name}: phase {phase} is proposed; the form suggests phase {phases.suggest(basis)}.")
    say_where_it_is(cli, engagement_id)


@click.command(epilog="Example: recognition participant agree CMC-26-0042-K jowan@example.org 2")
@click.argument("ref")
@click.argument("email")
@click.argument("phase", type=int)
@acting
@pass_cli
def agree(cli: CliContext, ref: str, email: str, phase: int, email_of_actor: str | None) -> None:
    """Agree to the phase that was proposed, or settle on another."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        person = phases.agree(session, engagement_id, email, phase, **who)
        say(f"{person.name}: phase {phase} is agreed.")
    say_where_it_is(cli, engagement_id)
