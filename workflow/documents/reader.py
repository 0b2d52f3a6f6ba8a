"""The child that looks into files of strangers: `guard` starts it, and lets it die of what it cannot read.

It holds its bounds itself before it reads a byte. An error that nobody foresaw ends it like any other way to die, so
none is caught here.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from workflow.documents import certificate_pdf, evidence_kinds
from workflow.documents.guard import MEMORY, PROCESSOR, Reading, answered

_READERS: Mapping[str, Callable[[str, bytes], Any]] = {
    "evidence": evidence_kinds.media_type,
    "certificate": certificate_pdf.facts_and_text,
}


def main(asked: BinaryIO, told: BinaryIO) -> None:
    """Answers each job with one line, as soon as it is done."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while line := asked.readline():
        job = json.loads(line)
        content = asked.read(job["size"])
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR)
        told.write(answered(_reading(job["kind"], job["name"], content)))
        told.flush()


def _reading(kind: str, name: str, content: bytes) -> Reading:
    try:
        return Reading(found=_READERS[kind](name, content))
    except ValueError as refused:
        return Reading(refused=str(refused))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
