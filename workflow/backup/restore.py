"""Restoring: into an empty record, all of it or nothing, and proved before it is said to be there.

What was owed when the backup was made, and what time has owed since, may have gone out already. So none of it goes by
itself: it waits for somebody to say whether it should.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.orm import Session

from workflow.backup.archive import Manifest, Reader
from workflow.backup.rows import fill, lines_of
from workflow.errors import BadInput, CheckFailed, Conflict
from workflow.scheduling import due_timers
from workflow.store import search_texts
from workflow.store.health import setbacks
from workflow.store.migrations.revision import newest
from workflow.store.record import holds, table_of
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.store.tables.offers.offer_start import OfferStart
from workflow.store.tables.owed_effect import OwedEffect

#: What stands beside an effect that may have gone out before the backup was restored.
HELD = "It was owed before the backup was restored, and may have gone out by then. Try it again, or drop it."
_OWED = table_of(OwedEffect)
_OFFERS = (table_of(OfferStart), table_of(OfferRevision), table_of(OfferFile))
#: Keeps every email where it is until all of the restore is done.
_UNFINISHED: dict[str, Any] = {
    "kind": "mail",
    "name": "",
    "since": datetime(1970, 1, 1, tzinfo=UTC),
    "tries": 1,
    "next_try": setbacks.NEVER,
    "trouble": "A backup was restored and something broke off. Run “recognition restore” again with the same file.",
}


def restore(store: Store, reader: Reader, told: Callable[[int, int], None]) -> Manifest:
    """Raises Conflict for a record that has something in it, BadInput for a backup of other tables, CheckFailed if what
    is there in the end is not what was saved."""
    manifest = reader.manifest
    if manifest.revision != newest():
        raise BadInput(
            f"The backup is of tables in revision {manifest.revision}, and this program has {newest()}. "
            "Restore it with the version that made it, then upgrade."
        )
    tables = METADATA.sorted_tables
    with store.writing() as session:
        connection = session.connection()
        if _is_unfinished(session):
            return manifest
        _refuse_if_used(connection)
        for table in _OFFERS:
            connection.execute(delete(table))
        for number, table in enumerate(tables):
            told(number, len(tables))
            fill(connection, table, reader.lines(table.name))
            _count_on(connection, table)
        _prove(connection, manifest)
        _hold(session)
        search_texts.fill(session)
        session.merge(Setback(**_UNFINISHED))
    return manifest


def catch_up(store: Store, now: datetime) -> None:
    """Lets the time pass since the backup was made. What it owes is held as well; until then no email goes."""
    due_timers.sweep(store, now)
    with store.writing() as session:
        _hold(session)
        setbacks.overcome(session, [(_UNFINISHED["kind"], _UNFINISHED["name"])])


def _is_unfinished(session: Session) -> bool:
    """Something broke off after all rows were there."""
    found = session.get(Setback, (_UNFINISHED["kind"], _UNFINISHED["name"]))
    return found is not None and found.trouble == _UNFINISHED["trouble"]


def list_held(session: Session) -> list[int]:
    """The numbers of the effects that wait since then, in the order in which they were owed."""
    held = holds(OwedEffect.status, "dead") & (OwedEffect.trouble == HELD)
    return list(session.scalars(select(OwedEffect.id).where(held).order_by(OwedEffect.id)))


def _refuse_if_used(connection: Connection) -> None:
    """Offers that install themselves into an empty record make way for those of the backup."""
    for table in METADATA.sorted_tables:
        if table not in _OFFERS and connection.execute(select(table).limit(1)).first() is not None:
            raise Conflict(
                f"There is a record here already (in “{table.name}”). A backup is restored into an empty home only: "
                "choose another with RECOGNITION_HOME, or another database."
            )


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts rows by itself and has to know where it was."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None:
        return
    highest = connection.execute(select(func.max(key))).scalar()
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(select(func.setval(sequence, highest)))


def _prove(connection: Connection, manifest: Manifest) -> None:
    for table in METADATA.sorted_tables:
        digest, count = sha256(), 0
        for line in lines_of(connection, table):
            digest.update(line)
            count += 1
        same = manifest.hashes[f"tables/{table.name}.jsonl"] == digest.hexdigest()
        if not same or manifest.rows[table.name] != count:
            raise CheckFailed(f"What was restored of “{table.name}” is not what was saved. Nothing was kept.")


def _hold(session: Session) -> None:
    waiting = holds(OwedEffect.status, "owed", "claimed")
    held = {"status": "dead", "trouble": HELD, "lease_until": None, "fence": _OWED.c.fence + 1}
    session.execute(update(OwedEffect).where(waiting).values(held).execution_options(synchronize_session=False))
