"""What there is in an installation at all, by the pages of its offers: what none of them has is told of nowhere.

Older versions count as well: engagements go on under them. Pure.
"""

from collections.abc import Iterable
from typing import NamedTuple

from workflow.offer.definition import Offer


class Has(NamedTuple):
    """People who take part by name, evidence of theirs, certificates, meetings, meetings that are judged, and registers
    of who was there."""

    people: bool
    evidence: bool
    certificates: bool
    meetings: bool
    visits: bool
    registers: bool


EVERYTHING = Has(*(True for _ in Has._fields))


def of_one(offer: Offer) -> Has:
    return Has(
        people=bool(offer.phases),
        evidence=any(phase.criteria for phase in offer.phases),
        certificates=offer.certificate is not None,
        meetings=bool(offer.appointments),
        visits=any(one.records.judgement for one in offer.transitions),
        registers=("appointment", "register") in offer.status_transition,
    )


def of_all(offers: Iterable[Offer]) -> Has:
    """What any of them has; everything, where none can be read."""
    found = [of_one(offer) for offer in offers]
    return Has(*(any(one) for one in zip(*found, strict=True))) if found else EVERYTHING
