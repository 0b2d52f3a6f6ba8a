"""The keys that history is sealed with. They live outside the database: whoever can write its tables has none."""

import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.errors import CheckFailed, Conflict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Under this name a session's `info` has what gives its key ring.
KEYS = "keys"
#: Stands for a seal where there was none to go on from: no key makes it, and nothing makes it whole again.
BROKEN = "broken"
_BYTES, _NAME = 32, 8
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
#: What begins the name of a file of keys that is not in use yet.
_DRAFT = ".new"


class Key(NamedTuple):
    """`until` is when another took its place and the programs that ran at that time had learnt of it."""

    name: str
    secret: bytes
    made_at: datetime
    until: datetime | None = None

    def mac(self, what: str, said: object) -> str:
        """The seal itself, in hex. `what` keeps apart the kinds of things that are sealed."""
        return hmac.digest(self.secret, f"{what}\n{_CANONICAL(said)}".encode(), "sha256").hex()

    def seal(self, what: str, said: object) -> str:
        """The seal with the name of its key before it."""
        return f"{self.name}:{self.mac(what, said)}"


def new_key(now: datetime) -> Key:
    secret = secrets.token_bytes(_BYTES)
    return Key(sha256(secret).hexdigest()[:_NAME], secret, now)


class KeyRing(NamedTuple):
    """The keys that are known here, oldest first. The last seals what happens from now on."""

    keys: tuple[Key, ...]

    @property
    def sealing(self) -> Key:
        return self.keys[-1]

    def named(self, name: str) -> Key | None:
        return next((one for one in self.keys if one.name == name), None)

    def holds(self, seal: str, what: str, said: object) -> bool:
        """Whether this is the seal of what is said, by a key that is known here."""
        key = self.named(seal.partition(":")[0])
        return key is not None and hmac.compare_digest(key.seal(what, said), seal)


#: Gives the keys that are known here at this moment.
Keys = Callable[[], KeyRing]


def keys_of(session: "Session") -> KeyRing:
    """The keys of the program that opened the record. Raises CheckFailed, saying what to do, where there are none."""
    keys: Keys = session.info[KEYS]
    return keys()


class KeyFile:
    """Keys in a file that its owner alone can read. It is read again whenever it was changed, so that a program that
    runs for months learns of a new key at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[int, KeyRing] | None = None

    def __call__(self) -> KeyRing:
        """Raises CheckFailed if there is no such file, or it cannot be read."""
        changed = self._changed()
        if self._read is None or self._read[0] != changed:
            self._read = (changed, _ring(self.path))
        return self._read[1]

    def _changed(self) -> int:
        try:
            return os.stat(self.path).st_mtime_ns  # noqa: PTH116 (it is asked at every step, and a path takes longer)
        except FileNotFoundError:
            raise CheckFailed(self.missing) from None

    @property
    def missing(self) -> str:
        return (
            f"The history's keys are not in {self.path}. Bring the file back from where you keep it, or set "
            "RECOGNITION_HISTORY_KEYS to where it is. If it is lost, “recognition keys make” makes a new key; what "
            "the lost one sealed can then not be checked any more."
        )

    def exists(self) -> bool:
        return self.path.exists()

    def is_private(self) -> bool:
        """Whether nobody but its owner can read it."""
        return not self.path.stat().st_mode & 0o077

    @contextmanager
    def begin(self, now: datetime) -> Iterator[Keys]:
        """A first key, which the file holds when the block has ended. Whoever broke off before goes on with the same.

        Raises Conflict if there is a file already.
        """
        if self.exists():
            raise Conflict(f"{self.path} is there already. “recognition keys rotate” puts a new key beside the old.")
        draft = self.path.with_name(self.path.name + _DRAFT)
        if not draft.exists():
            _write(draft, KeyRing((new_key(now),)))
        ring = _ring(draft)
        yield lambda: ring
        draft.replace(self.path)

    def rotate(self, now: datetime, overlap: timedelta) -> Key:
        """A new key takes over. What the one before seals counts for so much longer. Returns the new one."""
        ring = self()
        new, before = new_key(now), ring.sealing._replace(until=now + overlap)
        self._replace(KeyRing((*ring.keys[:-1], before, new)))
        return new

    def add(self, key: Key) -> None:
        """A key that was lost and found, to check what it sealed."""
        ring = self()
        if ring.named(key.name) is None:
            self._replace(KeyRing((key, *ring.keys)))

    def _replace(self, ring: KeyRing) -> None:
        draft = self.path.with_name(self.path.name + _DRAFT)
        draft.unlink(missing_ok=True)
        _write(draft, ring)
        draft.replace(self.path)


def ring_of(text: str) -> KeyRing:
    """The keys as a file has them. Raises ValueError."""
    try:
        keys = tuple(_key(one) for one in json.loads(text)["keys"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None
    if not keys:
        raise ValueError("there is no key in it")
    return KeyRing(keys)


def _ring(path: Path) -> KeyRing:
    try:
        return ring_of(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        raise CheckFailed(
            f"{path} cannot be read as the history's keys. Bring it back from where you keep it."
        ) from None


def _key(written: Mapping[str, Any]) -> Key:
    until = written["until"]
    return Key(
        str(written["name"]),
        bytes.fromhex(written["secret"]),
        datetime.fromisoformat(written["made_at"]),
        None if until is None else datetime.fromisoformat(until),
    )


def _write(path: Path, ring: KeyRing) -> None:
    """All of it or nothing, and never readable by others, not even for a moment."""
    keys = [
        {
            "name": one.name,
            "secret": one.secret.hex(),
            "made_at": one.made_at.isoformat(),
            "until": one.until and one.until.isoformat(),
        }
        for one in ring.keys
    ]
    written = path.with_name(path.name + ".part")
    written.unlink(missing_ok=True)
    written.touch(mode=0o600, exist_ok=False)
    written.write_text(json.dumps({"keys": keys}, indent=2), encoding="utf-8")
    written.replace(path)
