"""Named points where a crash would matter. A no-op unless a test arms one through `RECOGNITION_FAULTS`."""

import os
import signal
from collections import Counter

_armed: dict[str, int] = {}
_passed: Counter[str] = Counter()


def arm(spec: str) -> None:
    """`sent:3` kills this process with SIGKILL the third time it passes the point called `sent`."""
    _armed.clear()
    _passed.clear()
    for part in filter(None, spec.split(",")):
        name, _, count = part.partition(":")
        _armed[name] = int(count or 1)


def point(name: str) -> None:
    if not _armed:
        return
    _passed[name] += 1
    if _passed[name] == _armed.get(name):
        os.kill(os.getpid(), signal.SIGKILL)
