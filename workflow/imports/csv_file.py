"""CSV as people and portals really write it: three encodings, three delimiters, spare and missing quotation marks."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import BinaryIO

from workflow.errors import BadInput, Problem

_CHUNK = 1 << 20
_DELIMITERS = ",;\t"
_BOMS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
WINDOWS = "cp1252"
_LINES_LOOKED_AT = 20
_QUOTED = re.compile(r'"[^"]*"')


def encoding_of(source: BinaryIO, name: str) -> str:
    """What the bytes are, by their mark, else UTF-8 if all of them are, else Windows-1252. Raises BadInput."""
    source.seek(0)
    head = source.read(4)
    marked = next((codec for bom, codec in _BOMS.items() if head.startswith(bom)), None)
    encoding = next((codec for codec in ([marked] if marked else ["utf-8", WINDOWS]) if _decodes(source, codec)), None)
    if encoding is None:
        raise BadInput(f"{name} is not a table of text. Export it as “CSV UTF-8” or as Excel (.xlsx).")
    return encoding


def rows(source: BinaryIO, name: str, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. Raises BadInput where a quotation mark is wrong."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    delimiter = _delimiter(text)
    text.seek(0)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
            yield number, cells
    except csv.Error:
        place = Problem(
            f"{name}, row {number + 1}",
            "a quotation mark opens and does not close, or a cell has a spare "
            "one. Put quotation marks round the whole cell and double those inside it.",
        )
        raise BadInput(f"{name} cannot be read beyond row {number}.", (place,)) from None
    finally:
        if not source.closed:
            text.detach()  # the file is its owner's to close


def _decodes(source: BinaryIO, codec: str) -> bool:
    """Whether all bytes are letters of this codec, and none is the zero byte that no table of text has."""
    decoder = getincrementaldecoder(codec)()
    source.seek(0)
    try:
        return not any("\0" in decoder.decode(chunk, final=not chunk) for chunk in _chunks(source))
    except UnicodeDecodeError:
        return False


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    yield from iter(partial(source.read, _CHUNK), b"")
    yield b""


def _delimiter(text: io.TextIOWrapper) -> str:
    """The one that divides the first lines most often, since a title may stand above the header; a comma if none does.

    What stands between quotation marks divides nothing.
    """
    head = "".join(_QUOTED.sub("", line) for line in islice((line for line in text if line.strip()), _LINES_LOOKED_AT))
    return max(_DELIMITERS, key=head.count)
