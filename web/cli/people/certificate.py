"""`recognition certificate`: is this one ours?"""

import logging
from pathlib import Path

import click

from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import complain, say
from workflow.errors import BadInput, CheckFailed
from workflow.queries.certificate_check import verify_file
from workflow.usecases import certificates

_LIMIT = 20_000_000


@click.group()
def certificate() -> None:
    """Check certificates, withdraw them and replace them."""


@certificate.command(epilog="Example: recognition certificate verify certificate.pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@pass_cli
def verify(cli: CliContext, file: Path) -> None:
    """Compare a PDF with what was issued, and say which printed fact or byte differs."""
    if file.stat().st_size > _LIMIT:
        raise BadInput(f"{file.name} is far larger than any certificate.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mutters about a broken file, we say in a sentence
    with cli.store.reading() as session:
        wrong = verify_file(session, file.read_bytes())
    if not wrong:
        say(f"{file.name} is genuine and current.")
        return
    for sentence in wrong:
        complain(f"  - {sentence}")
    raise CheckFailed(f"{file.name} is not a certificate as we issued it.")


@certificate.command(epilog="Example: recognition certificate revoke CMC-26-0042-K 7KQ2-M9RT-WX4H --reason error")
@click.argument("ref")
@click.argument("serial")
@click.option("--reason", default="", metavar="CODE", help="Why; a wrong code lists them all.")
@click.option("--note", help="What is written beside the event.")
@acting
@pass_cli
def revoke(
    cli: CliContext, ref: str, serial: str, *, reason: str, note: str | None, email_of_actor: str | None
) -> None:
    """Withdraw a certificate. Its owner is told, and so is anybody who checks it."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        held = certificates.revoke(session, engagement_id, serial, reason=reason, note=note, **who)
        say(f"The certificate {held.serial} of {held.name} is withdrawn.")


@certificate.command(
    epilog="Example: recognition certificate reissue CMC-26-0042-K 7KQ2-M9RT-WX4H --reason name --name 'Jo R Rowe'"
)
@click.argument("ref")
@click.argument("serial")
@click.option("--reason", default="", metavar="CODE", help="Why; a wrong code lists them all.")
@click.option("--name", default="", help="The right name, which its owner has agreed to.")
@acting
@pass_cli
def reissue(cli: CliContext, ref: str, serial: str, *, reason: str, name: str, email_of_actor: str | None) -> None:
    """Replace a certificate that says something wrong. The new one goes to its owner by email."""
    with cli.store.writing() as session:
        engagement_id, who = asked(session, cli, ref, email_of_actor)
        held = certificates.reissue(session, engagement_id, serial, reason=reason, name=name, **who)
        say(f"The certificate {held.serial} is replaced. A new one is on its way to {held.name}.")
