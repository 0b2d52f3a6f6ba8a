"""Saving: everything as it was at one moment, while everybody goes on working."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from workflow.backup.archive import Manifest, Writer, new
from workflow.backup.rows import lines_of
from workflow.errors import BadInput, Conflict
from workflow.store.migrations.revision import newest
from workflow.store.schema import METADATA
from workflow.store.session import Store

Files = Iterable[tuple[str, bytes]]


def save(store: Store, path: Path, files: Files, *, program: str, now: datetime) -> Manifest:
    """Writes the file, readable by its owner alone. `files` go with the record, by their names.

    Raises Conflict if there is one already, BadInput if it cannot be written there. Whatever goes wrong, no half a file
    is left.
    """
    draft = path.with_name(f"{path.name}.part")
    if path.exists():
        raise Conflict(f"{path} is there already. A backup is never written over another; give it another name.")
    try:
        with new(draft) as file, _snapshot(store) as connection:
            writer = Writer(file)
            for table in METADATA.sorted_tables:
                writer.table(table.name, lines_of(connection, table))
            for name, content in files:
                writer.add(name, content)
            manifest = writer.close(program=program, revision=newest(), made_at=now.isoformat())
        _keep(draft, path)
    except FileExistsError:
        raise Conflict(f"{draft} is there already: a backup is being written, or one broke off. Remove it.") from None
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written ({error.strerror or error}). Choose another place.") from error
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return manifest


def _keep(draft: Path, path: Path) -> None:
    """On the disk, before it is said to be there."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def _snapshot(store: Store) -> Iterator[Connection]:
    """Everything that is read here is of one moment: with SQLite by itself, with PostgreSQL when it is asked for."""
    engine = store.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection, connection.begin():
        yield connection
