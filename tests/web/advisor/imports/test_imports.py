"""Files brought in through pages: from the upload to taking it back."""

import io
import re

import pytest
from sqlalchemy import func, select

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

HOME = "/advisor/imports"
ORDER = (
    'N-{},"Mentoring, coaching and leadership recognition framework",900004,265,01/10/2025,Jo Lee,'
    "jo@trevanick.example.org\n"
)
ORDERS = "Order number,Service,School URN,Net price,Order date,Contact name,Contact email\n"
STAFF = b"Teacher,Work mail\r\nAda Hale,ada.hale@example.org\r\nBryn Rowe,bryn at example.org\r\n"
THREE = b"Name,Email\r\n" + b"".join(b"%s Hale,%s@example.org\r\n" % (one, one) for one in (b"Ada", b"Bo", b"Cy"))
SCHOOLS = b"URN,EstablishmentName,EstablishmentStatus (name)\r\n912345,New School,Open\r\n"


def _upload(visitor: Visitor, kind: str, content: bytes, about: str = "") -> Visitor:
    fields = visitor.open(f"{HOME}?kind={kind}").fields(f'action="{HOME}"') | {"about": about}
    sent = {**fields, "file": (io.BytesIO(content), "list.csv")}
    visitor.answer = visitor.client.post(HOME, data=sent, content_type="multipart/form-data", buffered=True)
    return visitor


def _send(visitor: Visitor, to: str, **typed: str) -> Visitor:
    return visitor.post(to, visitor.fields(f'action="{to}"') | typed)


def _people(journey: Journey) -> set[str]:
    with journey.store.reading() as session:
        return {one.email for one in session.query(Participant) if one.status != "withdrawn"}


def test_a_list_is_mapped_mended_brought_in_once_and_taken_back(
    advisor: Visitor, journey: Journey, clock: Clock
) -> None:
    clock.now = journey.now
    _upload(advisor, "staff", STAFF, journey.reference)
    here = advisor.answer.location
    advisor.follow()
    assert "list.csv lacks 2 columns." in advisor.words
    _send(advisor, f"{here}/columns", **{"column-name": "Teacher", "column-email": "Work mail"})
    advisor.follow()
    assert "Nothing is written yet. 1 participant would be added" in advisor.words
    assert "Row 3: “bryn at example.org”" in advisor.words
    (name,) = re.findall('id="cell-3-1" name="([^"]+)"', advisor.answer.text)
    _send(advisor, f"{here}/mend", **{name: "bryn@example.org"})
    assert "2 participants would be added" in advisor.follow().words
    assert _people(journey) == set()
    _send(advisor, f"{here}/take", rows="whole")
    assert "Success 2 participants added, 0 changed." in advisor.follow().words
    assert _people(journey) == {"ada.hale@example.org", "bryn@example.org"}
    assert "2 added, 0 changed" in advisor.open(HOME).words
    _send(advisor.open(here), f"{here}/undo")
    assert "1 of 1 can be taken back. Nothing has been done yet." in advisor.words
    assert len(_people(journey)) == 2
    _send(advisor, f"{here}/undo")
    assert "1 taken back." in advisor.follow().words
    assert _people(journey) == set()


def test_the_good_rows_are_taken_by_themselves_and_twice_is_once(advisor: Visitor, journey: Journey) -> None:
    content = STAFF.replace(b"Teacher,Work mail", b"Name,Email") + b"#N/A,\r\n"
    _upload(advisor, "staff", content, journey.reference)
    here = advisor.answer.location
    assert "2 rows have a problem" in advisor.follow().words
    fields = advisor.fields(f'action="{here}/take"') | {"rows": "good"}
    for _ in range(2):
        assert advisor.post(f"{here}/take", fields).answer.status_code == 303
    assert _people(journey) == {"ada.hale@example.org"}


