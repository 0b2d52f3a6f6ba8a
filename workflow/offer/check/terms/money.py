"""Money: refunds of what was paid, that shrink as the journey goes on, and are quoted where they are owed. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths
from workflow.offer.definition import Offer


def refunds(offer: Offer, paths: Paths) -> Iterator[Finding]:
    refund = offer.policy.refund
    if offer.offer.price == 0 and any(refund.values()):
        yield Finding(
            "The price is nought and the policy gives refunds, of nothing. Set the price, or take refund out.",
            offer.offer,
            "price",
        )
    for one in offer.transitions:
        if one.refund and not refund:
            yield Finding(
                f"“{one.trigger}” quotes a refund and the policy names none. "
                "Name the shares by stage as refund under [policy], or take refund out.",
                one,
                "refund",
            )
    yield from _rising(offer, paths)


def _rising(offer: Offer, paths: Paths) -> Iterator[Finding]:
    """Along the journey, in the order in which its stages are reached, less and less goes back."""
    refund = offer.policy.refund
    for before, later in pairwise(stage.name for stage in offer.stages if stage.name in paths):
        if refund.get(later, 0) > refund.get(before, 0):
            yield Finding(
                f"Cancelling at “{later}” gives back {refund[later]} per cent and at “{before}”, before it, "
                f"{refund.get(before, 0)}. Let refund shrink along the journey.",
                offer.policy,
                "refund",
            )


def joining(offer: Offer) -> Iterator[Finding]:
    """The verb that ends an engagement which goes on in another one ends it."""
    for one in offer.triggers.get(offer.policy.join or "", ()):
        if one.standing.to == "active":
            yield Finding(
                f"The policy join names “{one.trigger}”, which ends nothing: both engagements would go on. "
                "Name a verb that leads to “cancelled”.",
                offer.policy,
                "join",
            )
