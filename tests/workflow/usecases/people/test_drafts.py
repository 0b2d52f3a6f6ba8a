"""Drafts: each its owner's alone, as it was last written, for as long as it is of use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete

from tasks.tick import pass_once, pass_time
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import ADVISOR, LEAD, Journey
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict
from workflow.store.record import table_of
from workflow.store.session import Store
from workflow.store.tables.event import Event
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.user import User
from workflow.usecases.people import drafts
from workflow.usecases.people.drafts import KEPT, Fields, Kept, Owner, Spot

REVIEW = Spot("/advisor/people/1/", "review", "version 1", 3)
MINE, THEIRS, SCHOOLS, ADAS = Owner(user_id=1), Owner(user_id=2), Owner(engagement_id=1), Owner(participant_id=1)


@pytest.fixture
def peopled(journey: Journey) -> Store:
    """An engagement with participants."""
    return journey.nominate().store


def keep(store: Store, text: str, *, owner: Owner = MINE, spot: Spot = REVIEW, seen: int = 0, later: int = 0) -> Kept:
    return keep_all(store, {"comment-1.1": [text]}, owner=owner, spot=spot, seen=seen, later=later)


def keep_all(
    store: Store, fields: Fields, *, owner: Owner = MINE, spot: Spot = REVIEW, seen: int = 0, later: int = 0
) -> Kept:
    with store.writing() as session:
        return drafts.keep(session, owner, spot, fields, seen=seen, now=NOW + timedelta(minutes=later))


def read(store: Store, owner: Owner = MINE, page: str = REVIEW.page, later: timedelta = timedelta()) -> list[Draft]:
    with store.reading() as session:
        return list(drafts.on_page(session, owner, page, NOW + later).values())


def texts(store: Store, owner: Owner = MINE) -> list[str]:
    return [text for one in read(store, owner) for values in one.fields.values() for text in values]


def test_a_draft_is_kept_as_it_was_typed_last(peopled: Store) -> None:
    assert keep(peopled, "Say\r\nmore.\x07 ") == Kept(1)
    assert texts(peopled) == ["Say\nmore."]
    assert keep(peopled, "Say much more.", seen=1, later=5) == Kept(2)
    (draft,) = read(peopled)
    assert (draft.form, draft.about, draft.seen, draft.version) == ("review", "version 1", 3, 2)
    assert (draft.changed_at, draft.fields) == (NOW + timedelta(minutes=5), {"comment-1.1": ["Say much more."]})
    assert draft.replaced == {}


def test_nobody_reads_the_draft_of_somebody_else(peopled: Store) -> None:
    for owner, text in ((MINE, "Mine."), (THEIRS, "Theirs."), (SCHOOLS, "The school’s."), (ADAS, "Ada’s.")):
        keep(peopled, text, owner=owner)
    assert [texts(peopled, owner) for owner in (MINE, THEIRS, SCHOOLS, ADAS)] == [
        ["Mine."],
        ["Theirs."],
        ["The school’s."],
        ["Ada’s."],
    ]
    with peopled.writing() as session:
        drafts.drop(session, THEIRS, REVIEW.page, REVIEW.form)
    assert [texts(peopled, owner) for owner in (MINE, THEIRS)] == [["Mine."], []]


def test_the_owner_is_the_account_the_participant_or_the_school() -> None:
    asked = (ADVISOR, LEAD, Actor("participant", participant_id=1), Actor("school_lead"))
    assert [drafts.owner_of(one, 1) for one in asked] == [MINE, THEIRS, ADAS, SCHOOLS]


def test_the_last_to_write_wins_and_what_they_had_not_seen_is_kept_beside_it(peopled: Store) -> None:
    keep(peopled, "At the desk.")
    kept = keep(peopled, "On the train.", later=7)
    assert kept == Kept(2, elsewhere=NOW)
    (draft,) = read(peopled)
    assert (texts(peopled), draft.replaced) == (["On the train."], {"comment-1.1": ["At the desk."]})
    assert draft.replaced_at == NOW
    assert keep(peopled, "On the train, late.", seen=2, later=8) == Kept(3)
    assert read(peopled)[0].replaced == {"comment-1.1": ["At the desk."]}
    assert keep(peopled, "At the desk again.", seen=1, later=9).elsewhere == NOW + timedelta(minutes=8)
    assert read(peopled)[0].replaced == {"comment-1.1": ["On the train, late."]}


@pytest.mark.parametrize("owner", [MINE, SCHOOLS, ADAS], ids=["account", "school", "participant"])
def test_windows_that_are_first_at_the_same_moment_make_one_draft(peopled: Store, owner: Owner) -> None:
    with ThreadPoolExecutor(6) as windows:
        made = list(windows.map(lambda number: keep(peopled, f"Window {number}.", owner=owner), range(6)))
    assert sorted(one.version for one in made) == [1, 2, 3, 4, 5, 6]
    (draft,) = read(peopled, owner)
    assert (draft.version, len(draft.replaced)) == (6, 1)


def test_the_same_words_from_two_windows_are_no_conflict(peopled: Store) -> None:
    keep(peopled, "The same.")
    assert keep(peopled, "The same.") == Kept(2)


def test_a_draft_that_was_sent_meanwhile_is_begun_anew_and_its_writer_told(peopled: Store) -> None:
    keep(peopled, "Sent.")
    with peopled.writing() as session:
        drafts.drop(session, MINE, REVIEW.page, REVIEW.form)
    assert keep(peopled, "Not sent.", seen=1) == Kept(1, gone=True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ["a" * 10_001]}, "10,001 characters"),
        ({f"text-{one}": ["a" * 10_000] for one in range(13)}, "130,000 characters"),
        ({"text": ["a"] * 301}, "not whole"),
        ({"text with spaces": ["a"]}, "not whole"),
        ({"a" * 81: ["a"]}, "not whole"),
    ],
)
def test_a_draft_is_no_larger_than_a_form(peopled: Store, fields: Fields, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        keep_all(peopled, fields)
    assert read(peopled) == []


def test_what_is_empty_is_not_kept(peopled: Store) -> None:
    keep_all(peopled, {"text": ["", "  \n"], "other": ["yes", ""]})
    assert read(peopled)[0].fields == {"other": ["yes"]}


def test_nobody_begins_without_end(peopled: Store) -> None:
    for number in range(drafts.DRAFTS_LIMIT):
        keep(peopled, "Begun.", spot=Spot("page", f"form-{number}"))
    with pytest.raises(Conflict, match="100 drafts"):
        keep(peopled, "One too many.")
    keep(peopled, "Gone on with.", spot=Spot("page", "form-1"), seen=1)
    keep(peopled, "Somebody else’s first.", owner=THEIRS)


def test_a_draft_that_nobody_goes_on_with_is_let_go_by_the_clock(peopled: Store, world: World) -> None:
    keep(peopled, "Old.")
    keep(peopled, "Newer.", owner=THEIRS, later=60)
    pass_once(world, NOW + KEPT)
    assert texts(peopled) == ["Old."]
    pass_time(world, NOW + KEPT + timedelta(minutes=1))
    assert (texts(peopled), texts(peopled, THEIRS)) == ([], ["Newer."])


def test_a_draft_that_is_too_old_is_not_shown_though_the_clock_stood_still(peopled: Store) -> None:
    keep(peopled, "Old.")
    assert read(peopled, later=KEPT) != []
    assert read(peopled, later=KEPT + timedelta(seconds=1)) == []


def test_what_somebody_has_begun_goes_with_their_account(peopled: Store) -> None:
    keep(peopled, "Hers.", owner=Owner(user_id=3))
    with peopled.writing() as session:
        session.execute(delete(User).where(User.id == 3))
    with peopled.reading() as session:
        assert session.query(Draft).count() == 0


def test_drafts_are_marked_as_personal_and_no_events(peopled: Store) -> None:
    with peopled.reading() as session:
        before = session.query(Event).count()
    keep(peopled, "Nothing has happened.")
    with peopled.reading() as session:
        assert session.query(Event).count() == before
    marks = {name: table_of(Draft).columns[name].info.get("keep") for name in ("fields", "replaced")}
    assert marks == dict.fromkeys(("fields", "replaced"), "90 days after it was last changed")
