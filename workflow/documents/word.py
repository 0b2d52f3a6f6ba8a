"""Word files: what in one can run, call home or unpack without end. Only for the guarded child."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree as ET

#: A Word file that unpacks to more than this, or to more parts, is not a document somebody wrote.
_UNPACKED, _PARTS = 100_000_000, 5_000
#: How much of one part is looked into, in bytes.
_LOOKED_INTO = 20_000_000
#: Pictures and charts lie in `media` and as plain workbooks in `embeddings`; whatever else lies there can run.
_RUNS = re.compile(
    r"vbaProject|vbaData|activeX|ctrlProps|\.bin\Z|\.exe\Z|\.dll\Z|\.js\Z|\.vbs\Z|\.hta\Z|embeddings/(?!.*\.xlsx\Z)",
    re.IGNORECASE,
)
#: Fields that fetch or start something when the document is opened.
_FIELDS = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b\s")
_INSTRUCTIONS = re.compile(rb"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr=\"([^\"]*)\"", re.DOTALL)
_OUTSIDE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    OverflowError,
    KeyError,
    EOFError,
    RuntimeError,
    OSError,
)


def fault_of(content: bytes) -> str:
    """What is wrong with it, by a word: `old`, `none`, `bomb`, `active`, `outside`; nothing where it may be kept."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "old"
    if not content.startswith(b"PK\x03\x04"):
        return "none"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _fault_inside(packed)
    except _BROKEN:
        return "none"


def _fault_inside(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return "none"
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        return "bomb"
    if any(map(_RUNS.search, names)):
        return "active"
    written = (one for one in parts if one.filename.endswith((".xml", ".rels")))
    return next(filter(None, (_fault_of_part(packed, one) for one in written)), "")


def _fault_of_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """What is said of its size need not be true, so no more is unpacked than is looked into."""
    with packed.open(part) as opened:
        text = opened.read(_LOOKED_INTO + 1)
    if len(text) > _LOOKED_INTO:
        return "bomb"
    if b"\0" in text or b"<!DOCTYPE" in text or b"macroEnabled" in text or _has_field(text):
        return "active"
    return "outside" if part.filename.endswith(".rels") and _leads_outside(text) else ""


def _has_field(text: bytes) -> bool:
    """An instruction may be cut into pieces, so those of one part are put together."""
    return _FIELDS.search(b"".join(b"".join(found) for found in _INSTRUCTIONS.findall(text)) + b" ") is not None


def _leads_outside(text: bytes) -> bool:
    """Whether it fetches something from elsewhere. A link that people click on does not."""
    relations = ET.fromstring(text).iter(_OUTSIDE)  # noqa: S314 (without a DOCTYPE, and in the guarded child)
    outside = (one for one in relations if one.get("TargetMode", "").lower() == "external")
    return any(not one.get("Type", "").endswith("/hyperlink") for one in outside)
