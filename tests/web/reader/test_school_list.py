"""A reader's list: counts by stage, search, filters, pages, and the same as a file."""

import re
from datetime import timedelta

import pytest

from tests.journeys import LEAD, Journey
from tests.queries_counted import counted
from tests.several_schools import TRUST
from tests.web.reader.conftest import Trusts
from tests.web.readers import let_in
from tests.web.test_spreadsheets import read_csv
from tests.web.visitor import Visitor
from workflow.queries.lists.engagement_list import PAGE

LIST = "/schools"


def names(visitor: Visitor, query: str) -> list[str]:
    """The schools in the list that the address asks for."""
    rows = read_csv(visitor.open(f"{LIST}.csv?{query}").answer.get_data(as_text=True))
    shown = visitor.open(f"{LIST}?{query}").texts("th")
    found = [row[1] for row in rows[1:]]
    assert all(any(one in head for head in shown) for one in found)
    return found


def test_it_says_how_many_are_where_and_who_is_late(trusts: Trusts, reader: Visitor) -> None:
    words = reader.open(LIST).words
    assert "2 journeys towards recognition: 2 active." in words
    assert "Purchase Schools 1 at Purchase The council is late None The school is late None" in words
    trusts.clock.now += timedelta(days=60)
    let_in(reader, "late@example.org", trust=TRUST)
    words = reader.open(LIST).words
    assert "The school is late 1 late with the school at Purchase" in words
    assert "Menhallow School" in reader.open(reader.link("1 late")).words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("find=polw", ["Polwhevral School"]),
        ("find=SCHOOL", ["Menhallow School", "Polwhevral School"]),
        ("find=menhallow+porth", ["Menhallow School"]),
        ("find=TR99+2BB", ["Menhallow School"]),
        ("find=900001", ["Polwhevral School"]),
        ("find=p_l", []),
        ("phase=Secondary", ["Menhallow School"]),
        ("stage=framework", ["Polwhevral School"]),
        ("owes=school&order=school", ["Menhallow School", "Polwhevral School"]),
        ("standing=on_hold", []),
        ("due=late", []),
        ("offer=mentoring-2026-09&order=newest", ["Menhallow School", "Polwhevral School"]),
    ],
)
def test_search_and_filters_are_those_of_the_council(
    trusts: Trusts, reader: Visitor, query: str, found: list[str]
) -> None:
    assert trusts.first.reference in reader.open(LIST).words
    assert sorted(names(reader, query)) == found


def test_what_is_the_councils_own_cannot_be_asked_for(trusts: Trusts, reader: Visitor) -> None:
    """Who looks after a school, and what is stuck, change nothing of the list."""
    assert trusts.first.reference in reader.open(f"{LIST}?advisor=nobody&sending=stuck").words
    for own in ("Looked after by", "Messages", "Sending"):
        assert own not in reader.words


def test_a_file_has_a_column_for_each_thing(trusts: Trusts, reader: Visitor) -> None:
    rows = read_csv(reader.open(reader.open(f"{LIST}?order=school").link("CSV")).answer.get_data(as_text=True))
    assert rows[0] == [
        "Reference", "School", "Town", "Kind of school", "Trust", "Stage", "State", "Whose move", "What is due", "By",
        "Late", "Next meeting",
    ]  # fmt: skip
    assert rows[1][:7] == [
        trusts.second.reference, "Menhallow School", "Porthenys", "Secondary", "Three Headlands Trust", "Purchase",
        "Active",
    ]  # fmt: skip
    answer = reader.open(f"{LIST}.xlsx").answer
    assert answer.headers["Content-Disposition"] == 'attachment; filename="schools-2025-10-06.xlsx"'
    assert answer.data[:2] == b"PK"


def test_a_list_that_finds_nothing_and_a_day_that_nobody_can_mean_say_what_to_do(reader: Visitor) -> None:
    assert "No school matches. Try fewer letters, or show all." in reader.open(f"{LIST}?find=zzz").words
    assert "Meeting from: enter a real date" in reader.open(f"{LIST}?from=31/2/2026").words


def test_a_long_list_is_read_in_pages_with_the_same_work_for_each(trusts: Trusts, reader: Visitor) -> None:
    with counted(trusts.store) as short:
        reader.open(LIST)
    for number in range(PAGE + 3):
        journey = Journey(trusts.store, trusts.clock.now).begin(order=f"M-{number}")
        if number % 7 == 0:
            journey.fire("cancel", LEAD, note="No time.")
    with counted(trusts.store) as long:
        reader.open(LIST)
    assert len(long) <= len(short) + 4  # streams of what has come to rest are read until the page is full
    first, second = reader.answer.text, reader.open(reader.link("Next")).answer.text
    shown = [re.findall(r'href="/schools/(CMC[^"]+)"', one) for one in (first, second)]
    assert [len(one) for one in shown] == [PAGE, 5]
    assert not {*shown[0]} & {*shown[1]}
    assert "Previous page" in reader.words
    assert len(names(reader, "")) == PAGE + 5


def test_a_trust_whose_schools_have_not_begun_says_what_will_come(trusts: Trusts) -> None:
    visitor = Visitor(trusts.app)
    let_in(visitor, "head@example.org", schools=("900002",))
    words = visitor.open(LIST).words
    assert "None of these schools takes part yet. As soon as one buys the offer, it is shown here." in words
    assert "You can look at these pages until 6 October 2026." in words
