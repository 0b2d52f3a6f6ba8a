"""A table that a command is given: a file by its name, or standard input as `-`."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from web.cli.progress import watching
from workflow.imports.sheet import Sheet, read

TABLE = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True, path_type=Path)
_STANDARD_INPUT = Path("-")


@contextmanager
def opened(file: Path, limit: int) -> Iterator[Sheet]:
    """The table in it, of at most `limit` bytes; its rows can be read until the context ends. Raises BadInput."""
    with _source(file, limit) as (name, source), watching(f"Reading {name}") as progress:
        yield read(source, name, limit=limit, progress=progress)


@contextmanager
def _source(file: Path, limit: int) -> Iterator[tuple[str, BinaryIO]]:
    """Standard input cannot be read twice, so it is kept; no more of it than is needed to see that it is too much."""
    if file == _STANDARD_INPUT:
        yield "standard input", io.BytesIO(sys.stdin.buffer.read(limit + 1))
        return
    with file.open("rb") as source:
        yield file.name, source
