"""Brings GOV.UK Frontend from `node_modules` to `web/assets`: `python -m web.assets`, run by make.

Leaves out the crown and the GDS Transport font, which only GOV.UK may use: the style sheet asks for Arial instead.
"""

import re
import sys
from pathlib import Path

_WEB = Path(__file__).parent
SOURCE = _WEB.parent / "node_modules" / "govuk-frontend" / "dist" / "govuk"
TARGET = _WEB / "assets"
STYLES, SCRIPT = "govuk-frontend.min.css", "govuk-frontend.min.js"
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_FONT = re.compile(r'"?GDS Transport"?,\s*')
_SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=[^\n]*")


def bring(source: Path = SOURCE, target: Path = TARGET) -> list[Path]:
    """The files written. Raises FileNotFoundError when npm has not installed GOV.UK Frontend."""
    styles = _FONT.sub("", _FONT_FACE.sub("", _read(source / STYLES)))
    if "GDS Transport" in styles:
        raise ValueError(f"{STYLES} names the GDS Transport font in a new way; teach web/assets.py to leave it out.")
    target.mkdir(exist_ok=True)
    return [_write(target / STYLES, styles), _write(target / SCRIPT, _read(source / SCRIPT))]


def missing(target: Path = TARGET) -> list[str]:
    """The files that pages need and that are not there."""
    return [name for name in (STYLES, SCRIPT) if not (target / name).is_file()]


def _read(path: Path) -> str:
    return _SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


if __name__ == "__main__":
    try:
        for written in bring():
            sys.stdout.write(f"web/assets/{written.name}\n")
    except FileNotFoundError:
        sys.exit("GOV.UK Frontend is not there. Run “npm ci” first, then this again.")
