"""`recognition offer diff`: what one offer says otherwise than another, in sentences."""

from pathlib import Path

import click

from web.cli.context import CliContext, pass_cli
from web.cli.offers.named import named
from web.cli.output import print_json, say
from workflow.english import count_of
from workflow.offer.definition import Offer
from workflow.offer.differences.offers import Designs, differences


@click.command(epilog="Example: recognition offer diff mentoring-2026-09 ./mentoring-2027-09")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def diff(cli: CliContext, before: str, after: str, *, as_json: bool) -> None:
    """Say what the offer B says otherwise than A. Each is a folder, a code with its version, or a code: its latest."""
    was, now = named(cli, before), named(cli, after)
    found = differences(was, now, Designs(_design(was), _design(now)))
    if as_json:
        print_json(found)
        return
    if not found:
        say(f"{before} and {after} say the same.")
        return
    say(f"{after} says {count_of(len(found), 'thing')} otherwise than {before}:")
    for sentence in found:
        say(f"  - {sentence}")


def _design(offer: Offer) -> bytes:
    return Path(offer.certificate_template).read_bytes() if offer.certificate_template else b""
