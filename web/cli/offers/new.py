"""`recognition offer new`: a sound folder to begin with, from ten answers."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from web.cli.arguments import offers_in
from web.cli.context import CliContext, pass_cli
from web.cli.offers.questions import QUESTIONS
from web.cli.output import say
from web.installation import NEW_OFFER
from workflow.calendar.local_time import local_day
from workflow.offer.installed.newest import House, house
from workflow.offer.making.answers import agree_so_far, read
from workflow.offer.making.answers_file import answers_in
from workflow.offer.making.folder import agree_free, make

_OPTIONS = (
    click.option("--title", help="What it is called, as schools read it."),
    click.option("--code", help="A short name for it, in small letters."),
    click.option("--version", help="The year and the month from which it is sold, such as 2027-09."),
    click.option("--price", help="What a school pays for it, in pounds; 0 if nothing."),
    click.option("--phase", "phases", multiple=True, help="One for each phase; --phase '' if nobody takes part."),
    click.option("--meetings", type=int, help="How many meetings there are on the way, from 0 to 6."),
    click.option("--evidence/--no-evidence", default=None, help="Whether each person sends in evidence."),
    click.option(
        "--visit/--no-visit",
        "visited",
        default=None,
        help="Whether somebody visits the school at the end, and judges.",
    ),
    click.option("--certificate/--no-certificate", default=None, help="Whether each person gets a certificate."),
    click.option("--lapse-after", type=int, help="After how many school days without an answer it lapses; 0 if never."),
    click.option("--minimum-staff", type=int, help="How many people a school names at the least; else 1."),
    click.option("--provider", help="Whose offer it is; else as the offers that are installed say."),
    click.option("--contact", help="Where schools may write to; else where they write to now."),
)


def _answering(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(epilog="Example: recognition offer new ./reading-2027-09")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with the answers, after which nothing is asked: title, code, version, price, phases, meetings …",
)
@_answering
@pass_cli
def new(cli: CliContext, /, folder: Path | None, answers: Path | None, **options: Any) -> None:
    """Ask ten questions, and write a sound folder to begin with.

    FOLDER must not be there yet; it is called by code and version if it is left out. Nothing is installed: change
    what is in it, ask “recognition offer check FOLDER”, and install it when it says what you mean.
    """
    if folder is not None:
        agree_free(folder)
    given = {**(answers_in(answers) if answers else {}), **_said(options)}
    agree_so_far(given)
    given = _ours(cli, given)
    whole = read(given if answers else _asked(cli, given))
    place = folder or Path(f"{whole.code}-{whole.version}")
    make(whole, NEW_OFFER, place)
    say(f"{place} is a sound offer to begin with. Change its words, its days and its emails as you like. Then:")
    for command in (f"check {place}", f"preview {place} > preview.html", f"install {place}"):
        say(f"  recognition offer {command}")


def _said(options: Mapping[str, Any]) -> dict[str, Any]:
    """What was given by options. One phase without a name is none."""
    said = {key: value for key, value in options.items() if value is not None and value != ()}
    return said | ({"phases": tuple(filter(None, said["phases"]))} if "phases" in said else {})


def _asked(cli: CliContext, given: dict[str, Any]) -> dict[str, Any]:
    """With the answers to whatever was not given."""
    today = local_day(cli.now())
    for question in QUESTIONS:
        if question.is_open(given):
            given = given | {question.key: question.ask(given, today)}
    return given


def _ours(cli: CliContext, given: dict[str, Any]) -> dict[str, Any]:
    """Whose offer it is and where to write to, as what is installed says it, unless it was given."""
    missing = [one for one in House._fields if one not in given]
    if not missing:
        return given
    ours = house(offers_in(cli), cli.settings.council, cli.settings.sender)._asdict()
    return given | {one: ours[one] for one in missing if ours[one]}
