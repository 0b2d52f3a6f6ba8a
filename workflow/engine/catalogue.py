"""The offers this installation runs, each with its machine, and how a session knows them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Self

from sqlalchemy.orm import Session

from workflow.containment import contained
from workflow.engine.machine import OfferMachine
from workflow.english import listed
from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.offer.installed.has import Has, of_all
from workflow.offer.installed.way import way_of
from workflow.offer.loader import Loaded, load_offers
from workflow.offer.outline import Installed, Outline, Outlines
from workflow.offer.terms import Terms
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect

_NONE: Mapping[tuple[str, str], Installed] = MappingProxyType({})


class Catalogue(Outlines):
    """Looked up by code and version; made once when the program starts.

    A folder with a mistake is out of use by itself: whatever belongs to other offers goes on.
    """

    def __init__(self, loaded: Loaded, installed: Mapping[tuple[str, str], Installed] = _NONE) -> None:
        self._installed = installed
        self._faults, self._machines = dict(loaded.faults), dict[tuple[str, str], OfferMachine]()
        for key, offer in loaded.offers.items():
            with contained(f"the offer {'-'.join(key)}", partial(self._faults.__setitem__, "-".join(key))):
                self._machines[key] = OfferMachine(offer)

    @classmethod
    def read(cls, place: Path, faults: Mapping[str, str], installed: Mapping[tuple[str, str], Installed]) -> Self:
        """Those in a folder. `faults` are known already, of folders that are not there."""
        loaded = load_offers((place,))
        return cls(Loaded(loaded.offers, {**faults, **loaded.faults}), installed)

    def __iter__(self) -> Iterator[Offer]:
        return (machine.offer for machine in self._machines.values())

    @property
    def faults(self) -> Mapping[str, str]:
        return self._faults

    @cached_property
    def outlines(self) -> Mapping[tuple[str, str], Outline]:
        return {
            offer.key: Outline(
                offer.offer.title, {one.name: one.title for one in offer.stages}, offer.calendar.zone, way_of(offer)
            )
            for offer in self
        }

    @cached_property
    def has(self) -> Has:
        """What there is here at all."""
        return of_all(self)

    def machine(self, code: str, version: str) -> OfferMachine:
        """Raises OutOfUse: an engagement is pinned to the version it was bought under."""
        found = self._machines.get((code, version))
        if found is None:
            raise self.why_not(code, version)
        return found

    def those_read(self, code: str, versions: Iterable[str]) -> dict[str, Offer]:
        """Those of these versions of an offer that can be read here: what is past does not stop what goes on."""
        found = {one: self._machines.get((code, one)) for one in versions}
        return {version: machine.offer for version, machine in found.items() if machine}

    def revision(self, code: str, version: str) -> int | None:
        """Which revision of its words is in use; none for one that was read from a folder and not from the record."""
        found = self._installed.get((code, version))
        return found.revision if found else None

    def starts_on(self, code: str, version: str) -> date | None:
        """From which day orders are for it; none where it has always been there."""
        found = self._installed.get((code, version))
        return found.starts_on if found else None

    def latest(self, code: str | None = None) -> Offer:
        """The newest version of a code; the code may be left out when there is only one."""
        codes = sorted({offer.offer.code for offer in self})
        if code is None and len(codes) > 1:
            raise NotFound(f"Say which offer: {listed(codes, 'or')}.")
        versions = [offer for offer in self if code in (None, offer.offer.code)]
        if not versions:
            raise NotFound(f'There is no offer called "{code}". Installed: {listed(codes) or "none"}.')
        return max(versions, key=lambda offer: offer.key)


def offers_of(session: Session) -> Catalogue:
    """The offers the session's store was opened with."""
    offers = session.info["offers"]
    if not isinstance(offers, Catalogue):
        raise TypeError("open the store with info={'offers': Catalogue(...)}")
    return offers


def terms_of(session: Session, engagement: Engagement) -> Terms | None:
    """What was sold, for pages that need no more to go on; none while that offer is out of use."""
    code, version = engagement.offer_code, engagement.offer_version
    found = offers_of(session).those_read(code, (version,)).get(version)
    return found.offer if found else None


def offer_owing(session: Session, owed: OwedEffect) -> Offer:
    """The version that owes an effect: its engagement may have moved to another since, even while it was in hand."""
    engagement = session.get_one(Engagement, owed.engagement_id)
    return offers_of(session).machine(engagement.offer_code, owed.offer_version or engagement.offer_version).offer


def offer_of(session: Session, engagement: Engagement) -> Offer:
    """The offer version an engagement was bought under."""
    return offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
