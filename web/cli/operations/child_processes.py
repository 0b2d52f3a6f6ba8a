"""Child processes that live and die together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from workflow.errors import CheckFailed

#: How long children may take to finish what they are doing, in seconds. Whatever they drop is still in the outbox.
_GRACE = 8.0
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]


class Family:
    """Started one by one, stopped all together when the block ends. Each writes its own log in `folder`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def log(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def start(self, name: str, module: tuple[str, ...]) -> None:
        """Runs `python -m module…` in a group of its own, so that a Ctrl-C reaches us first and it in good order."""
        with self.log(name).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 (our own programs, with arguments of our own)
                [sys.executable, "-m", *module],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._children.append(Child(name, process))

    def raise_if_one_died(self) -> None:
        """Raises CheckFailed, saying which and where its log is."""
        for child in self._children:
            code = child.process.poll()
            if code is not None:
                raise CheckFailed(
                    f"The {child.name} stopped by itself (exit code {code}), so everything is stopped. "
                    f"See {self.log(child.name)}."
                )

    def _stop(self) -> None:
        for child in self._children:
            child.process.terminate()
        deadline = time.monotonic() + _GRACE
        while any(child.process.poll() is None for child in self._children) and time.monotonic() < deadline:
            time.sleep(_POLL)
        for child in self._children:
            with suppress(ProcessLookupError):  # the whole group is gone already, as it should be
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
