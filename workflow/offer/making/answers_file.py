"""Answers that were written down beforehand, in a file."""

import tomllib
from pathlib import Path
from typing import Any

from workflow.errors import BadInput


def answers_in(file: Path) -> dict[str, Any]:
    """Raises BadInput where it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise BadInput(f"{file} cannot be read: its letters are in another encoding. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{file} is not TOML: {error}.") from None
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from None
