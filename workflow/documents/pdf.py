"""PDFs opened for uploads and certificates alike, and what in them acts by itself. Only for the guarded child."""

import io
from collections.abc import Iterable

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

#: What a broken file makes the library raise. Whatever else it raises ends the child.
_BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    OSError,
)
#: Words in a PDF that start something when it is opened or clicked, send what was typed into it, or hide another file.
_ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/XFA",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/RichMedia",
        "/RichMediaExecute",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/3D",
    }
)
#: A PDF with more objects than this is no evidence of anybody's mentoring.
_OBJECTS = 200_000


class BrokenPdf(Exception):
    """It cannot be taken apart."""


def opened(content: bytes) -> PdfReader:
    """Raises BrokenPdf for what does not begin as a PDF does or has no cross references."""
    if not content.startswith(b"%PDF-"):
        raise BrokenPdf
    try:
        return PdfReader(io.BytesIO(content), strict=False)
    except _BROKEN:
        raise BrokenPdf from None


def look_into(reader: PdfReader) -> tuple[bool, int, bool]:
    """Whether it is encrypted, how many pages it has, and whether something in it acts. Raises BrokenPdf."""
    try:
        if reader.is_encrypted:
            return True, 0, False
        return False, len(reader.pages), _acts(reader)
    except _BROKEN:
        raise BrokenPdf from None


def attachment_and_text(reader: PdfReader, name: str) -> tuple[bytes | None, str]:
    """The first attachment of this name, and what stands on the pages. Raises BrokenPdf."""
    try:
        attached = reader.attachments.get(name)
        return attached[0] if attached else None, " ".join(page.extract_text() for page in reader.pages)
    except _BROKEN:
        raise BrokenPdf from None


def _acts(reader: PdfReader) -> bool:
    """Objects are followed from the root, as they may be compressed. One that has too many counts as acting."""
    waiting: list[PdfObject] = [reader.trailer["/Root"]]
    seen: set[int] = set()
    while waiting and len(seen) < _OBJECTS:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            followed = found.get_object()
            found = found if followed is None else followed
        if isinstance(found, DictionaryObject):
            if not _ACTIVE.isdisjoint({*found, *_names(found.values())}):
                return True
            waiting += found.values()
        elif isinstance(found, ArrayObject):
            waiting += found
    return bool(waiting)


def _names(values: Iterable[PdfObject]) -> set[str]:
    return {str(one) for one in values if isinstance(one, NameObject)}
