"""Statements as SQLAlchemy has compiled them: kept once for a program, whichever record of a kind they are asked of.

An engine would keep them for itself alone, and to compile one takes longer than to answer it. A program that opens many
records (a rehearsal opens a copy for each of its workers) would compile all of them again for each.
"""

from typing import Any

from sqlalchemy.util import LRUCache

#: More than the program has.
_AT_MOST = 1500


class CompiledStatements:
    """What the execution option `compiled_cache` takes. Two dialects of one class say the same alike: all of ours are
    made with the same settings."""

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[Any, ...], Any] = LRUCache(_AT_MOST)

    def get(self, key: tuple[Any, ...]) -> Any:
        return self._kept.get(_alike(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._kept[_alike(key)] = compiled


def _alike(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return type(dialect), *statement


#: For every engine that is opened.
STATEMENTS = {"compiled_cache": CompiledStatements()}
