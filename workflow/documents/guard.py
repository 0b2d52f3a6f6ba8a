"""Reads files of strangers in another process, with little memory, little time and none of our secrets.

Libraries that take documents apart have been brought to loop, to unpack without end and to crash, and will be again.
So whatever they do is done by a child: what it cannot say within its bounds is “not readable”. `reader` is the child.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

#: In seconds: what one file may take of the processor, and how long all files that are sent together are waited for.
PROCESSOR, PATIENCE = 1.5, 15.0
#: In bytes of address space: what the child may use, all told.
MEMORY = 200 * 1024 * 1024
_NEEDED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START")


@dataclass(frozen=True, slots=True)
class Job:
    """One file, by the name its sender gave it, and what is to be read from it."""

    kind: Literal["evidence", "certificate"]
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, or the sentence that says why nothing was; both are None of a file that cannot be read at all."""

    found: Any = None
    refused: str | None = None


def read(jobs: Sequence[Job]) -> Iterator[Reading]:
    """One reading for each job, in order. A child that dies of one is followed by another for the rest, while there is
    time."""
    left, until = list(jobs), time.monotonic() + PATIENCE
    while left:
        readings = list(_read_on(left, until - time.monotonic())) if time.monotonic() < until else []
        yield from readings
        if len(readings) < len(left):
            yield Reading()
        left = left[len(readings) + 1 :]


def _read_on(jobs: Sequence[Job], seconds: float) -> Iterator[Reading]:
    """As far as one child gets in so long a time."""
    environment = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    command = [sys.executable, "-m", "workflow.documents.reader"]
    child = subprocess.Popen(  # noqa: S603 (our own program, and nothing that anybody typed)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        answer, _ = child.communicate(b"".join(_written(jobs)), timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        answer, _ = child.communicate()
    yield from (Reading(**json.loads(line)) for line in answer.splitlines(keepends=True) if line.endswith(b"\n"))


def _written(jobs: Iterable[Job]) -> Iterator[bytes]:
    """As the child reads it: a line that says how many bytes follow, and the bytes."""
    for job in jobs:
        yield json.dumps({"kind": job.kind, "name": job.name, "size": len(job.content)}).encode() + b"\n"
        yield job.content


def answered(reading: Reading) -> bytes:
    """As the child writes it."""
    return json.dumps(asdict(reading)).encode() + b"\n"
