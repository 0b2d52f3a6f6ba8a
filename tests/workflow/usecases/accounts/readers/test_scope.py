"""Of which schools somebody reads, in words."""

import pytest
from sqlalchemy import insert

from tests.conftest import NOW
from tests.journeys import furnish
from tests.queries_counted import counted
from tests.several_schools import OTHER, TRUST, invite, join_trust
from workflow.store.session import Store
from workflow.store.tables.school import School
from workflow.usecases.accounts.readers import scope


def more_schools(store: Store) -> None:
    plain = {"status": "Open", "phase": "Primary", "authority": "", "town": "", "postcode": "", "is_open": True}
    with store.writing() as session:
        rows = [
            {**plain, "urn": f"80000{number}", "name": f"School {number}", "updated_at": NOW} for number in range(5)
        ]
        session.execute(insert(School), rows)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "School 0"),
        (3, "School 0, School 1 and School 2"),
        (4, "School 0, School 1, School 2 and 1 other school"),
        (5, "School 0, School 1, School 2 and 2 other schools"),
    ],
)
def test_a_few_schools_are_named(store: Store, number: int, words: str) -> None:
    furnish(store, NOW)
    more_schools(store)
    reader = invite(store, NOW, schools=tuple(f"80000{one}" for one in range(number))).reader
    with store.reading() as session:
        assert scope.told(session, [reader]) == {reader.id: words}


def test_a_trust_is_called_as_the_register_calls_it_now_and_as_before_where_it_has_no_school(store: Store) -> None:
    furnish(store, NOW)
    join_trust(store, "900001")
    reader = invite(store, NOW, trust=TRUST).reader
    for code, name, words in (
        (TRUST, "Four Headlands Trust", "the schools of Four Headlands Trust"),
        (OTHER, "Bright Adit Trust", "the schools of Three Headlands Trust"),
    ):
        join_trust(store, "900001", code, name)
        with store.reading() as session:
            assert scope.told(session, [reader]) == {reader.id: words}


def test_a_page_of_them_asks_as_often_as_one(store: Store) -> None:
    furnish(store, NOW)
    join_trust(store, "900001")
    some = [
        invite(store, NOW, f"{number}@example.org", trust=TRUST if number % 2 else None, schools=("900004",)).reader
        for number in range(6)
    ]
    with store.reading() as session, counted(store) as asked:
        assert len(scope.told(session, some)) == 6
    assert len(asked) == 2
