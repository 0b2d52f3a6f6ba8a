"""Giving out references: the next number of a prefix and year."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflow.domain.reference import reference_of
from workflow.store.dialect import insert_if_absent
from workflow.store.history import seals
from workflow.store.history.keys import keys_of
from workflow.store.record import table_of
from workflow.store.tables.engagement import ReferenceCounter


def take(session: Session, prefix: str, year: int) -> str:
    """The next reference. The counter's row stays locked until the transaction ends, so none is given out twice."""
    insert_if_absent(session, table_of(ReferenceCounter), {"prefix": prefix, "year": year, "last": 0})
    counted = (
        update(ReferenceCounter)
        .where(ReferenceCounter.prefix == prefix, ReferenceCounter.year == year)
        .values(last=ReferenceCounter.last + 1)
        .returning(ReferenceCounter.last, ReferenceCounter.seal)
    )
    number, before = session.execute(counted.execution_options(synchronize_session=False)).one()
    seals.count_on(session, keys_of(session), prefix, year, number, before=before)
    return reference_of(prefix, year % 100, number)
