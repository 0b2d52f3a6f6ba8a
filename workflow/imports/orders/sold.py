"""What an export of orders may be for: offers found by their product, in the version that took effect by that day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound
from workflow.imports.sheet import Wanted
from workflow.offer.definition import Offer

WANTED = ("order", "product", "urn", "price", "ordered_on", "lead_name", "lead_email")


class Version(NamedTuple):
    """An offer for orders from a day on; none for one that has always been there."""

    offer: Offer
    starts_on: date | None = None


class Sold:
    """The versions that may be sold, of one offer or of several."""

    def __init__(self, versions: Iterable[Version]) -> None:
        """In the order of their keys: of two that begin together the later counts."""
        self._versions: dict[str, list[Version]] = {}
        for one in sorted(versions, key=lambda one: (one.starts_on or date.min, one.offer.key)):
            self._versions.setdefault(one.offer.offer.code, []).append(one)

    @property
    def products(self) -> list[str]:
        """As the newest versions call them."""
        names = (name for those in self._versions.values() for name in those[-1].offer.imports.purchases.products)
        return list(dict.fromkeys(names))

    @property
    def codes(self) -> list[str]:
        return list(self._versions)

    @property
    def wanted(self) -> Wanted:
        """What the columns are called: as any of them calls them."""
        tables = [one.offer.imports.purchases for those in self._versions.values() for one in reversed(those)]
        return {what: tuple(dict.fromkeys(name for one in tables for name in getattr(one, what))) for what in WANTED}

    def newest(self, code: str) -> Offer:
        return self._versions[code][-1].offer

    def sellers(self, product: str) -> list[str]:
        """The codes of the offers that call a product theirs."""
        return [code for code, those in self._versions.items() if any(_sells(one.offer, product) for one in those)]

    def on(self, code: str, product: str, day: date) -> Offer | None:
        """The version that an order of that day is for. None where the first begins later."""
        sold = [one for one in self._versions[code] if _sells(one.offer, product)]
        begun = [one for one in sold if one.starts_on is None or one.starts_on <= day]
        return begun[-1].offer if begun else None

    def first_day(self, code: str) -> date | None:
        return self._versions[code][0].starts_on


def sold_by(session: Session, code: str | None = None) -> Sold:
    """Every version of an offer, or of all. Raises NotFound."""
    known = offers_of(session)
    if code:
        known.latest(code)
    versions = [Version(one, known.starts_on(*one.key)) for one in known if code in (None, "", one.offer.code)]
    if not versions:
        raise NotFound("No offer is installed, so there is nothing to order.")
    return Sold(versions)


def _sells(offer: Offer, product: str) -> bool:
    return plain(product) in {plain(one) for one in offer.imports.purchases.products}


def plain(text: str) -> str:
    """Without capitals and spaces, which nobody types alike."""
    return " ".join(text.split()).casefold()