@pytest.mark.parametrize(
    ("kind", "content", "field", "sentence"),
    [
        ("schools", b"%PDF-1.4", "file", "is a PDF. Export the table itself as CSV or Excel."),
        ("schools", b"", "file", "The file is empty."),
        ("staff", STAFF, "about", "Enter it: reference of the engagement"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(
    advisor: Visitor, kind: str, content: bytes, field: str, sentence: str
) -> None:
    _upload(advisor, kind, content)
    assert advisor.answer.status_code == 422
    assert f'href="#upload-{field}">' in advisor.answer.text
    assert sentence in advisor.words
    assert "Error: Import: " in advisor.words


def test_a_file_is_its_owners_and_can_be_removed(
    advisor: Visitor, lead: Visitor, assessor: Visitor, journey: Journey
) -> None:
    _upload(advisor, "schools", SCHOOLS)
    here = advisor.answer.location
    assert lead.open(here).answer.status_code == 404
    assert assessor.open(HOME).answer.status_code == 403
    _send(advisor.follow(), f"{here}/remove")
    assert "Nothing of it was brought in." in advisor.follow().words
    assert advisor.open(here).answer.status_code == 404
    with journey.store.reading() as session:
        assert session.get(School, "912345") is None


def test_what_others_rest_on_is_told_before_anything_is_taken_back(advisor: Visitor, journey: Journey) -> None:
    rows = SCHOOLS + b"900001,Polwhevral Academy,Open\r\n"
    _upload(advisor, "schools", rows)
    here = advisor.answer.location
    _send(advisor.follow(), f"{here}/take", rows="whole")
    _send(advisor.follow(), f"{here}/undo")
    assert "1 of 2 can be taken back." in advisor.words
    assert "Polwhevral Academy (900001) stays: an engagement or a calendar is about it." in advisor.words
    _send(advisor, f"{here}/undo")
    assert "1 taken back. What stays, and why, is told below." in advisor.follow().words
    with journey.store.reading() as session:
        assert session.get(School, "912345") is None


def _owed(journey: Journey, *, since: int) -> list[tuple[str, str]]:
    with journey.store.reading() as session:
        own = select(OwedEffect.name, OwedEffect.paragraph).where(OwedEffect.id > since, OwedEffect.kind == "email")
        return [(name, text) for name, text in session.execute(own.order_by(OwedEffect.id))]


def _last(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.scalar(select(func.max(OwedEffect.id))) or 0


def test_the_letters_of_a_staff_list_are_read_before_it_is_brought_in(advisor: Visitor, journey: Journey) -> None:
    _upload(advisor, "staff", THREE, journey.reference)
    here, before = advisor.answer.location, _last(journey)
    asked = advisor.open(here).fields(f'action="{here}/take"') | {"rows": "whole"}
    advisor.ask(f"{here}/take", asked)
    assert "Bring it in: check before you send" in advisor.words
    assert "3 participants are added." in advisor.words
    assert "The stage is then Training session 1." in advisor.words
    assert "To ada@example.org Dear Ada Hale," in advisor.words
    assert (_people(journey), _owed(journey, since=before)) == (set(), [])
    advisor.confirm(**{"paragraph-participant-welcome": "See you on Monday.", "again": "yes"})
    assert advisor.words.count("See you on Monday.") == 4, "in three letters, and in its field"
    advisor.confirm(**{"paragraph-participant-welcome": "See you on Monday."})
    assert "Success 3 participants added" in advisor.follow().words
    assert len(_people(journey)) == 3
    owed = _owed(journey, since=before)
    assert owed.count(("participant-welcome", "See you on Monday.")) == 3
    assert {text for name, text in owed if name != "participant-welcome"} == {""}


def test_somebody_who_will_not_send_them_goes_back_to_the_file(advisor: Visitor, journey: Journey) -> None:
    _upload(advisor, "staff", THREE, journey.reference)
    here = advisor.answer.location
    advisor.ask(f"{here}/take", advisor.open(here).fields(f'action="{here}/take"') | {"rows": "whole"})
    assert advisor.confirm(change="yes").answer.location == here
    assert "Nothing is written yet." in advisor.follow().words
    assert _people(journey) == set()


def test_the_letters_of_new_orders_are_read_before_they_begin(advisor: Visitor, journey: Journey, clock: Clock) -> None:
    clock.now = journey.now
    rows = "".join(ORDER.format(number) for number in (1, 2))
    _upload(advisor, "purchases", (ORDERS + rows).encode(), "mentoring")
    here, before = advisor.answer.location, _last(journey)
    advisor.ask(f"{here}/take", advisor.open(here).fields(f'action="{here}/take"') | {"rows": "whole"})
    assert "2 orders are added." in advisor.words
    assert advisor.words.count("To jo@trevanick.example.org Dear Jo Lee,") == 2
    assert "In your own words" in advisor.words
    assert _owed(journey, since=before) == []
    advisor.confirm()
    assert "Success 2 orders added" in advisor.follow().words
    assert [name for name, _ in _owed(journey, since=before)].count("welcome") == 2


def test_beyond_a_hundred_letters_the_others_are_counted(advisor: Visitor, journey: Journey, clock: Clock) -> None:
    clock.now = journey.now
    rows = "".join(ORDER.format(number) for number in range(60))
    _upload(advisor, "purchases", (ORDERS + rows).encode(), "mentoring")
    here = advisor.answer.location
    advisor.ask(f"{here}/take", advisor.open(here).fields(f'action="{here}/take"') | {"rows": "whole"})
    assert "120 messages" in advisor.words
    assert "And 20 more messages of the same kinds." in advisor.words
    advisor.confirm()
    assert "Success 60 orders added" in advisor.follow().words


def test_orders_find_their_offer_where_none_is_said(advisor: Visitor, journey: Journey, clock: Clock) -> None:
    clock.now = journey.now
    _upload(advisor, "purchases", (ORDERS + ORDER.format(1)).encode(), "")
    here = advisor.answer.location
    advisor.ask(f"{here}/take", advisor.open(here).fields(f'action="{here}/take"') | {"rows": "whole"})
    assert "1 order is added." in advisor.words
