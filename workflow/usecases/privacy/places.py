"""Where, beside the database, something about people may lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """`maildir` is None where letters go out by a server."""

    home: Path
    maildir: Path | None
