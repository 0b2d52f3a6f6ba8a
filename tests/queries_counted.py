"""What a database is asked, counted in tests: a page that is slow at scale asks too often long before."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from workflow.store.session import Store


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that go to the record while the block runs."""
    asked: list[str] = []

    def note(*about: object) -> None:
        if about[2] != "BEGIN":
            asked.append(str(about[2]))

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)
