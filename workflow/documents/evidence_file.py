"""Files sent in as evidence: what each one is, by its content, and whether it may be kept.

What is kept is only ever served to be saved, as bytes of no kind: see decision 19.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from workflow.documents import guard

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """`name` is fit to be shown, `media_type` one of a closed table, `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)


def inspect(files: Sequence[tuple[str, bytes]], limit: int) -> list[EvidenceFile | str]:
    """Each file, by name and content, if it may be kept, or else the sentence its owner needs. `limit` is in bytes."""
    found: list[EvidenceFile | str] = [_refused_unread(_shown(name), content, limit) for name, content in files]
    unread = [place for place, sentence in enumerate(found) if not sentence]
    jobs = [guard.Job("evidence", _shown(files[place][0]), files[place][1]) for place in unread]
    for place, job, reading in zip(unread, jobs, guard.read(jobs), strict=True):
        found[place] = _kept(job, reading)
    return found


def _refused_unread(shown: str, content: bytes, limit: int) -> str:
    if not content:
        return f"“{shown}” is empty. Choose the file again."
    if len(content) > limit:
        return f"“{shown}” is larger than {limit // 1_000_000} MB. Make it smaller, or send it in parts."
    return ""


def _kept(job: guard.Job, reading: guard.Reading) -> EvidenceFile | str:
    if reading.found is None:
        unreadable = f"“{job.name}” cannot be read. Print it to a plain PDF, or save it anew, and send that."
        return reading.refused or unreadable
    return EvidenceFile(job.name, reading.found, len(job.content), sha256(job.content).hexdigest(), job.content)


def _shown(name: str) -> str:
    """The last part of a path, without what cannot be seen; its ending stays when it has to be shortened."""
    last = "".join(filter(str.isprintable, PurePosixPath(name.replace("\\", "/")).name)).strip() or "file"
    path = PurePosixPath(last)
    return last if len(last) <= NAME_LIMIT else path.stem[: NAME_LIMIT - len(path.suffix[:8])] + path.suffix[:8]
