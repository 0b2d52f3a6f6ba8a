"""Files sent in as evidence: what each one is, by its content, and whether it may be kept. Pure.

The name somebody gave a file says nothing for certain, and the browser's word for it even less. What can run when it
is opened (scripts, macros, launch actions) is refused, and so is what nobody at the council could read.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

NAME_LIMIT = 120
#: A picture with more pixels than this is a mistake or an attack.
_PIXELS = 60_000_000
#: A Word file that unpacks to more than this, or to more parts, is not a document somebody wrote.
_UNPACKED, _PARTS = 200_000_000, 5_000
#: Words in a PDF that start something when it is opened, or hide another file in it.
_ACTIVE_PDF = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"})
#: A PDF with more objects than this is no evidence of anybody's mentoring.
_OBJECTS = 200_000
_ACTIVE_WORD = re.compile(r"vbaProject|vbaData|activeX|embeddings/.*\.(?:bin|exe|ole)", re.IGNORECASE)
_RUNS = re.compile(rb"\A\s*(?:<!doctype html|<html|<svg|<\?xml|<script)", re.IGNORECASE)
_ALLOWED = "Send a PDF, a Word document (.docx) or a picture (JPEG or PNG)."


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """`name` is fit to be shown, `media_type` one of a closed table, `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)


def inspect(name: str, content: bytes, limit: int) -> EvidenceFile:
    """The file, if it may be kept. `limit` is in bytes. Raises ValueError with the sentence its owner needs."""
    shown, suffix = _shown(name), PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not content:
        raise ValueError(f"“{shown}” is empty. Choose the file again.")
    if len(content) > limit:
        raise ValueError(f"“{shown}” is larger than {limit // 1_000_000} MB. Make it smaller, or send it in parts.")
    if suffix in (".doc", ".docm", ".dot"):
        raise ValueError(f"“{shown}” is a kind of Word file that can carry macros. Save it as .docx or as a PDF.")
    if suffix not in _KINDS:
        raise ValueError(f"“{shown}” is not a kind of file we can keep. {_ALLOWED}")
    media_type, check = _KINDS[suffix]
    check(shown, content)
    return EvidenceFile(shown, media_type, len(content), sha256(content).hexdigest(), content)


def _shown(name: str) -> str:
    """The last part of a path, without what cannot be seen; its ending stays when it has to be shortened."""
    last = "".join(filter(str.isprintable, PurePosixPath(name.replace("\\", "/")).name)).strip() or "file"
    path = PurePosixPath(last)
    return last if len(last) <= NAME_LIMIT else path.stem[: NAME_LIMIT - len(path.suffix[:8])] + path.suffix[:8]


def _pdf(shown: str, content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise ValueError(f"“{shown}” is called a PDF and is not one. {_ALLOWED}")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
        active = not encrypted and _is_active(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        raise ValueError(f"“{shown}” is damaged. Make the PDF again and send the new one.") from None
    if encrypted:
        raise ValueError(f"“{shown}” is protected by a password. Send it without one.")
    if not pages:
        raise ValueError(f"“{shown}” has no pages. Make the PDF again and send the new one.")
    if active:
        raise ValueError(f"“{shown}” has a script or another file in it. Print it to a plain PDF and send that.")


def _is_active(reader: PdfReader) -> bool:
    """Whether something in it starts by itself or hides a file. Objects are followed, as they may be compressed."""
    waiting: list[object] = [reader.trailer["/Root"]]
    seen: set[int] = set()
    while waiting and len(seen) < _OBJECTS:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            if not _ACTIVE_PDF.isdisjoint([*found, *(str(value) for value in found.values() if _is_name(value))]):
                return True
            waiting += found.values()
        elif isinstance(found, ArrayObject):
            waiting += found
    return bool(waiting)


def _is_name(value: object) -> bool:
    return isinstance(value, NameObject)


def _word(shown: str, content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(f"“{shown}” is protected by a password or is an old Word file. Save it as a plain .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise ValueError(f"“{shown}” is called a Word document and is not one. {_ALLOWED}") from None
    names = [part.filename for part in parts]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise ValueError(f"“{shown}” is called a Word document and is not one. {_ALLOWED}")
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise ValueError(f"“{shown}” unpacks to more than any document. Save it as a PDF and send that.")
    if any(_ACTIVE_WORD.search(name) for name in names):
        raise ValueError(f"“{shown}” has a macro or a program in it. Save it as a PDF and send that.")


def _picture(kind: str) -> Callable[[str, bytes], None]:
    def check(shown: str, content: bytes) -> None:
        if _RUNS.match(content):
            raise ValueError(f"“{shown}” is called a picture and is a web page. {_ALLOWED}")
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                width, height = picture.size
                if width * height > _PIXELS:
                    raise ValueError(f"“{shown}” has far more detail than a screen can show. Make it smaller.")
                picture.load()
        except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
            raise ValueError(f"“{shown}” is damaged, or is not the picture its name says. Save it again.") from None

    return check


#: By ending: what is said of a file when it is served, and how its content is looked into.
_KINDS: dict[str, tuple[str, Callable[[str, bytes], None]]] = {
    ".pdf": ("application/pdf", _pdf),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    ".jpg": ("image/jpeg", _picture("JPEG")),
    ".jpeg": ("image/jpeg", _picture("JPEG")),
    ".png": ("image/png", _picture("PNG")),
}
MEDIA_TYPES = frozenset(media_type for media_type, _ in _KINDS.values())
