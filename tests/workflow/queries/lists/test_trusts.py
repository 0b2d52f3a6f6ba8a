"""A list can be filtered by the trusts whose schools take part, and by no others."""

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.queries_counted import counted
from workflow.queries.lists.trusts import trusts_of
from workflow.store.session import Store
from workflow.store.tables.school import School


def test_the_trusts_of_schools_that_take_part_are_told_by_their_names(store: Store) -> None:
    furnish(store, NOW)
    Journey(store, NOW).begin(urn="900001", order="T-1")
    Journey(store, NOW).begin(urn="900004", order="T-2")
    with store.writing() as session:
        for urn, code, name in (
            ("900001", "2", "Zennor Trust"),
            ("900004", "1", "adit Trust"),
            ("900002", "3", "Idle"),
        ):
            school = session.get_one(School, urn)
            school.trust_code, school.trust = code, name
    with counted(store) as asked, store.reading() as session:
        assert [*trusts_of(session).items()] == [("1", "adit Trust"), ("2", "Zennor Trust")]
    assert len(asked) == 1
