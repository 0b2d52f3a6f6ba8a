"""Refunds: what goes back to a school that cancels, by the offer's policy. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from workflow.offer.definition import Offer

_PENNY = Decimal("0.01")


def quote(offer: Offer, stage: str, price_paid: Decimal | None) -> Decimal | None:
    """The amount in pounds on cancelling at this stage; None where the offer has no policy about it."""
    if not offer.policy.refund:
        return None
    share = Decimal(offer.policy.refund.get(stage, 0)) / 100
    return ((price_paid or Decimal(0)) * share).quantize(_PENNY, ROUND_HALF_UP)
