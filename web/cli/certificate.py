"""`recognition certificate`: is this one ours?"""

import logging
from pathlib import Path

import click

from web.cli.desk import Desk, pass_desk
from web.cli.output import complain, say
from workflow.authenticity import verify_file
from workflow.errors import BadInput, CheckFailed

_LIMIT = 20_000_000


@click.group()
def certificate() -> None:
    """Check certificates."""


@certificate.command(epilog="Example: recognition certificate verify certificate.pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@pass_desk
def verify(desk: Desk, file: Path) -> None:
    """Compare a PDF with what was issued, and say which printed fact or byte differs."""
    if file.stat().st_size > _LIMIT:
        raise BadInput(f"{file.name} is far larger than any certificate.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mutters about a broken file, we say in a sentence
    with desk.store.reading() as session:
        wrong = verify_file(session, file.read_bytes())
    if not wrong:
        say(f"{file.name} is genuine and current.")
        return
    for sentence in wrong:
        complain(f"  - {sentence}")
    raise CheckFailed(f"{file.name} is not a certificate as we issued it.")
