"""What a round that begins at a stage comes by again, and so asks for anew. Pure.

What belongs to a stage that stands before it on the page counts on: the round does not come by there.
"""

from collections.abc import Iterable

from workflow.offer.definition import Offer


def meets_anew(offer: Offer, kind: str, stage: str) -> bool:
    """Whether meetings of this kind belong to a stage from there on."""
    named = {one.name for one in offer.stages if one.appointment == kind}
    judged = {name for one in offer.transitions if one.records.of == kind for name in one.from_}
    return _is_from(offer, stage, named or judged or offer.stage)


def approves_anew(offer: Offer, subject: str, stage: str) -> bool:
    """Whether this approval can be given at a stage from there on."""
    giving = {name for one in offer.transitions if one.records.approval == subject for name in one.from_}
    return _is_from(offer, stage, giving)


def confirms_anew(offer: Offer, stage: str) -> bool:
    """Whether a stage from there on is left only once names are confirmed."""
    asking = (one for one in offer.transitions if any(rule.guard == "names_confirmed" for rule in one.guards))
    return _is_from(offer, stage, {name for one in asking for name in one.from_})


def _is_from(offer: Offer, stage: str, belongs_to: Iterable[str]) -> bool:
    return any(offer.stage_number[one] >= offer.stage_number[stage] for one in belongs_to)
