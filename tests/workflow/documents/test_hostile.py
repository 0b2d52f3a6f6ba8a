"""Hostile documents are refused with what to do instead, or kept; their reader needs little time and memory."""

import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image

from tests.workflow.documents.hostile import documents, plain_pdf
from workflow.documents import guard
from workflow.documents.evidence_file import EvidenceFile, inspect
from workflow.documents.guard import Job

LIMIT = 10_000_000
HOSTILE = dict(documents())
HUNGRY = (
    "bomb.pdf",
    "bomb-in-a-bomb.pdf",
    "pages-without-end.pdf",
    "deep.pdf",
    "references.pdf",
    "much.png",
    "lies-about-its-size.docx",
)
_DONE = re.compile(r"(Send|Save|Print|Make|Choose) ")


def test_there_are_thirty_of_them() -> None:
    assert len(HOSTILE) >= 30
    assert max(map(len, HOSTILE.values())) <= LIMIT


def spent() -> float:
    """What children took of the processor so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def agree(names: Sequence[str]) -> None:
    """They may all be in one child: what they take together, each takes at the most."""
    before = spent()
    told = inspect([(name, HOSTILE[name]) for name in names], LIMIT)
    assert spent() - before <= 2
    for name, found in zip(names, told, strict=True):
        if isinstance(found, EvidenceFile):
            assert found.content == HOSTILE[name]
        else:
            assert _DONE.search(found), found
            assert name in found


@pytest.mark.parametrize("name", HUNGRY)
def test_the_hungriest_are_refused_or_kept_within_two_seconds(name: str) -> None:
    agree([name])


def test_the_others_are_refused_with_what_to_do_instead_or_kept_within_two_seconds() -> None:
    agree([name for name in HOSTILE if name not in HUNGRY])


_PEAK = """
import sys
from pathlib import Path
from workflow.documents import reader
try:
    reader.main(sys.stdin.buffer, sys.stdout.buffer)
finally:
    status = Path("/proc/self/status").read_text().split("VmPeak:")[1]
    print(int(status.split()[0]) // 1024, file=sys.stderr)
"""


@pytest.mark.parametrize("name", ["bomb.pdf", "bomb-in-a-bomb.pdf", "much.png"])
def test_a_reader_never_has_more_than_200_mib(name: str) -> None:
    """One that dies of an error says what it had before it tells of the error."""
    asked = b"".join(guard._written([Job("evidence", name, HOSTILE[name])]))
    done = subprocess.run([sys.executable, "-c", _PEAK], input=asked, capture_output=True, check=False)
    told = re.search(rb"^(\d+)$", done.stderr, re.MULTILINE)
    assert told is not None, done.stderr
    assert int(told[1]) <= 200


def test_as_certificates_they_are_not_readable_and_nothing_worse() -> None:
    readings = guard.read([Job("certificate", "", content) for content in HOSTILE.values()])
    assert [one.found for one in readings] == [None] * len(HOSTILE)


def test_what_is_good_is_kept_beside_what_kills_the_reader() -> None:
    written = BytesIO()
    Image.new("RGB", (4_000, 3_000)).save(written, "JPEG")
    files = [("plan.pdf", plain_pdf()), ("bomb.pdf", HOSTILE["bomb.pdf"]), ("board.jpg", written.getvalue())]
    assert [isinstance(one, EvidenceFile) for one in inspect(files, LIMIT)] == [True, False, True]


def test_the_child_is_told_no_secret() -> None:
    assert not any("SECRET" in name or name.startswith("RECOGNITION") for name in guard._NEEDED)
