"""An offer's folder that a test may change."""

import shutil
from pathlib import Path

from config.settings import OFFERS

NAME = "mentoring-2026-09"


class Folder:
    """A copy of the first offer's folder."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME
        shutil.copytree(OFFERS / NAME, self.path)

    def change(self, file: str, was: str, now: str) -> "Folder":
        """Once, where it stands first."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert was in text
        path.write_text(text.replace(was, now, 1), encoding="utf-8")
        return self
