"""`recognition certificate`: is this one ours?"""

from pathlib import Path

import click

from web.cli.act_command import add_acts
from web.cli.context import CliContext, pass_cli
from web.cli.output import complain, say
from workflow.acts import certificates
from workflow.errors import BadInput, CheckFailed
from workflow.queries.certificate_check import verify_file

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
    with cli.store.reading() as session:
        verdict = verify_file(session, file.read_bytes())
    if verdict.wrong:
        for sentence in filter(None, (*verdict.wrong, verdict.standing)):
            complain(f"  - {sentence}")
        raise CheckFailed(f"{file.name} is not a certificate as we issued it.")
    if verdict.standing:
        raise CheckFailed(f"{file.name} is a certificate as we issued it. {verdict.standing}")
    say(f"{file.name} is genuine and current.")


add_acts(certificate, certificates.ACTS)
