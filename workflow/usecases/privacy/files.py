"""Somebody is erased from the files beside the database: the Maildir of the embedded default, and the logs.

Letters that name them go, whoever they were to: they are copies of what was sent. In a log their name is written over,
letter by letter, as programs may be writing to it. Every other file that names them is told, and left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from workflow.store.privacy.marks import kept
from workflow.store.privacy.words import Words
from workflow.usecases.privacy.places import Places

_MAIL = ("new", "cur", "tmp")
_OVER = b"*"
#: Where a line of a calendar is broken, in the middle of a word if need be (RFC 5545, 3.1).
_FOLD = re.compile(rb"\r?\n[ \t]")
#: The database's own files, which are seen to by themselves; and what is too large to be anything of ours.
_DATABASE, _LARGEST = (".db", ".db-wal", ".db-shm"), 200_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """Files that name somebody: letters, logs, and all others."""

    letters: tuple[Path, ...]
    logs: tuple[Path, ...]
    others: tuple[Path, ...]


def look(places: Places, words: Words, sha256s: Iterable[str] = ()) -> Found:
    """`sha256s` are of documents that may go with a letter. Changes nothing."""
    known = frozenset(sha256s)
    letters = [one for one in _letters(places) if _names(one.read_bytes(), words, known)]
    rest = [one for one in _rest(places) if words.are_in_bytes(one.read_bytes())]
    logs = [one for one in rest if ".log" in one.suffixes]
    return Found(tuple(letters), tuple(logs), tuple(one for one in rest if one not in logs))


def erase(found: Found, words: Words) -> None:
    for letter in found.letters:
        letter.unlink(missing_ok=True)
    for log in found.logs:
        _write_over(log, words)


def drop_old(places: Places, now: datetime) -> int:
    """Letters that were kept as files for as long as the record keeps them. Returns how many went."""
    begin = kept("message", "text").begin(now).timestamp()
    old = [one for one in _letters(places) if one.stat().st_mtime < begin]
    for letter in old:
        letter.unlink(missing_ok=True)
    return len(old)


def _letters(places: Places) -> Iterator[Path]:
    if places.maildir is not None:
        for folder in _MAIL:
            yield from sorted(one for one in (places.maildir / folder).glob("*") if one.is_file())


def _rest(places: Places) -> Iterator[Path]:
    for path in sorted(places.home.rglob("*")):
        is_mail = places.maildir is not None and path.is_relative_to(places.maildir)
        if path.is_file() and not is_mail and path.suffix not in _DATABASE and path.stat().st_size <= _LARGEST:
            yield path


def _names(content: bytes, words: Words, sha256s: frozenset[str]) -> bool:
    """As its reader sees it: headers, texts and documents that go with it."""
    letter = message_from_bytes(content, policy=policy.default)
    if any(words.are_in(f"{name}: {value}") for name, value in letter.items()):
        return True
    return any(_is_named_in(part, words, sha256s) for part in letter.walk())


def _is_named_in(part: EmailMessage, words: Words, sha256s: frozenset[str]) -> bool:
    if part.is_multipart():
        return False
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return False
    if sha256(content).hexdigest() in sha256s or words.are_in(part.get_filename()):
        return True
    return words.are_in_bytes(_FOLD.sub(b"", content) if part.get_content_type() == "text/calendar" else content)


def _write_over(log: Path, words: Words) -> None:
    """In its place: whoever writes behind the end goes on there."""
    with log.open("r+b") as file:
        for start, end in words.spans(file.read()):
            file.seek(start)
            file.write(_OVER * (end - start))
