"""What `make bench-pages` measures can be measured, and no page of it asks more than it may."""

from pathlib import Path

from bench.pages import CopiedTown, Town, measure
from tests.servers import new_database

#: The most queries that a list, a search or the page of today may make, however much there is.
MOST = 12


def test_each_page_is_measured_on_both_databases_and_asks_little(postgresql_url: str, tmp_path: Path) -> None:
    town = Town(new_database(postgresql_url, "few_schools"), 60, tmp_path)
    like_it = CopiedTown(f"sqlite:///{tmp_path / 'town.db'}", town, tmp_path)
    found = measure([town, like_it], rounds=1)
    for one in (town, like_it):
        one.store.close()
    asked = {page: [one.queries for one in by.values()] for page, by in found.items()}
    assert len(asked) > 15
    assert {page: some for page, some in asked.items() if len(set(some)) != 1 or not 0 < some[0] <= MOST} == {}
