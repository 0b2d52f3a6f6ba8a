"""`recognition evidence`: what somebody sends in, in versions, and the reviews that decide about it."""

from pathlib import Path

import click

from web.cli.arguments import acting, asked, offer_of
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.status_line import say_where_it_is
from workflow.english import in_words, listed
from workflow.queries import evidence_history
from workflow.store import lookups
from workflow.store.tables.submission import read_file
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece


@click.group(name="evidence")
def evidence_group() -> None:
    """Send in framework evidence, review it, and look at it."""


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """`1.2=What is missing` by its code."""
    found: dict[str, str] = {}
    for text in texts:
        code, equals, rest = text.partition("=")
        if not equals:
            raise click.BadParameter(f"“{text}” is not CODE=TEXT.", param_hint=option)
        if code.strip() in found:
            raise click.BadParameter(f"{code.strip()} is given more than once; say it once.", param_hint=option)
        found[code.strip()] = rest
    return found


@evidence_group.command(epilog="Example: recognition evidence send CMC-26-0042-K jo@example.org --file 1.2=plan.pdf")
@click.argument("ref")
@click.argument("email")
@click.option("--text", "texts", multiple=True, metavar="CODE=TEXT", help="What is said about a criterion.")
@click.option("--file", "files", multiple=True, metavar="CODE=PATH", help="A file for a criterion. May be repeated.")
@acting
@pass_cli
def send(
    cli: CliContext, ref: str, email: str, *, texts: tuple[str, ...], files: tuple[str, ...], email_of_actor: str | None
) -> None:
    """Send in a version: every criterion at first, later those that were not met."""
    words, found = _pairs(texts, "--text"), [next(iter(_pairs((one,), "--file").items())) for one in files]
    codes = dict.fromkeys([*words, *(code for code, _ in found)])
    pieces = {
        code: EvidencePiece(
            words.get(code, ""), tuple((Path(path).name, _read(path)) for of, path in found if of == code)
        )
        for code in codes
    }
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        sent = evidence.send_in(session, engagement_id, email, pieces, **who)
        say(f"Version {sent.version} is sent in.")
    say_where_it_is(cli, engagement_id)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"“{path}” cannot be read: {error.strerror}.", param_hint="--file") from None


@evidence_group.command(
    epilog="Example: recognition evidence review CMC-26-0042-K jo@example.org --met 1.1 --not-met 1.2=More"
)
@click.argument("ref")
@click.argument("email")
@click.option("--met", "met", multiple=True, metavar="CODE", help="A criterion that is met. May be repeated.")
@click.option("--not-met", "unmet", multiple=True, metavar="CODE=WHY", help="One that is not, and what is missing.")
@click.option("--all-met", is_flag=True, help="Every criterion of the version is met.")
@acting
@pass_cli
def review(
    cli: CliContext,
    ref: str,
    email: str,
    *,
    met: tuple[str, ...],
    unmet: tuple[str, ...],
    all_met: bool,
    email_of_actor: str | None,
) -> None:
    """Decide about each criterion of the last version. It is accepted when none is left, and returned otherwise."""
    missing = _pairs(unmet, "--not-met")
    both = [code for code in met if code in missing]
    if both:
        raise click.UsageError(f"{listed(both)} cannot be met and not met; say which.")
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        person = participants.one_of(session, engagement_id, email)
        codes = evidence.open_criteria(session, offer_of(session, engagement_id), person) if all_met else met
        decisions = {code: Decision(met=True) for code in codes}
        decisions |= {code: Decision(met=False, text=why) for code, why in missing.items()}
        evidence.review(session, engagement_id, email, decisions, **who)
        say(f"{person.name}: {in_words(person.status)}.")
    say_where_it_is(cli, engagement_id)


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
