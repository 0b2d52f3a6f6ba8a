"""Lists under names: only their owner sees and changes them, and no two of one person are called the same."""

from collections.abc import Callable

import pytest

from tests.conftest import NOW
from tests.journeys import furnish
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.session import Store
from workflow.store.tables.user import SavedList
from workflow.usecases.people import own_lists


@pytest.fixture
def peopled(store: Store) -> Store:
    furnish(store, NOW)
    return store


def save(store: Store, name: str, address: str = "due=late", user_id: int = 1) -> int:
    with store.writing() as session:
        return own_lists.save(session, user_id, name, address).id


def kept(store: Store, user_id: int = 1) -> list[tuple[str, str, bool]]:
    with store.reading() as session:
        return [(one.title, one.address, one.is_start) for one in own_lists.lists_of(session, user_id)]


def test_a_list_is_kept_for_whoever_saved_it_and_stands_by_its_name(peopled: Store) -> None:
    for name in ("zeal", "  All   mine ", "Late"):
        save(peopled, name)
    assert [name for name, *_ in kept(peopled)] == ["All mine", "Late", "zeal"]
    assert kept(peopled, 2) == []


def test_it_is_renamed_replaced_and_deleted(peopled: Store) -> None:
    number = save(peopled, "Late")
    with peopled.writing() as session:
        own_lists.rename(session, 1, number, "late")
        own_lists.replace(session, 1, number, "stage=framework")
    assert kept(peopled) == [("late", "stage=framework", False)]
    with peopled.writing() as session:
        assert own_lists.delete(session, 1, number) == "late"
    assert kept(peopled) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name for the list"),
        ("LATE", "You keep a list called “LATE” already. Choose another name, or replace that list"),
        ("=1+1", "begins with"),
        ("x" * 61, "at most 60 fit"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(peopled: Store, name: str, said: str) -> None:
    save(peopled, "Late")
    other = save(peopled, "Other")
    save(peopled, "Late", user_id=2)
    with peopled.writing() as session, pytest.raises(BadInput) as refused:
        own_lists.rename(session, 1, other, name)
    assert said in refused.value.problems[0].sentence
    with pytest.raises(BadInput):
        save(peopled, name)


@pytest.mark.parametrize(
    "act",
    [
        lambda session, number: own_lists.rename(session, 2, number, "Mine"),
        lambda session, number: own_lists.replace(session, 2, number, ""),
        lambda session, number: own_lists.delete(session, 2, number),
        lambda session, number: own_lists.begin_with(session, 2, number),
    ],
)
def test_nobody_else_does_anything_to_it(peopled: Store, act: Callable[..., object]) -> None:
    number = save(peopled, "Late")
    with peopled.writing() as session, pytest.raises(NotFound, match="You keep no such list"):
        act(session, number)
    assert kept(peopled) == [("Late", "due=late", False)]


def test_one_of_them_at_most_is_begun_with(peopled: Store) -> None:
    first, second = save(peopled, "First"), save(peopled, "Second")
    for number in (first, second):
        with peopled.writing() as session:
            own_lists.begin_with(session, 1, number)
    assert [name for name, _, begins in kept(peopled) if begins] == ["Second"]
    with peopled.writing() as session:
        assert own_lists.begin_with(session, 1, 0) is None
    assert not any(begins for *_, begins in kept(peopled))


def test_there_is_an_end_to_them(peopled: Store) -> None:
    with peopled.writing() as session:
        session.add_all(
            SavedList(user_id=1, title=f"List {number}", address="") for number in range(own_lists.LISTS_LIMIT)
        )
    with pytest.raises(Conflict, match="You keep 20 lists"):
        save(peopled, "One more")
    with peopled.writing() as session, pytest.raises(BadInput, match="more filters than one list can keep"):
        own_lists.replace(session, 1, 1, "x" * 601)
