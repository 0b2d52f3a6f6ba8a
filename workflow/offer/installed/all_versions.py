"""An offer in all of its versions: what is counted together, and what each stage is called. Pure."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from workflow.offer.definition import Offer
from workflow.offer.installed.editions import merged
from workflow.offer.installed.way import passed, way_of


class AllVersions:
    """`newest` is the one that names what they have in common."""

    def __init__(self, versions: Iterable[Offer]) -> None:
        self._versions = {one.offer.version: one for one in sorted(versions, key=lambda one: one.key, reverse=True)}
        self.newest = next(iter(self._versions.values()))

    @property
    def code(self) -> str:
        return self.newest.offer.code

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Of every stage that a version has, by its name, in the order of the journey."""
        each = ((version, {one.name: one.title for one in offer.stages}) for version, offer in self._versions.items())
        return merged(each)

    @cached_property
    def passing(self) -> Mapping[str, str]:
        """The titles of those at which no journey ends."""
        return {name: title for name, title in self.titles.items() if not self._first_with(name).stage[name].final}

    def of(self, version: str) -> Offer:
        """The newest stands for one that is not installed any more."""
        return self._versions.get(version, self.newest)

    def goal(self, version: str) -> str:
        """The stage that a journey under this version is to come to first."""
        offer = self.of(version)
        return next(one.name for one in offer.stages if one.name in offer.goals)

    def passed(self, version: str, stage: str) -> tuple[str, ...]:
        """What a journey at this stage has come to; nothing where its version has no such stage."""
        offer = self.of(version)
        return passed(offer, stage) if stage in offer.stage else ()

    @cached_property
    def on_the_way(self) -> frozenset[str]:
        """The stages that lead to what the journey makes for, in some version."""
        return frozenset(name for offer in self._versions.values() for name in way_of(offer))

    def _first_with(self, name: str) -> Offer:
        return next(offer for offer in self._versions.values() if name in offer.stage)
