"""Statements as SQLAlchemy has compiled them: kept once for a program, whichever record of a kind they are asked of.

An engine would keep them for itself alone, and to compile one takes longer than to answer it. A program that opens many
records (a rehearsal opens a copy for each of its workers) would compile all of them again for each.
"""

from typing import Any

from sqlalchemy.util import LRUCache

#: More than the program has.
_AT_MOST = 1500
#: More than it has at hand ready made. Of those that are put together as they are asked, as many are soon forgotten.
_AT_HAND = 500


class CompiledStatements:
    """What the execution option `compiled_cache` takes. Two dialects of one class say the same alike: all of ours are
    made with the same settings.

    What a statement says is a tuple of hundreds of others, of thousands for a case, and to look that up takes as long
    as a small query. A statement that is ready made says it with the same tuple every time, by which it is known.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[Any, ...], Any] = LRUCache(_AT_MOST)
        self._at_hand: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def get(self, key: tuple[Any, ...]) -> Any:
        dialect, said, *how = key
        mark = type(dialect), id(said), *how
        found = self._at_hand.get(mark)
        if found is None:
            found = said, self._kept.get(_alike(key))
            if found[1] is not None:  # As long as what it says is kept beside it, nothing else has its number.
                self._at_hand = self._at_hand if len(self._at_hand) < _AT_HAND else {}
                self._at_hand[mark] = found
        return found[1]

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._kept[_alike(key)] = compiled


def _alike(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return type(dialect), *statement


#: For every engine that is opened.
STATEMENTS = {"compiled_cache": CompiledStatements()}
