"""The process that rehearses, as a worker starts it: it is left alone, and ends by itself when nothing waits."""

import subprocess
import sys

_COMMAND = (sys.executable, "-m", "tasks.rehearse")
_started: list["subprocess.Popen[bytes]"] = []


def start() -> None:
    """One for each worker at most. It ends with the worker, whose group it is of, and its successor goes on."""
    _started[:] = [one for one in _started if one.poll() is None]
    if not _started:
        _started.append(subprocess.Popen(_COMMAND, stdin=subprocess.DEVNULL))  # noqa: S603 (our own program)
