"""Child processes that are kept running: one that dies is started again, and none outlives the program."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from workflow.errors import CheckFailed

#: How long children may take to finish what they are doing, in seconds. Whatever they drop is still in the outbox.
_GRACE = 8.0
_POLL = 0.05
#: The pauses before a child is started again, in seconds; the last one stays.
_PAUSES = (1, 2, 4, 8, 15, 30)
#: Whoever ran for so long is not failing again and again.
_WELL_AFTER = 60.0
_LOG_BYTES, _LOGS_KEPT = 5_000_000, 5


class Child:
    """One program, its log, and what has become of it."""

    def __init__(self, name: str, module: tuple[str, ...], log: Path, environment: dict[str, str]) -> None:
        self.name, self.log = name, log
        self._module, self._environment = module, environment
        self._failures, self._started_at, self._due_at = 0, 0.0, 0.0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """In a group of its own, so that a Ctrl-C reaches us first and it in good order."""
        process = subprocess.Popen(  # noqa: S603 (our own programs, with arguments of our own)
            [sys.executable, "-m", "web.cli.operations.kin", *self._module],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.process, self._started_at = process, time.monotonic()
        if process.stdout is not None:
            threading.Thread(target=_copy, args=(process.stdout, self.log), daemon=True).start()

    def tend(self, say: Callable[[str], None]) -> None:
        """Starts it again if it has died, after a pause that grows while it keeps dying."""
        if self.process is None:
            if time.monotonic() >= self._due_at:
                self.start()
                say(f"The {self.name} is running again.")
            return
        code = self.process.poll()
        if code is not None:
            self._failures = 0 if time.monotonic() - self._started_at > _WELL_AFTER else self._failures
            pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures, self._due_at = self._failures + 1, time.monotonic() + pause
            self.end()
            say(f"The {self.name} {_how(code)}; it is started again in {pause} s. See {self.log}.")

    def end(self) -> None:
        """Ends whatever is left of it and of what it has started."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # the whole group is gone already, as it should be
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            if self.process.stdin is not None:
                self.process.stdin.close()
            self.process = None


def _how(code: int) -> str:
    return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"stopped by itself (exit code {code})"


def _copy(source: IO[str], log: Path) -> None:
    """Into a file that only its owner can read, and that never grows for ever.

    What cannot be written there is read all the same: a program whose words nobody reads stops.
    """
    handler: logging.Handler
    try:
        handler = RotatingFileHandler(log, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    with source:
        for line in source:
            handler.handle(logging.makeLogRecord({"msg": line.rstrip("\n")}))
    handler.close()


class Family:
    """Started one by one, tended while the block lasts, stopped all together when it ends. Logs are in `folder`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def log(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"

    def start(self, name: str, module: tuple[str, ...]) -> None:
        """Runs `python -m module…`."""
        child = Child(name, module, self.log(name), self._environment)
        child.start()
        self._children.append(child)

    def tend(self, say: Callable[[str], None]) -> None:
        """Says in one line what happened to whom."""
        for child in self._children:
            child.tend(say)

    def raise_if_one_died(self) -> None:
        """While everything starts, a child that dies has been told something wrong. Raises CheckFailed."""
        for child in self._children:
            code = child.process.poll() if child.process else None
            if code is not None:
                raise CheckFailed(f"The {child.name} {_how(code)} while it started. See {child.log}.")

    def _stop(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _GRACE
        while any(process.poll() is None for process in running) and time.monotonic() < deadline:
            time.sleep(_POLL)
        for child in self._children:
            child.end()
