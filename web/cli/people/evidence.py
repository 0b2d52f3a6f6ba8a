"""`recognition evidence`: what somebody sends in, in versions, and the reviews that decide about it."""

from pathlib import Path

import click

from web.cli.act_command import add_acts
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from workflow.acts import evidence
from workflow.english import in_words, listed
from workflow.queries import evidence_history
from workflow.store import lookups
from workflow.store.tables.submission import read_file
from workflow.usecases import participants


@click.group(name="evidence")
def evidence_group() -> None:
    """Send in evidence, review it, and look at it."""


add_acts(evidence_group, evidence.ACTS)


@evidence_group.command(epilog="Example: recognition evidence show CMC-26-0042-K jo@example.org")
@click.argument("ref")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def show(cli: CliContext, ref: str, email: str, *, as_json: bool) -> None:
    """Show every version with what was decided about it."""
    with cli.store.reading() as session:
        person = participants.one_of(session, lookups.engagement_id(session, ref), email)
        lines = evidence_history.story(session, person.id)
    if as_json:
        print_json(
            [
                {
                    "version": one.version,
                    "criterion": one.criterion,
                    "text": one.text,
                    "decision": one.decision,
                    "comment": one.comment,
                    "files": [{"id": number, "name": name} for number, name in one.files],
                }
                for one in lines
            ]
        )
    elif lines:
        print_table(
            ("Version", "Criterion", "What was sent", "Files", "Decision"),
            [
                (
                    one.version,
                    one.criterion,
                    one.text,
                    listed([f"{number}: {name}" for number, name in one.files]),
                    " ".join(filter(None, [in_words(one.decision), one.comment])),
                )
                for one in lines
            ],
        )
    else:
        say("Nothing is sent in yet.")


@evidence_group.command(epilog="Example: recognition evidence get CMC-26-0042-K 7 plan.pdf")
@click.argument("ref")
@click.argument("number", type=click.IntRange(min=1))
@click.argument("path", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@pass_cli
def get(cli: CliContext, ref: str, number: int, path: Path) -> None:
    """Write a file that was sent in, by the number that “evidence show” gives it."""
    with cli.store.reading() as session:
        sha256 = evidence_history.attachment(session, lookups.engagement_id(session, ref), number).sha256
        _, content = read_file(session, sha256)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise click.BadParameter(f"“{path}” is there already. Choose another name.", param_hint="PATH") from None
    except OSError as error:
        raise click.BadParameter(f"“{path}” cannot be written: {error.strerror}.", param_hint="PATH") from None
    say(f"{path} is written, {len(content):,} bytes.")
