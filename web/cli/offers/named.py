"""Which offer is meant."""

from pathlib import Path

from web.cli.arguments import offers_in
from web.cli.context import CliContext
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer


def named(cli: CliContext, code: str | None) -> Offer:
    """By its code with its version, the newest of a code, or a folder; the newest of all if nothing is said.

    Raises NotFound, or BadInput for a folder that cannot be read.
    """
    if code and (Path(code) / "offer.toml").is_file():
        return load_offer(Path(code).resolve())
    whole = next((one for one in offers_in(cli) if code == "-".join(one.key)), None)
    return whole or offers_in(cli).latest(code)
