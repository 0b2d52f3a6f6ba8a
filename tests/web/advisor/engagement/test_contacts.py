"""Who speaks for a school, on the page of the engagement: now, before, proposed, and where letters came back."""

from typing import Any

import pytest

from tests.journeys import PEOPLE, Journey
from tests.queries_counted import counted
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.contacts import contacts, proposals

KIT: dict[str, Any] = {"name": "Kit Hay", "email": "kit@polwhevral.example.org"}


def change(visitor: Visitor, case: str, kind: str, **typed: str) -> Visitor:
    form = f"{case}/contact/{kind}/change"
    return visitor.post(form, visitor.open(f"{case}/people").fields(f'action="{form}"') | typed)


def propose(journey: Journey, kind: str = "school_lead") -> int:
    who = KIT | {"asked_by": "Olive Tonkin"}
    asked = journey._do(proposals.propose, kind, **who, links=LinkMaker("s"), actor=Actor("school_lead"))
    return int(asked.id)


def die(journey: Journey, recipient: str) -> int:
    """Every email owed to this reader came back. Returns how many."""
    with journey.store.writing() as session:
        rows = session.query(OwedEffect).filter(OwedEffect.recipient == recipient).all()
        for row in rows:
            row.status, row.attempts, row.trouble = "dead", 1, "The mail server said: no such person."
        return len(rows)


def owed(journey: Journey) -> dict[str, str]:
    with journey.store.reading() as session:
        return {one.recipient: one.status for one in session.query(OwedEffect)}


