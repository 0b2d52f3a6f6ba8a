"""Which words of a text have changed. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from workflow.offer.differences.phrases import began

#: Words before an insertion that show where it is.
_BEFORE = 3


def changed_words(what: str, before: str, after: str) -> Iterator[str]:
    """A sentence for each run of words that is new, gone or another."""
    was, now = before.split(), after.split()
    if was == now:
        yield began(f"{what} is laid out otherwise, in the same words.")
    for kind, start, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        old, new = " ".join(was[start:end]), " ".join(now[first:last])
        if kind == "replace":
            yield began(f"{what} now says “{new}” instead of “{old}”.")
        elif kind == "delete":
            yield began(f"{what} no longer says “{old}”.")
        elif kind == "insert":
            place = " ".join(now[max(first - _BEFORE, 0) : first])
            yield began(f"{what} now says “{new}” after “{place}”." if place else f"{what} now begins with “{new}”.")
