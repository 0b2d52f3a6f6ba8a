"""Workbooks saved as “Strict Open XML”: the same parts under other names, which the reader of workbooks does not know.

They are given the names it knows. What is written in them stays as it is.
"""

import io
import zipfile
from typing import BinaryIO

from workflow.errors import BadInput

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = {
    _STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    _STRICT + b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    _STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    _STRICT + b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
#: A part is held in memory while it is renamed, so they may not be as large as others.
_MOST = 100_000_000


def as_usual(source: BinaryIO, name: str) -> BinaryIO:
    """The workbook itself, or one like it under the usual names. Raises BadInput for one that is too large for that."""
    with zipfile.ZipFile(source) as packed:
        if _STRICT not in packed.read("xl/workbook.xml"):
            return source
        if sum(part.file_size for part in packed.infolist()) > _MOST:
            raise BadInput(f"{name} is a large “Strict Open XML” workbook. Save it as “Excel Workbook (.xlsx)” or CSV.")
        usual = io.BytesIO()
        with zipfile.ZipFile(usual, "w") as packing:
            for part in packed.namelist():
                packing.writestr(part, _renamed(packed.read(part)))
    return usual


def _renamed(part: bytes) -> bytes:
    for strict, usual in _NAMES.items():
        part = part.replace(strict, usual)
    return part