def test_somebody_else_is_head_from_now_on_and_the_table_keeps_who_it_was(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    change(advisor, case, "head", name="", email="x")
    assert 'href="#change-contact-head-name"' in advisor.answer.text
    assert 'href="#change-contact-head-email"' in advisor.answer.text
    change(advisor, case, "head", name="Maud Penrose", email="maud@polwhevral.example.org")
    assert "Success Maud Penrose is headteacher from now on." in advisor.follow().words
    change(advisor, case, "head", how="other", **KIT)
    words = advisor.follow().words
    assert "Headteacher Who Kit Hay kit@polwhevral.example.org From 6 October 2025 Until Now" in words
    assert "Who Maud Penrose maud@polwhevral.example.org From 6 October 2025 Until 6 October 2025" in words
    assert journey.row.head_name == "Kit Hay"


def test_the_same_person_is_put_right(advisor: Visitor, journey: Journey, case: str) -> None:
    change(advisor, case, "school_lead", name="Jenna Rowe", email="j.rowe@polwhevral.example.org", how="same")
    assert "Put right: Jenna Rowe, j.rowe@polwhevral.example.org." in advisor.follow().words
    assert journey.row.lead_email == "j.rowe@polwhevral.example.org"


def test_a_contact_that_is_there_asks_whether_it_is_the_same_person(advisor: Visitor, case: str) -> None:
    change(advisor, case, "school_lead", **KIT)
    assert advisor.answer.status_code == 422
    assert 'href="#change-contact-school_lead-how">Choose whether it is the same person<' in advisor.answer.text


def test_nobody_is_deputy_any_more(advisor: Visitor, journey: Journey, case: str) -> None:
    journey._do(contacts.change, "deputy", **KIT)
    form = f"{case}/contact/deputy/end"
    advisor.post(form, advisor.open(f"{case}/people").fields(f'action="{form}"'))
    assert "Kit Hay is deputy lead no more." in advisor.follow().words
    assert f"{case}/contact/school_lead/end" not in advisor.answer.text


def test_a_contact_that_does_not_exist_has_no_form(advisor: Visitor, case: str) -> None:
    token = advisor.open(f"{case}/people").fields(f'action="{case}/contact/head/change"')
    advisor.post(f"{case}/contact/caretaker/change", token)
    assert advisor.answer.status_code == 404


def test_an_assessor_sees_contacts_and_changes_none(assessor: Visitor, advisor: Visitor, case: str) -> None:
    assert "School lead Who Jenna Rowe" in assessor.open(f"{case}/people").words
    assert "/contact/head/change" not in assessor.answer.text
    form = f"{case}/contact/head/change"
    token = assessor.open("/advisor/calendar").fields("/advisor/calendar/feed")["csrf_token"]
    assessor.post(form, {"csrf_token": token} | KIT)
    assert assessor.answer.status_code == 403
    assert advisor.open(f"{case}/people").answer.status_code == 200


# --- proposals ---


@pytest.mark.parametrize(
    ("form", "words", "leads"),
    [
        ("accept", "Kit Hay is school lead from now on.", "Kit Hay"),
        ("refuse", "Kit Hay does not become school lead.", "Jenna Rowe"),
    ],
)
def test_an_advisor_comes_from_today_and_decides(
    request: pytest.FixtureRequest, journey: Journey, form: str, words: str, leads: str
) -> None:
    lead: Visitor = request.getfixturevalue("lead")
    case = f"/advisor/engagement/{journey.reference}"
    number = propose(journey)
    lead.open("/advisor/")
    lead.open(lead.link("Kit Hay as school lead of Polwhevral School"))
    assert "Olive Tonkin asked on 6 October 2025; it lapses on 20 October 2025." in lead.words
    action = f"{case}/proposal/{number}/{form}"
    lead.post(action, lead.fields(f'action="{action}"'))
    assert words in lead.follow().words
    assert "Olive Tonkin asked" not in lead.words
    assert "Contacts that schools have proposed" not in lead.open("/advisor/").words
    assert journey.row.lead_name == leads


def test_to_look_at_people_takes_as_many_queries_for_many_contacts_as_for_one(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    advisor.open(f"{case}/people")
    with counted(journey.store) as few:
        advisor.open(f"{case}/people")
    for kind in ("deputy", "head", "business_manager"):
        journey._do(contacts.change, kind, **KIT)
        journey._do(contacts.change, kind, name="Maud Penrose", email="maud@polwhevral.example.org")
        propose(journey, kind)
    with counted(journey.store) as many:
        advisor.open(f"{case}/people")
    assert len(many) == len(few)


# --- letters that came back ---


def test_today_leads_straight_to_the_form_that_mends_it_and_what_came_back_goes_again(
    lead: Visitor, journey: Journey, case: str
) -> None:
    number = die(journey, "school_lead")
    lead.open("/advisor/")
    href = lead.link("Put the address of the school lead right, Polwhevral School")
    assert href == f"{case}/people?form=change-contact-school_lead#form-change-contact-school_lead"
    form = f"{case}/contact/school_lead/change"
    fields = lead.open(href.partition("#")[0]).fields(f'action="{form}"')
    assert "Send again what came back: 1 message" in lead.words
    assert 'value="yes" checked' in lead.answer.text
    right = {"name": "Jenna Rowe", "email": "j.rowe@polwhevral.example.org", "how": "same", "again": "yes"}
    lead.post(form, fields | right)
    assert f"What came back is sent again: {number} message." in lead.follow().words
    assert owed(journey)["school_lead"] == "owed"
    assert "stuck" not in lead.open("/advisor/").words


def test_whoever_does_not_want_it_sent_again_leaves_it_stuck(advisor: Visitor, journey: Journey, case: str) -> None:
    die(journey, "school_lead")
    form = f"{case}/contact/school_lead/change"
    fields = advisor.open(f"{case}/people").fields(f'action="{form}"')
    advisor.post(form, fields | {"how": "other"} | KIT)
    assert "Kit Hay is school lead from now on." in advisor.follow().words
    assert owed(journey)["school_lead"] == "dead"


def test_a_participants_address_is_mended_on_their_own_page(lead: Visitor, journey: Journey, case: str) -> None:
    journey.nominate().to("training_1")
    assert die(journey, "participants:1")
    lead.open("/advisor/")
    href = lead.link(f"Put the address of {PEOPLE[0].name} right, Polwhevral School")
    assert href == f"{case}/people/1/?form=correct#form-correct"
    form = f"{case}/people/1/correct"
    right = {"name": PEOPLE[0].name, "email": "a@polwhevral.example.org", "again": "yes"}
    lead.post(form, lead.open(href.partition("#")[0]).fields(f'action="{form}"') | right)
    assert "What came back is sent again:" in lead.follow().words
    assert owed(journey)["participants:1"] == "owed"
