"""Which kinds of file may be sent in as evidence, and what is wrong with one that may not. Only for the guarded child.

The name somebody gave a file says nothing for certain, and the browser's word for it even less. What can run or call
home when it is opened is refused, and so is what nobody at the council could read.
"""

import io
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from workflow.documents import pdf, word

#: A picture with more pixels than this is a mistake or an attack.
_PIXELS = 60_000_000
#: A larger JPEG is not unpacked: one that is built up step by step lies in memory whole.
_UNPACKED = 25_000_000
_WEB_PAGE = re.compile(rb"\A\s*(?:<!doctype html|<html|<svg|<\?xml|<script)", re.IGNORECASE)
ALLOWED = "Send a PDF, a Word document (.docx) or a picture (JPEG or PNG)."
_WORD_FAULTS = {
    "old": "“{}” is protected by a password or is an old Word file. Save it as a plain .docx.",
    "none": f"“{{}}” is called a Word document and is not one. {ALLOWED}",
    "bomb": "“{}” unpacks to more than any document. Save it as a PDF and send that.",
    "active": "“{}” has a macro or a program in it. Save it as a PDF and send that.",
    "outside": "“{}” fetches a template or a picture from elsewhere. Save it as a PDF and send that.",
}


def media_type(shown: str, content: bytes) -> str:
    """One of a closed table. `shown` is the file's name. Raises ValueError with the sentence its owner needs."""
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix in (".doc", ".docm", ".dot", ".dotm", ".dotx"):
        raise ValueError(f"“{shown}” is a kind of Word file that can carry macros. Save it as .docx or as a PDF.")
    if suffix not in _KINDS:
        raise ValueError(f"“{shown}” is not a kind of file we can keep. {ALLOWED}")
    found, check = _KINDS[suffix]
    check(shown, content)
    return found


def _pdf(shown: str, content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise ValueError(f"“{shown}” is called a PDF and is not one. {ALLOWED}")
    try:
        encrypted, pages, acts = pdf.look_into(pdf.opened(content))
    except pdf.BrokenPdf:
        raise ValueError(f"“{shown}” is damaged. Make the PDF again and send the new one.") from None
    if encrypted:
        raise ValueError(f"“{shown}” is protected by a password. Send it without one.")
    if not pages:
        raise ValueError(f"“{shown}” has no pages. Make the PDF again and send the new one.")
    if acts:
        raise ValueError(
            f"“{shown}” has a script, a form that sends what is typed, or another file in it. Print it to a plain PDF "
            "and send that."
        )


def _word(shown: str, content: bytes) -> None:
    if fault := word.fault_of(content):
        raise ValueError(_WORD_FAULTS[fault].format(shown))


def _picture(kind: str) -> Callable[[str, bytes], None]:
    def check(shown: str, content: bytes) -> None:
        if _WEB_PAGE.match(content):
            raise ValueError(f"“{shown}” is called a picture and is a web page. {ALLOWED}")
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                width, height = picture.size
                if width * height > _PIXELS:
                    raise ValueError(f"“{shown}” has far more detail than a screen can show. Make it smaller.")
                if kind == "JPEG" and width * height <= _UNPACKED:
                    picture.draft("L", (width // 8, height // 8))  # read at an eighth, in little memory
                    picture.load()
                else:
                    picture.verify()  # its parts and their sums, and nothing unpacked
        except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
            raise ValueError(f"“{shown}” is damaged, or is not the picture its name says. Save it again.") from None

    return check


#: By ending: what is kept beside a file, and how its content is looked into.
_KINDS: dict[str, tuple[str, Callable[[str, bytes], None]]] = {
    ".pdf": ("application/pdf", _pdf),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    ".jpg": ("image/jpeg", _picture("JPEG")),
    ".jpeg": ("image/jpeg", _picture("JPEG")),
    ".png": ("image/png", _picture("PNG")),
}
MEDIA_TYPES = frozenset(media_type for media_type, _ in _KINDS.values())
