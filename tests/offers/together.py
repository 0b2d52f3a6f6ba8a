"""The shipped offer and those of this folder, side by side in one installation."""

import shutil
from pathlib import Path

from config.settings import OFFERS

HERE = Path(__file__).parent
#: By code; that of the gates has two visits that are judged, nobody in it, and a stage that is entered thrice.
FOLDERS = {
    "library": HERE / "library-2026-01",
    "mentoring": OFFERS / "mentoring-2026-09",
    "pledge": HERE / "pledge-2026-01",
    "gate": HERE / "gate-2026-01",
}


def installed(home: Path, *codes: str) -> Path:
    """A folder of offers: of these, or of all."""
    for code in codes or FOLDERS:
        shutil.copytree(FOLDERS[code], home / "offers" / FOLDERS[code].name)
    return home / "offers"
