"""Of every table that holds something about people it is known whose its rows are, or that they are nobody's own."""

from workflow.store.privacy.marks import marks
from workflow.store.privacy.owned import NOBODYS, owned
from workflow.store.privacy.subject import Subject
from workflow.store.record import table_of


def test_every_table_with_a_mark_is_somebodys_or_nobodys() -> None:
    somebodys = {table_of(record).name for record in owned(Subject((), (), (), (), (), None))}
    marked = {mark.table for mark in marks()}
    assert marked <= somebodys | NOBODYS
    assert not somebodys & NOBODYS
    assert marked >= NOBODYS
