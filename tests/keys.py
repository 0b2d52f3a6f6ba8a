"""The keys that histories of tests are sealed with."""

from datetime import UTC, datetime

from workflow.store.history.keys import Key, KeyFile, KeyRing

KEY = Key("0000test", b"a key of the history that only tests know", datetime(2020, 1, 1, tzinfo=UTC))
RING = KeyRing((KEY,))


def keys() -> KeyRing:
    return RING


def settle(file: KeyFile) -> None:
    """A home gets a key where it would otherwise be made by typing “db upgrade”."""
    with file.begin(KEY.made_at):
        pass
