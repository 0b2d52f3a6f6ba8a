"""Certificates: somebody gets them, and for meeting a standard. Pure."""

from collections.abc import Iterator

from workflow.domain.guards import OUTCOMES
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer


def earned(offer: Offer) -> Iterator[Finding]:
    terms = offer.certificate
    if terms is None:
        return
    good, *others = OUTCOMES
    if terms.needs.guard == "judgement" and terms.needs.subject in others:
        yield Finding(
            f"Certificates need the judgement “{terms.needs.subject}”, so only those get one who did not meet the "
            f"standard. Let needs be judgement = “{good}”.",
            terms,
            "needs",
        )
    if not any(effect.kind == "certificate" for one in offer.transitions for effect in one.effects):
        yield Finding(
            "The page says how certificates look and no verb makes any. "
            "Give one the effect certificate = “completed”, or take [certificate] out.",
            terms,
        )
