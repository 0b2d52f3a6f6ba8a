"""`recognition offer preview`: everything there is to see of an offer, in one file that a browser opens."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime

import click
from jinja2 import Environment, PackageLoader

from web import formatting
from web.charts.journey_picture import picture_of
from web.cli.context import CliContext, pass_cli
from web.cli.offers.named import named
from workflow.domain.look import Look
from workflow.offer.check import check
from workflow.preview.certificate import preview_certificate
from workflow.preview.letters import preview_emails
from workflow.preview.made_up import MadeUp
from workflow.preview.timetable import timetable


@click.command(epilog="Example: recognition offer preview ./my-offer > preview.html")
@click.argument("code", required=False)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which a school buys it; today, if it is not said."
)
@pass_cli
def preview(cli: CliContext, code: str | None, on: datetime | None) -> None:
    """Show what an offer says and does, as one HTML file on standard output.

    The journey drawn, what the checker finds, every email as each of its readers gets it, the certificate, and every
    promise and timer on the calendar. CODE is a code, a code with its version, or a folder; else the newest offer.
    """
    offer = named(cli, code)
    zone = offer.calendar.zone
    day = offer.calendar.local_day(on.replace(hour=12, tzinfo=zone) if on else cli.now())
    about, look = MadeUp(offer, day), cli.settings.look
    page = _templates().get_template("offer_preview.html")
    click.echo(
        page.render(
            offer=offer,
            picture=picture_of(offer),
            faults=check(offer),
            emails=preview_emails(about, look),
            certificates=[*_certificates(about, look)],
            told=timetable(about),
        )
    )


def _certificates(about: MadeUp, look: Look) -> Iterator[tuple[str, str, str]]:
    """Of each phase its title, its picture and its file."""
    for phase in about.offer.phases if about.offer.certificate else ():
        png, pdf = (preview_certificate(about, kind, phase.number, look) for kind in ("png", "pdf"))
        yield phase.title, _address("image/png", png), _address("application/pdf", pdf)


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _templates() -> Environment:
    """The pages' own, without a server."""
    environment = Environment(loader=PackageLoader("web"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(formatting.FILTERS)
    environment.globals.update(formatting.GLOBALS)
    return environment
