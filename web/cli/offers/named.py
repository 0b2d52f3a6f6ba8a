"""Which offer is meant."""

from web.cli.arguments import offers_in
from web.cli.context import CliContext
from workflow.offer.definition import Offer


def named(cli: CliContext, code: str | None) -> Offer:
    """By its code with its version, or the newest of a code; the newest of all if nothing is said.

    Raises NotFound.
    """
    whole = next((one for one in offers_in(cli) if code == "-".join(one.key)), None)
    return whole or offers_in(cli).latest(code)
