"""What one record has compiled serves every record of its kind, and none of another."""

from pathlib import Path

from sqlalchemy import bindparam, event, make_url, select
from sqlalchemy.engine.interfaces import CacheStats

from tests.conftest import NOW
from tests.journeys import furnish
from workflow.store.databases.compiled import CompiledStatements
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.store.tables.school import School
from workflow.store.tables.user import User


def test_a_statement_is_compiled_once_for_all_records_of_a_kind(tmp_path: Path) -> None:
    statement, asked = select(School.name, School.town).where(School.urn == bindparam("urn")), []
    for number in range(3):
        store = Store(f"sqlite:///{tmp_path / str(number)}.db", {})
        upgrade(store.engine)
        with store.reading() as session:
            event.listen(store.engine, "after_cursor_execute", lambda *about: asked.append(about[4]))
            assert session.execute(statement, {"urn": "900001"}).all() == []
        store.close()
    found = [context.cache_hit for context in asked if context.statement.startswith("SELECT")]
    assert found == [CacheStats.CACHE_MISS, CacheStats.CACHE_HIT, CacheStats.CACHE_HIT]


def test_what_is_compiled_for_one_record_reads_and_writes_another(store: Store, tmp_path: Path) -> None:
    """The first is on either database, the second is SQLite: neither takes what was compiled for the other."""
    other = Store(f"sqlite:///{tmp_path / 'other.db'}", store.reading().info)
    upgrade(other.engine)
    for one in (store, other):
        furnish(one, NOW)
    for one in (store, other, store):
        with one.reading() as session:
            names = session.scalars(select(User.name).where(User.id.in_([1, 2])).order_by(User.id)).all()
            assert len(names) == 2
    other.close()


def test_nothing_is_kept_beyond_what_a_program_has() -> None:
    kept, dialect = CompiledStatements(), make_url("sqlite://").get_dialect()()
    for number in range(5000):
        kept[dialect, number] = number
    assert (kept.get((dialect, 0)), kept.get((dialect, 4999))) == (None, 4999)


def test_none_is_taken_for_another_however_many_are_put_together_as_they_are_asked() -> None:
    kept, dialect = CompiledStatements(), make_url("sqlite://").get_dialect()()
    ready = (dialect, ("select", -1), ("urn",), False, False)
    kept[ready] = -1
    for number in range(1200):
        kept[dialect, ("select", number), ("urn",), False, False] = number
        found = [kept.get((dialect, ("select", number), names, False, False)) for names in (("urn",), ("urn",), ())]
        assert [kept.get(ready), *found] == [-1, number, number, None]
