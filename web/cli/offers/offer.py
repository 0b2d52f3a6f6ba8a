"""`recognition offer`: the offers this installation runs, proved and drawn. What else is said of them stands beside."""

from pathlib import Path
from typing import Any

import click

from web.cli.arguments import offers_in
from web.cli.context import CliContext, pass_cli
from web.cli.lazy_group import LazyGroup
from web.cli.offers.named import named
from web.cli.output import print_json, print_table, say
from workflow.engine.catalogue import Catalogue
from workflow.english import count_of, listed
from workflow.errors import CheckFailed, NotFound
from workflow.offer.check.assumed import assumed
from workflow.offer.check.on_disk import prove
from workflow.offer.definition import Offer
from workflow.offer.diagram import FORMATS
from workflow.offer.loader import load_offer

_COMMANDS = {
    "diff = offers.diff:diff": "Say what the offer B says otherwise than A.",
    "export = offers.export:export": "Write the journey of an offer for other programs, or its own folder.",
    "install = offers.install:install": "Put an offer's folder into the record, once it is proved sound.",
    "new = offers.new:new": "Ask ten questions, and write a sound folder to begin with.",
    "preview = offers.preview:preview": "Show what an offer says and does, as one HTML file on standard output.",
    "reference = offers.folder:reference": "Write down what may stand in an offer's folder, as Markdown.",
    "start = offers.install:start": "Say from which day orders are for a version.",
    "show = offers.show:show": "Tell the revisions of an installed offer.",
    "schema = offers.folder:schema": "Write the JSON Schema of an offer's page, for editors.",
}


@click.group(cls=LazyGroup, deferred=_COMMANDS)
def offer() -> None:
    """Prove, list, draw, compare and explain offers."""


@offer.command(name="list", epilog="Example: recognition offer list --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, *, as_json: bool) -> None:
    """List the offers that are installed, with their stages and appointments."""
    known = offers_in(cli)
    if as_json:
        print_json([_row(one, known) for one in known])
        return
    print_table(
        ("Offer", "Revision", "Orders from", "Title", "Price", "Stages", "Appointments"),
        [
            (
                "-".join(one.key),
                known.revision(*one.key) or "in its folder",
                known.starts_on(*one.key) or "always",
                one.offer.title,
                f"£{one.offer.price}",
                ", ".join(one.stage),
                ", ".join(one.appointment),
            )
            for one in known
        ],
    )


def _row(one: Offer, known: Catalogue) -> dict[str, Any]:
    starts_on = known.starts_on(*one.key)
    return {
        "code": one.offer.code,
        "version": one.offer.version,
        "revision": known.revision(*one.key),
        "starts_on": starts_on.isoformat() if starts_on else None,
        "title": one.offer.title,
        "price": str(one.offer.price),
        "stages": list(one.stage),
        "appointments": list(one.appointment),
    }


@offer.command(name="check", epilog="Example: recognition offer check mentoring")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def check_offers(cli: CliContext, code: str | None, *, as_json: bool) -> None:
    """Prove offers sound before they are used. CODE is a code, a code with its version, or a folder; else all."""
    folders = {folder.name: folder for folder in _folders(cli, code)}
    findings = {name: [str(one) for one in prove(folder)] for name, folder in folders.items()}
    count = sum(map(len, findings.values()))
    if as_json:
        print_json(findings)
    for name, found in findings.items() if not as_json else ():
        say(f"{name}: {count_of(len(found), 'fault') if found else 'sound'}.")
        for sentence in found:
            say(f"  - {sentence}")
        for sentence in () if found else assumed(load_offer(folders[name])):
            say(f"  As the page says nothing else: {sentence}")
    if count:
        raise CheckFailed(
            f"{count_of(count, 'fault')} found. Mend {'it' if count == 1 else 'them'} before the offer is used."
        )


@offer.command(epilog="Example: recognition offer diagram mentoring --format svg > journey.svg")
@click.argument("code", required=False)
@click.option(
    "--format", "as_format", type=click.Choice(list(FORMATS)), default="svg", show_default=True, help="What to draw."
)
@pass_cli
def diagram(cli: CliContext, code: str | None, as_format: str) -> None:
    """Draw the journey of an offer on standard output."""
    click.echo(FORMATS[as_format](named(cli, code)), nl=False)


def _folders(cli: CliContext, code: str | None) -> list[Path]:
    if code and (Path(code) / "offer.toml").is_file():
        return [Path(code).resolve()]
    folders = sorted(page.parent for page in cli.settings.offers.glob("*/offer.toml"))
    wanted = [one for one in folders if code is None or one.name == code or one.name.rsplit("-", 2)[0] == code]
    if not wanted:
        there = listed([one.name for one in folders]) or "none"
        raise NotFound(f"There is no offer “{code or ''}” in {cli.settings.offers}. Installed: {there}.")
    return wanted
