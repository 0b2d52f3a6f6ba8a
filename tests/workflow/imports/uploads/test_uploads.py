"""Uploaded files: which column is which, what is mended, what is brought in, and how it is taken back."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.journeys import ADVISOR, LEAD, Journey
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.imports.findings import Mode
from workflow.imports.uploads import bringing, keep, undoing
from workflow.store.databases.patience import Patience
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School, SchoolDate
from workflow.store.tables.uploads.upload import Upload

STAFF = b"Teacher,Work mail,Email\r\nAda Hale,ada.hale@example.org,x\r\nBryn,bryn at example.org,y\r\n"
SCHOOLS = (
    b"URN,EstablishmentName,EstablishmentStatus (name)\r\n900001,Polwhevral Academy,Open\r\n912345,New School,Open\r\n"
)
ORDERS = (
    "Order number,Service,URN,Price,Date,Contact name,Contact email\r\n"
    'SFS-9,"Mentoring, coaching and leadership recognition",900002,265.00,01/10/2025,Jo Rowe,jo@example.org\r\n'
    'SFS-10,"Mentoring, coaching and leadership recognition",900004,265.00,01/10/2025,Al Rowe,al@example.org\r\n'
)


class Desk:
    """One person at their uploads."""

    def __init__(self, journey: Journey, actor: Actor = ADVISOR) -> None:
        self.journey, self.actor = journey, actor
        self.who = actor.user_id or 1

    @property
    def now(self) -> datetime:
        return self.journey.now

    def take(self, kind: str, content: bytes, about: str = "") -> int:
        with self.journey.store.writing() as session:
            return keep.take(session, kind, f"{kind}.csv", content, about, user_id=self.who, now=self.now).id

    def _found(self, session: Session, number: int) -> Upload:
        return keep.of(session, number, self.who, self.now)

    def look(self, number: int) -> bringing.Look:
        with self.journey.store.looking() as session:
            return bringing.check(session, self._found(session, number), actor=self.actor, now=self.now)

    def choose(self, number: int, **columns: str) -> None:
        with self.journey.store.writing() as session:
            keep.choose(session, self._found(session, number), columns)

    def mend(self, number: int, typed: dict[str, str]) -> None:
        with self.journey.store.writing() as session:
            bringing.mend(session, self._found(session, number), typed, actor=self.actor, now=self.now)

    def bring_in(self, number: int, mode: Mode = Mode.WHOLE) -> Any:
        self.journey.now += timedelta(hours=1)
        with self.journey.store.writing() as session:
            return bringing.bring_in(session, self._found(session, number), mode, actor=self.actor, now=self.now)

    def undo(self, number: int) -> undoing.Undone:
        self.journey.now += timedelta(hours=1)
        with self.journey.store.writing() as session:
            return undoing.undo(session, self._found(session, number), actor=self.actor, now=self.now)

    def all(self, what: Any) -> list[Any]:
        with self.journey.store.reading() as session:
            return list(session.scalars(select(what).order_by(*inspect(what).primary_key)))


@pytest.fixture
def desk(journey: Journey) -> Desk:
    return Desk(journey)


def test_columns_are_chosen_and_remembered_and_a_cell_is_mended(desk: Desk) -> None:
    number = desk.take("staff", STAFF, desk.journey.reference)
    found = desk.look(number)
    assert found.refused is not None
    assert found.titles == ("Teacher", "Work mail", "Email")
    desk.choose(number, name="Teacher", email="Work mail")
    found = desk.look(number)
    assert found.report is not None
    assert (found.report.added, [one.row.number for one in found.rows]) == (1, [3])
    (bad,) = found.rows
    (column,) = (one for one in bad.cells if one.index in bad.wrong)
    assert "bryn at example.org" in str(bad.wrong[column.index])
    desk.mend(number, {bringing.cell_name("", 3, column.index): "bryn@example.org", "2-0-": "Nobody", "x": "y"})
    found = desk.look(number)
    assert (found.rows, found.report and found.report.added) == ((), 2)
    assert desk.bring_in(number).added == 2
    assert {one.email for one in desk.all(Participant)} >= {"ada.hale@example.org", "bryn@example.org"}
    with pytest.raises(Conflict, match="brought in already"):
        desk.bring_in(number)
    again = desk.take("staff", STAFF, desk.journey.reference)
    assert desk.look(again).chosen["email"] == "Work mail", "as it was chosen last"
    assert desk.undo(number).done == 1
    assert {one.status for one in desk.all(Participant)} <= {"withdrawn", "nominated"}


def test_good_rows_are_taken_by_themselves_or_none(desk: Desk) -> None:
    number = desk.take("staff", STAFF, desk.journey.reference)
    desk.choose(number, name="Teacher", email="Work mail")
    with pytest.raises(BadInput, match="Nothing was written"):
        desk.bring_in(number)
    assert desk.all(Participant) == []
    assert desk.bring_in(number, Mode.GOOD_ROWS).added == 1


def test_schools_are_taken_back_but_for_those_that_others_rest_on(desk: Desk) -> None:
    number = desk.take("schools", SCHOOLS)
    assert desk.bring_in(number).added == 1
    done = desk.undo(number)
    assert done.done == 1
    assert done.kept == ("Polwhevral Academy (900001) stays: an engagement or a calendar is about it.",)
    assert "912345" not in {one.urn for one in desk.all(School)}
    with pytest.raises(Conflict, match="not brought in"):
        desk.undo(number)


def test_orders_are_cancelled_where_nothing_has_happened_since(journey: Journey) -> None:
    desk = Desk(journey, LEAD)
    number = desk.take("purchases", ORDERS.encode())
    report = desk.bring_in(number)
    assert report.added == 2, report.problems
    other = Journey(journey.store, journey.now, 2, desk.all(Engagement)[1].reference)
    other.nominate()
    journey.now = other.now
    done = desk.undo(number)
    assert (done.done, len(done.kept)) == (1, 1)
    assert "something has happened there since" in done.kept[0]
    assert [one.standing for one in desk.all(Engagement)] == ["active", "active", "cancelled"]


def test_an_advisor_hears_who_may_cancel_what_they_brought_in(desk: Desk) -> None:
    number = desk.take("purchases", ORDERS.encode())
    desk.bring_in(number)
    with pytest.raises(Conflict, match="Nothing of it can be taken back"):
        desk.undo(number)


def test_a_calendar_replaces_the_one_before_and_comes_back(desk: Desk) -> None:
    first = desk.take("dates", b"What,Name,From,To\r\nINSET,Training,10/11/2025,\r\n", "900001")
    assert desk.look(first).report is not None
    assert desk.all(SchoolDate) == [], "nothing is kept by looking"
    desk.bring_in(first)
    second = desk.take("dates", b"What,Name,From,To\r\nclosed,Flood,11/11/2025,\r\nclosed,Snow,soon,\r\n", "900001")
    assert [one.row.number for one in desk.look(second).rows] == [3]
    with pytest.raises(BadInput):
        desk.bring_in(second, Mode.GOOD_ROWS)
    desk.mend(second, {"3-2-": "12/11/2025"})
    desk.bring_in(second)
    assert [one.title for one in desk.all(SchoolDate)] == ["Flood", "Snow"]
    with pytest.raises(Conflict, match="has been changed since"):
        desk.undo(first)
    desk.undo(second)
    assert [one.title for one in desk.all(SchoolDate)] == ["Training"]


def test_files_are_their_owners_few_and_not_for_long(desk: Desk) -> None:
    numbers = [desk.take("schools", SCHOOLS) for _ in range(6)]
    with pytest.raises(NotFound):
        desk.look(numbers[0])
    with desk.journey.store.reading() as session, pytest.raises(NotFound):
        keep.of(session, numbers[-1], desk.who + 1, desk.now)
    desk.journey.now += timedelta(days=8)
    with pytest.raises(NotFound, match="wait for a week"):
        desk.look(numbers[-1])


@pytest.mark.parametrize(
    ("kind", "content", "about", "sentence"),
    [
        ("schools", b"%PDF-1.7", "", "is a PDF"),
        ("schools", b"", "", "is empty"),
        ("staff", b"PK\x03\x04 and no more", "CMC-25-0001-D", "damaged"),
        ("dates", b"x" * 1_000_001, "900001", "at most 1 MB"),
        ("staff", STAFF, "CMC-25-0099-X", "CMC-25-0099"),
        ("burn", STAFF, "", "no such kind"),
    ],
)
def test_what_cannot_be_read_is_not_kept(desk: Desk, kind: str, content: bytes, about: str, sentence: str) -> None:
    with pytest.raises((BadInput, NotFound), match=sentence):
        desk.take(kind, content, about)
    assert desk.all(Upload) == []


def test_a_workbook_is_mended_on_its_own_sheet_below_its_title(desk: Desk) -> None:
    book = Workbook()
    book.active.title = "Cover"
    book.active.append(["Staff - autumn"])
    sheet = book.create_sheet("Staff-list, 1")
    for row in (
        ["Our people"],
        [],
        ["Teacher", "Email", "Level"],
        ["Ada Hale", "ada.hale@example.org"],
        ["Bryn", None],
    ):
        sheet.append(row)
    book.save(kept := io.BytesIO())
    number = desk.take("staff", kept.getvalue(), desk.journey.reference)
    assert desk.look(number).titles == ("Teacher", "Email", "Level")
    desk.choose(number, name="Teacher", email="", phase="Level")
    (bad,) = desk.look(number).rows
    assert (bad.place, bad.row.number) == ("Staff-list, 1", 5)
    desk.mend(number, {bringing.cell_name(bad.place, 5, 1): "bryn@example.org"})
    assert desk.look(number).rows == ()
    assert desk.bring_in(number).added == 2


def test_a_choice_that_does_not_fit_the_next_file_does_nothing_to_it(desk: Desk) -> None:
    desk.choose(desk.take("staff", STAFF, desk.journey.reference), name="Teacher", email="Work mail")
    number = desk.take("staff", b"Name,Email\r\nAda Hale,ada.hale@example.org\r\n", desk.journey.reference)
    found = desk.look(number)
    assert (found.rows, dict(found.chosen)["name"]) == ((), "Name")


def test_a_file_is_in_one_hand_at_a_time(desk: Desk) -> None:
    number, store = desk.take("schools", SCHOOLS), desk.journey.store
    hurried = Store(store.engine.url.render_as_string(hide_password=False), {}, Patience(lock=0.1))
    with store.writing() as session:
        keep.locked(session, number, desk.who, desk.now)
        with pytest.raises(OperationalError), hurried.writing() as another:
            keep.locked(another, number, desk.who, desk.now)
    hurried.close()


def test_the_calendar_of_no_school_is_not_kept(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no school with the URN 999999"):
        desk.take("dates", b"What,Name,From,To\r\nClosed,Feast,01/12/2025,\r\n", "999999")
    assert desk.all(Upload) == []
