"""Passwords: which are taken, how they are kept, and whether one is right.

As ASVS 5.0, 6.2, asks: long ones, of any characters, that are not among those guessed first; nothing else is asked of
them. To hash one takes long on purpose, so nothing is locked and no connection is held meanwhile.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from workflow.errors import Problem

MINIMUM = 12
MAXIMUM = 256
#: A password that is found in so many guesses is refused: the lists of common ones, and plays on them.
_FOUND_SOON = 1_000_000
_GUESSED_SOON = "is one that is guessed soon. Choose another, such as three words that do not belong together."
#: zxcvbn's time grows with the square of what it looks at.
_LOOKED_AT = 72
#: The library's own parameters are the ones a record is opened with unless it says otherwise; tests open theirs with
#: the least, and whoever signs in to a record that was made so is hashed anew at the usual cost.
_HASHERS = {"usual": PasswordHasher(), "least": PasswordHasher.from_parameters(profiles.CHEAPEST)}
#: So many are checked at once, however many are guessed at: each takes 64 MiB and a core.
_AT_ONCE = BoundedSemaphore(2)


def problems_with(password: str, about: Iterable[str] = ()) -> list[Problem]:
    """`about` are the words that somebody who knows the person would try first: their name, their address."""
    if not MINIMUM <= len(password) <= MAXIMUM:
        return [Problem("password", f"must have {MINIMUM} to {MAXIMUM} characters.")]
    words = ["recognition", *(part for one in about for part in (one, *one.replace("@", " ").split()))]
    if zxcvbn(composed(password)[:_LOOKED_AT], words, _LOOKED_AT)["guesses"] < _FOUND_SOON:
        return [Problem("password", _GUESSED_SOON)]
    return []


def hasher_of(session: Session) -> PasswordHasher:
    return _HASHERS[session.info.get("hash_cost", "usual")]


def hashed(hasher: PasswordHasher, password: str) -> str:
    with _AT_ONCE:
        return hasher.hash(composed(password))


def matches(hasher: PasswordHasher, known: str, password: str) -> bool:
    """Takes as long where there is no password to match."""
    try:
        with _AT_ONCE:
            hasher.verify(known or nobodys(hasher), composed(password[:MAXIMUM]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


@cache
def nobodys(hasher: PasswordHasher) -> str:
    """The hash of a password nobody has: what an unknown address is checked against, to take as long as a known one."""
    return hasher.hash("no such person works here")


def composed(password: str) -> str:
    """The same password from every keyboard: “é” typed as one character or as two."""
    return unicodedata.normalize("NFKC", password)
