"""Guards that look beyond their round: only where a page goes round, and never at what a certificate rests on. Pure."""

from collections.abc import Iterator

from workflow.offer.check.asked import asked_anywhere
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer

_SIGNED = ("judgement", "approved")


def goes_round(offer: Offer) -> bool:
    return any(one.to and any(offer.leads_back(stage, one.to) for stage in one.from_) for one in offer.transitions)


def signed_once(offer: Offer) -> Iterator[Finding]:
    """A certificate of a new round rests on what was judged and approved in it."""
    for one in offer.transitions if goes_round(offer) else ():
        if any(effect.kind == "certificate" for effect in one.effects):
            for rule in (rule for rule in one.guards if rule.ever and rule.guard in _SIGNED):
                yield Finding(
                    f"“{one.trigger}” makes certificates again for what {rule.guard} = “{rule.subject}” found in a "
                    "former round. Take ever out.",
                    rule,
                )


def no_rounds(offer: Offer) -> Iterator[Finding]:
    for one in asked_anywhere(offer) if not goes_round(offer) else ():
        if one.rule.ever:
            yield Finding(
                f"{one.what} asks for {one.rule.guard} of any round, and no verb leads back to an earlier stage. "
                "Take ever out, or lead back.",
                one.rule,
            )


def renews_nothing(offer: Offer) -> Iterator[Finding]:
    """What becomes of an earlier certificate is said where there can be a later one."""
    terms = offer.certificate
    if terms is not None and "earlier" in terms.model_fields_set and not goes_round(offer):
        yield Finding(
            "The page says what becomes of an earlier certificate, and no verb leads back to an earlier stage, so none "
            "is ever renewed. Take earlier out, or lead back.",
            terms,
            "earlier",
        )
