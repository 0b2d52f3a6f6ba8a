"""What an installation offers today: of each offer the newest version, and whose service it is. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from workflow.english import listed
from workflow.offer.definition import Offer


def newest(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """The newest version of each, in the order of their titles."""
    found: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda one: one.key):
        found[offer.offer.code] = offer
    return tuple(sorted(found.values(), key=lambda one: (one.offer.title, one.offer.code)))


class House(NamedTuple):
    """Who writes what belongs to no offer: the council by its name, and where replies go to."""

    provider: str
    contact: str


def house(offers: Iterable[Offer], council: str, address: str) -> House:
    """As the installation says it; where it says no name, as the offers do. Their address is taken where it is one."""
    installed = newest(offers)
    providers = sorted({one.offer.provider for one in installed})
    contacts = {one.offer.contact for one in installed}
    return House(council or listed(providers), contacts.pop() if len(contacts) == 1 else address)
