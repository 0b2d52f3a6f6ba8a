"""The record of a rehearsal: a copy of the live one in memory, or an empty one with made-up people.

Files and printed certificates are left behind: nobody opens them in a rehearsal, and they are most of a record.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, Select, Table, insert, or_, select

from workflow.engine.catalogue import Catalogue
from workflow.store.history.keys import KEYS, KeyRing, new_key
from workflow.store.record import table_of
from workflow.store.schema import METADATA
from workflow.store.search_texts import UNSEARCHED
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User

_MEMORY = "sqlite://"
#: What happens in a rehearsal is sealed with a key that nobody keeps.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS = 2000
_NOBODYS = 0
#: No password has this hash.
_NO_PASSWORD = "-"  # noqa: S105 (that is the point)


def empty(offers: Catalogue) -> Store:
    """A record in memory with every table and no row. Rows may come in any order: nothing checks what they name."""
    ring = KeyRing((new_key(_LONG_AGO),))
    store = Store(_MEMORY, {"offers": offers, KEYS: lambda: ring, UNSEARCHED: True})
    METADATA.create_all(store.engine)
    raw = store.engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.close()
    return store


def copy(live: Store, offers: Catalogue, advisor_id: int | None) -> Store:
    """What one advisor looks after, as it stands now: read in one transaction, so that it is all of one moment."""
    forked = empty(offers)
    with live.reading() as source, forked.writing() as session:
        for table in METADATA.sorted_tables:
            rows = source.connection().execute(_wanted(table, advisor_id), execution_options={"yield_per": _ROWS})
            for some in rows.mappings().partitions(_ROWS):
                session.connection().execute(insert(table), [_light(table, dict(row)) for row in some])
    return forked


def _wanted(table: Table, advisor_id: int | None) -> Select[Any]:
    """All rows, but only this advisor's engagements and what belongs to them directly."""
    engagement = table_of(Engagement)
    own = engagement.c.advisor_id == advisor_id if advisor_id is not None else engagement.c.advisor_id.is_(None)
    if table is engagement:
        return select(table).where(own)
    if "engagement_id" in table.c:
        number = table.c.engagement_id
        return select(table).where(or_(number.is_(None), number.in_(select(engagement.c.id).where(own))))
    return select(table)


def _light(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    heavy = {column.name: b"" for column in table.columns if isinstance(column.type, LargeBinary)}
    return {**row, **heavy}


def made_up_people(store: Store, advisors: int, now: datetime) -> None:
    """A lead advisor, an assessor, and so many advisors, none of whom can sign in."""
    roles = ["lead_advisor", "assessor", *["advisor"] * advisors]
    with store.writing() as session:
        session.add_all(
            User(
                id=number,
                email=f"rehearsal{number}@example.org",
                name=_name(role, number),
                role=role,
                password_hash=_NO_PASSWORD,
                created_at=now,
            )
            for number, role in enumerate(roles, 1)
        )


def _name(role: str, number: int) -> str:
    return f"Advisor {number - 2}" if role == "advisor" else role.replace("_", " ").capitalize()


def advisors_of(store: Store) -> Iterator[tuple[int | None, int]]:
    """Each advisor (None stands for nobody) with the number of active engagements, in a fixed order."""
    with store.reading() as session:
        users = session.scalars(select(User.id).where(User.role == "advisor").order_by(User.id)).all()
        counted: dict[int | None, int] = dict.fromkeys(users, 0)
        for advisor_id, standing in session.execute(select(Engagement.advisor_id, Engagement.standing)):
            counted[advisor_id] = counted.get(advisor_id, 0) + (standing == "active")
    yield from sorted(counted.items(), key=lambda one: one[0] or _NOBODYS)
