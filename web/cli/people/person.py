"""`recognition person`: a copy of everything about one person, and their erasure."""

from pathlib import Path

import click

from web.cli.arguments import acting, actor_for
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, say
from workflow.domain.actor import SYSTEM
from workflow.english import count_of
from workflow.errors import BadInput
from workflow.queries.privacy import copy, own_data
from workflow.store.privacy.scrub import scrub
from workflow.usecases.privacy import erasure, files
from workflow.usecases.privacy.erasure import Erased
from workflow.usecases.privacy.files import Found

_BACKUPS = "Backups that were made before still hold it, until you replace them; so does whatever copies the database."


@click.group()
def person() -> None:
    """Give somebody a copy of everything about them, or erase them."""


@person.command(epilog="Example: recognition person export jowan@example.org --out jowan")
@click.argument("email")
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for the copy and the files in it.")
@pass_cli
def export(cli: CliContext, email: str, out: Path | None) -> None:
    """Print everything that is kept about one person as JSON, or write it into a folder with a text beside it.

    Read it before you hand it over: what others wrote about them may be about others too.
    """
    with cli.store.reading() as session:
        data = own_data.read(session, email, cli.now())
    if out is None:
        click.echo(copy.as_json(data), nl=False)
        return
    try:
        out.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise BadInput(f"{out} is there already. Give the folder another name.") from None
    (out / "everything.json").write_text(copy.as_json(data), encoding="utf-8")
    (out / "everything.txt").write_text(copy.as_text(data), encoding="utf-8")
    for name, content in data.files.items():
        (out / name).write_bytes(content)
    say(f"Written into {out}, with {count_of(len(data.files), 'file')}. Read it before you hand it over.")


@person.command(epilog="Example: recognition person erase jowan@example.org --yes")
@click.argument("email")
@click.option("--certificate-too", is_flag=True, help="Erase a certificate in force as well.")
@click.option("--yes", is_flag=True, help="Do it. Without, only say what would go and what would stay.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
@pass_cli
def erase(
    cli: CliContext, email: str, *, certificate_too: bool, yes: bool, as_json: bool, email_of_actor: str | None
) -> None:
    """Erase one person from the record, the letters kept here and the logs. History stays, without their name."""
    with cli.store.writing() if yes else cli.store.looking() as session:
        actor = actor_for(session, email_of_actor) if email_of_actor else SYSTEM
        done = erasure.erase(session, email, actor=actor, now=cli.now(), certificates_too=certificate_too)
    found = files.look(cli.settings.places, done.words, done.sha256s)
    trouble = ""
    if yes:
        files.erase(found, done.words)
        trouble = scrub(cli.store.engine)
    if as_json:
        print_json(_told(done, found, trouble, yes=yes))
        return
    say("Erased:" if yes else "This would be erased (say --yes to do it):")
    for line in (*_gone(done, found), *done.stays, *_left(found), *([trouble] if trouble else []), _BACKUPS):
        say(f"- {line}")


def _gone(done: Erased, found: Found) -> list[str]:
    kinds = [f"{title}: {number}" for title, number in done.gone.items()]
    return [*kinds, f"Letters kept as files: {len(found.letters)}", f"Logs: {len(found.logs)}"]


def _left(found: Found) -> list[str]:
    return [f"{path} names them and is left as it is. See to it by hand." for path in found.others]


def _told(done: Erased, found: Found, trouble: str, *, yes: bool) -> dict[str, object]:
    return {
        "erased": yes,
        "gone": done.gone,
        "letters": len(found.letters),
        "logs": len(found.logs),
        "stays": [*done.stays, *_left(found), *([trouble] if trouble else []), _BACKUPS],
        "engagements": done.engagements,
    }
