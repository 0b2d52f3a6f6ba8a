"""How long the service waits for its database before it says that it does not answer."""

from typing import NamedTuple


class Patience(NamedTuple):
    """In seconds: for a connection, for one statement, and for somebody else's lock."""

    connect: float = 2
    statement: float = 60
    lock: float = 30

    def at_most(self, seconds: float) -> "Patience":
        return Patience(*(min(one, seconds) for one in self))
