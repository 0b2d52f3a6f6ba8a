"""Where an installation finds offers, and what it does with them by itself."""

from pathlib import Path
from typing import NamedTuple


class OfferFolders(NamedTuple):
    """`source` is what is run until something is installed; `follow` says that what stands in it installs itself.
    `shelf` is where the record's offers are laid out on this machine."""

    source: Path
    shelf: Path
    follow: bool
