"""What a page that goes round leaves unsaid, and what holds then: told beside the proof, and no fault. Pure."""

from collections.abc import Iterator

from workflow.offer.check.rules.rounds import goes_round
from workflow.offer.definition import Offer


def assumed(offer: Offer) -> Iterator[str]:
    """A sentence for each default that a page rests on; none for a page that only leads on."""
    if not goes_round(offer):
        return
    for one in offer.transitions:
        back = one.to and any(offer.leads_back(stage, one.to) for stage in one.from_)
        if back and "starting_again" not in one.model_fields_set:
            yield f"“{one.trigger}” leads back and names nobody who starts again: people go on as they are (people)."
    terms = offer.certificate
    if terms is None:
        return
    if "earlier" not in terms.model_fields_set:
        yield (
            "A certificate of a later round names the one before it, which stands beside it; with "
            "earlier = “superseded” under [certificate] the new one would take its place."
        )
    if terms.valid_for is None:
        yield "A certificate is valid without end; valid_for under [certificate] would set one."
