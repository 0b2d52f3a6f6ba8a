"""A form that is sent twice, by a second press or by going back and reloading, does what it says once."""

import pytest
from sqlalchemy import func, select

from tests.journeys import Journey
from tests.web.school.conftest import ComeIn
from tests.web.school.pages.test_contact_proposal import KIT
from tests.web.school.pages.test_dates_page import WISH, offer
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.record import Record
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.event import Event
from workflow.store.tables.notes.case_note import CaseNote, CaseNoteMention
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.requests.draft import Draft

_TABLES = (AccessLetter, CaseNote, CaseNoteMention, ContactProposal, Draft, Event)


def _count(journey: Journey, table: type[Record]) -> int:
    with journey.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("messages/question", ({"text": WISH}, "Your question is sent.")),
        ("dates/other-dates/training_1", ({"text": WISH}, "Your advisor has a note of it")),
        ("people/propose-contact", (KIT, "Thank you. Kit Hay has a letter")),
    ],
)
def test_a_school_hears_the_same_and_nobody_else_hears_twice(
    anybody: Visitor, journey: Journey, school: str, form: str, sent: tuple[dict[str, str], str]
) -> None:
    offer(journey)
    typed, told = sent
    page, _, name = form.partition("/")
    hidden = anybody.open(f"{school}/{page}").fields(f'action="{school}/{name}"')
    anybody.post(f"{school}/{name}", hidden | typed)
    once = [_count(journey, table) for table in _TABLES]
    anybody.post(f"{school}/{name}", hidden | typed)
    assert told in anybody.follow().words
    assert [_count(journey, table) for table in _TABLES] == once


def test_another_question_is_another_also_on_the_page_from_before(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    hidden = anybody.open(f"{school}/messages").fields(f'action="{school}/question"')
    for text in ("May two people come?", "May three people come?"):
        anybody.post(f"{school}/question", hidden | {"text": text})
    assert _count(journey, CaseNote) == 2


def test_a_participant_who_asks_about_their_data_hears_the_same_twice(
    anybody: Visitor, journey: Journey, links: Links, come_in: ComeIn
) -> None:
    journey.to("framework")
    page = f"{come_in(anybody, links.person(journey.reference, 1))}/my-data"
    hidden = anybody.open(page).fields('name="kind"')
    for _ in range(2):
        anybody.post(page, hidden | {"kind": "erasure", "said": ""})
        assert "We have what you ask for." in anybody.follow().words
    assert _count(journey, DataRequest) == 1
