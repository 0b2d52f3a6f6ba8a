"""The names and addresses of one person, found in whatever others wrote. Pure.

Upper and lower case, broken lines, curly apostrophes and what HTML and addresses of pages make of a sign are no way to
hide. A name of one word is never looked for: it may be a month.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

#: What stands where somebody was.
ERASED = "[erased]"
_LEAST_WORDS = 2
_PLAIN = re.compile(r"[A-Za-z0-9@.\-]+")
_SIGNS = {"'": "(?:['’‘ʼ]|&#0?39;|&#x27;|%27)", "@": "(?:@|%40|&#64;)"}
#: No part of a workbook that we take is larger.
_LARGEST_PART = 50_000_000
_CODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")


class Words:
    """`needles` are parts of them that a database can look for first, as it does not know all that is alike; none where
    it has to read everything."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str]) -> None:
        self.names = tuple(one for one in names if len(one.split()) >= _LEAST_WORDS)
        self.addresses = tuple(addresses)
        parts = [r"\s+".join(map(_pattern, one.split())) for one in (*self.names, *self.addresses)]
        self._found = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
        longest = [max(_PLAIN.findall(one), key=len, default="") for one in (*self.names, *self.addresses)]
        self.needles = tuple(sorted(set(longest))) if all(longest) else ()

    def of_addresses(self) -> "Words":
        """The addresses alone, which nobody else has."""
        return Words((), self.addresses)

    def are_in(self, value: Any) -> bool:
        """In a text, or anywhere in what JSON can hold."""
        return value is not None and value != self.without(value)

    def without(self, value: Any) -> Any:
        match value:
            case str():
                return self._found.sub(ERASED, value)
            case dict():
                return {self.without(key): self.without(one) for key, one in value.items()}
            case list():
                return [self.without(one) for one in value]
            case _:
                return value

    def spans(self, content: bytes) -> list[tuple[int, int]]:
        """Where they stand in the bytes of a text, so that these can be written over."""
        text = content.decode("utf-8", "surrogateescape")
        return [
            (
                len(text[: one.start()].encode("utf-8", "surrogateescape")),
                len(text[: one.end()].encode("utf-8", "surrogateescape")),
            )
            for one in self._found.finditer(text)
        ]

    def are_in_bytes(self, content: bytes) -> bool:
        """In a file, or in any part of one that is packed, such as a workbook."""
        if any(self._found.search(content.decode(coding, "ignore")) for coding in _CODINGS):
            return True
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return False
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = (one for one in packed.infolist() if one.file_size <= _LARGEST_PART)
            return any(self.are_in(packed.read(one).decode("utf-8", "ignore")) for one in parts)


def _pattern(word: str) -> str:
    return "".join(_SIGNS.get("'" if sign in "'’‘ʼ" else sign, re.escape(sign)) for sign in word)
