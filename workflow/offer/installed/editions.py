"""What can be chosen where several offers stand side by side: an offer as a whole, or one version of it. Pure.

A choice is one word, which stands in the address of a page and after `--offer` at the console.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from workflow.english import listed
from workflow.errors import NotFound
from workflow.offer.outline import Outline


class Edition(NamedTuple):
    """An offer, or where there is a version that one alone."""

    code: str
    version: str | None = None

    def has(self, code: str, version: str) -> bool:
        return self.code == code and self.version in (None, version)


class Editions:
    """Of the offers that are installed, as their outlines tell them."""

    def __init__(self, outlines: Mapping[tuple[str, str], Outline]) -> None:
        self._outlines = outlines

    @cached_property
    def versions(self) -> Mapping[str, list[str]]:
        """By code, the newest first."""
        found: dict[str, list[str]] = {}
        for code, version in sorted(self._outlines, reverse=True):
            found.setdefault(code, []).append(version)
        return found

    @cached_property
    def offers(self) -> Mapping[str, str]:
        """The title of each in its newest version, by its code, A to Z. Two of one title have their code beside it."""
        titles = {code: self._outlines[code, versions[0]].title for code, versions in self.versions.items()}
        alike = [*titles.values()]
        told = {code: title if alike.count(title) == 1 else f"{title} ({code})" for code, title in titles.items()}
        return dict(sorted(told.items(), key=lambda one: (one[1].casefold(), one[0])))

    @cached_property
    def choices(self) -> Mapping[str, str]:
        """Titles by their words: each offer, and its versions where it has several. None where there is only one thing
        to choose."""
        found: dict[str, str] = {}
        for code, title in self.offers.items():
            versions = self.versions[code]
            found[code] = title
            found |= {f"{code}-{one}": f"{title}, version {one}" for one in versions} if len(versions) > 1 else {}
        return found if len(found) > 1 else {}

    @property
    def newest(self) -> Edition | None:
        """The offer of which a version came last."""
        return Edition(max(self.versions, key=lambda code: (self.versions[code][0], code))) if self.versions else None

    @cached_property
    def words(self) -> Mapping[str, Edition]:
        """What each word asks for."""
        whole = {code: Edition(code) for code in self.versions}
        return {f"{code}-{version}": Edition(code, version) for code, version in self._outlines} | whole

    def read(self, word: str) -> Edition | None:
        """What a word asks for; nothing where it is empty. Raises NotFound for one that nobody knows."""
        if word and word not in self.words:
            among = listed([*self.offers], "or") or "none"
            raise NotFound(f"There is no offer called “{word}” here. Installed: {among}.")
        return self.words.get(word)

    def stages(self, edition: Edition | None) -> Mapping[str, str]:
        """Titles by name, in the order of the journey: of an offer all that its versions have; of all offers, one after
        the other. What two offers call otherwise has both titles."""
        found: dict[str, list[str]] = {}
        for code in self.offers:
            for name, title in self._stages_of(code, edition).items():
                found.setdefault(name, []).append(title)
        return {name: " or ".join(dict.fromkeys(titles)) for name, titles in found.items()}

    def on_the_way(self, edition: Edition) -> frozenset[str]:
        """The stages that lead to what the journey makes for, in some version; at others it is given up."""
        those = (outline for key, outline in self._outlines.items() if edition.has(*key))
        return frozenset(name for outline in those for name in outline.way)

    def _stages_of(self, code: str, edition: Edition | None) -> Mapping[str, str]:
        those = (one for one in self.versions[code] if edition is None or edition.has(code, one))
        return merged((version, self._outlines[code, version].stages) for version in those)


def merged(versions: Iterable[tuple[str, Mapping[str, str]]]) -> Mapping[str, str]:
    """The stages of several versions of one offer, titles by name: each version with its own, the newest first.

    What two versions call the same is one stage, under its newest title. What only an older one has stands where it
    stood there. Where its title is another stage's as well, it stands behind that one, with its version beside it.
    """
    found: list[tuple[str, str, str]] = []
    for version, stages in versions:
        place = 0
        for name, title in stages.items():
            names, titles = [one for one, _, _ in found], [one for _, one, _ in found]
            if name in names:
                place = names.index(name)
            elif title in titles:
                place = len(titles) - titles[::-1].index(title)
                found.insert(place, (name, title, f"{title} (version {version})"))
            else:
                found.insert(place, (name, title, title))
            place += 1
    return {name: told for name, _, told in found}
