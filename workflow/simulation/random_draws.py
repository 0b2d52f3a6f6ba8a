"""Chance that is the same each time: every draw follows from the seed and from what it is about. Pure.

So a rehearsal does not depend on the order in which things happen to be worked out, nor on how many processors there
are, and a what-if differs from the scenario only where it has to.
"""

from hashlib import blake2b

_BYTES = 8
_WHOLE = float(1 << (8 * _BYTES))


class Chance:
    """Draws of one rehearsal."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def share(self, *about: object) -> float:
        """A number from 0 up to, and without, 1."""
        words = "|".join(map(str, (self._seed, *about)))
        return int.from_bytes(blake2b(words.encode(), digest_size=_BYTES).digest()) / _WHOLE

    def happens(self, share: float, *about: object) -> bool:
        return self.share(*about) < share

    def within(self, between: tuple[int, int], *about: object) -> int:
        """A whole number of the range, both ends included."""
        first, last = between
        return first + int(self.share(*about) * (last - first + 1))
