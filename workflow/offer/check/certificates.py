"""Judgements and certificates: nothing is certified that nobody judged. Pure."""

from collections.abc import Iterator

from workflow.english import a
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, told
from workflow.offer.definition import Offer


def judgements(offer: Offer) -> Iterator[Finding]:
    """A judgement is of a visit that took place and nobody has judged; no reason can stand in for one."""
    for one in offer.transitions:
        of = one.records.of
        sure = any(
            rule.guard == "awaiting_judgement" and rule.subject == of and not rule.waivable for rule in one.guards
        )
        if one.records.judgement and not sure:
            yield Finding(
                f"“{one.trigger}” records a judgement; it must have the guard awaiting_judgement = “{of}” "
                "with waivable = false.",
                one,
                "guards",
            )


def certificates(offer: Offer, paths: Paths) -> Iterator[Finding]:
    """No certificate without what the offer says certificates need, at the transition that issues them."""
    for one in offer.transitions:
        if not any(effect.kind == "certificate" for effect in one.effects):
            continue
        if offer.certificate is None:
            yield Finding(
                f"“{one.trigger}” makes certificates and the page has no [certificate] table.", one, "effects"
            )
            continue
        needs = offer.certificate.needs
        held = [
            rule for rule in one.guards if (rule.guard, rule.subject, rule.of) == (needs.guard, needs.subject, needs.of)
        ]
        if not held:
            path = next((paths[name] for name in one.from_ if name in paths), ())
            guard = f"{needs.guard} = “{needs.subject}”"
            yield Finding(
                f"“{one.trigger}” makes certificates ({told(path)}) without the guard {guard}.", one, "guards"
            )
        elif any(rule.waivable for rule in held):
            yield Finding(
                f"“{one.trigger}” makes certificates; its guard {needs.guard} must have waivable = false.", held[0]
            )


def unearned(offer: Offer) -> Iterator[Finding]:
    """Certificates belong to a transition, whose guards know that the visit was judged."""
    for move in offer.moves:
        if any(effect.kind == "certificate" for effect in move.effects):
            yield Finding(
                f"“{move.verb}” of {a(move.of)} makes certificates, which only a transition with their guard may.",
                move,
                "effects",
            )
    for timer in offer.timers:
        if any(effect.kind == "certificate" for effect in timer.effects):
            yield Finding(
                f"The timer “{timer.name}” makes certificates, which only a transition with their guard may.",
                timer,
                "effects",
            )
