"""An advisor invites a reader: what they will see and their letter are shown first, and nothing is done before that."""

import pytest
from sqlalchemy import select, update

from tests.journeys import Journey
from tests.several_schools import MORWENNA, OTHER, TRUST, invite, join_trust
from tests.web.conftest import NOON
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User

NEW = "/advisor/readers/new"
DAY = {"until-day": "1", "until-month": "7", "until-year": "2026"}
HALE = {"name": "Morwenna Hale", "email": MORWENNA, "scope": "trust", "trust": TRUST, **DAY}


@pytest.fixture
def trust(journey: Journey) -> Journey:
    """Polwhevral School of a trust, which the advisor who signs in looks after; one of it that takes no part."""
    for urn in ("900001", "900004"):
        join_trust(journey.store, urn)
    with journey.store.writing() as session:
        mine = session.scalar(select(User.id).where(User.email == "advisor.web@example.org"))
        session.connection().execute(update(Engagement).values(advisor_id=mine))
    return journey


def fields(visitor: Visitor, **typed: str) -> dict[str, str]:
    return visitor.open(NEW).fields(NEW) | HALE | typed


def invited(store: Store) -> list[InvitedReader]:
    with store.reading() as session:
        return [*session.scalars(select(InvitedReader))]


def test_it_is_seen_before_it_is_sent(trust: Journey, advisor: Visitor) -> None:
    advisor.ask(NEW, fields(advisor))
    words = advisor.words
    for said in (
        "Invite a reader: check before you send",
        "Nothing has been recorded or sent yet.",
        "Morwenna Hale may read about the schools of Three Headlands Trust until Wednesday 1 July 2026",
        "Of these schools take part today: Polwhevral School.",
        "A school that joins the trust is shown to them, and one that leaves it is not, by itself.",
        f"To {MORWENNA}",
        "Tamsin Rowe of Cornwall Council has invited you to see where the schools of Three Headlands Trust are",
        "Confirm and send 1 message",
    ):
        assert said in words
    assert "In your own words" not in words
    assert invited(trust.store) == []
    advisor.confirm()
    assert advisor.answer.location == "/advisor/readers/1"
    words = advisor.follow().words
    assert "A letter to Morwenna Hale is on its way. The link in it holds for three days." in words
    assert "Last time in Not yet" in words
    assert "Invited By Tamsin Rowe" in words
    with trust.store.reading() as session:
        assert [(one.purpose, one.to_email) for one in session.scalars(select(AccessLetter))] == [
            ("reader_invitation", MORWENNA)
        ]


def test_what_was_typed_can_be_changed_on_the_way(trust: Journey, advisor: Visitor) -> None:
    advisor.ask(NEW, fields(advisor))
    advisor.confirm(change="yes")
    assert 'value="Morwenna Hale"' in advisor.answer.text
    assert "There is a problem" not in advisor.words
    assert invited(trust.store) == []


def test_whoever_comes_from_a_school_finds_it_filled_in(trust: Journey, lead: Visitor) -> None:
    people = lead.open(f"/advisor/engagement/{trust.reference}/people")
    assert "Who else can look at this school Nobody but the school and the council." in people.words
    lead.open(lead.link("Invite a reader"))
    assert ">900001</textarea>" in lead.answer.text
    assert f'<option value="{TRUST}" selected>' in lead.answer.text
    invite(trust.store, NOON, trust=TRUST)
    words = lead.open(f"/advisor/engagement/{trust.reference}/people").words
    assert "Morwenna Hale, until 6 October 2026, for all schools of Three Headlands Trust" in words


def test_all_that_is_wrong_is_told_at_once_with_what_was_typed(trust: Journey, lead: Visitor) -> None:
    wrong = {"name": "", "email": "nobody", "scope": "", "until-day": "31", "until-month": "2"}
    lead.post(NEW, fields(lead, **wrong))
    assert lead.answer.status_code == 422
    for sentence in (
        "Enter their name",
        "Choose which schools they see",
        "The last day must be a real date, such as 23 11 2026",
    ):
        assert sentence in lead.words
    assert 'value="nobody"' in lead.answer.text
    assert invited(trust.store) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"trust": ""}, "Choose the trust, as the register of schools names it"),
        ({"trust": "99999"}, "Choose the trust, as the register of schools names it"),
        ({"scope": "schools", "schools": ""}, "Enter the URN of a school, or the reference of its engagement"),
        ({"scope": "schools", "schools": "123456\nx"}, "No school is known by “123456” or “x”"),
        ({"until-year": "2027"}, "Enter a day from today until Tuesday 6 October 2026"),
        ({"until-year": "2024"}, "Enter a day from today until Tuesday 6 October 2026"),
    ],
)
def test_each_mistake_says_what_to_do(trust: Journey, lead: Visitor, typed: dict[str, str], sentence: str) -> None:
    lead.post(NEW, fields(lead, **typed))
    assert (lead.answer.status_code, sentence in lead.words) == (422, True)
    assert invited(trust.store) == []


def test_an_advisor_invites_for_their_own_schools_alone_and_a_lead_for_any(
    trust: Journey, advisor: Visitor, lead: Visitor
) -> None:
    Journey(trust.store, NOON).begin(order="SFS-2", urn="900004")
    with trust.store.writing() as session:
        others = update(Engagement).where(Engagement.school_urn == "900004").values(advisor_id=1)
        session.connection().execute(others)
    advisor.post(NEW, fields(advisor))
    assert advisor.answer.status_code == 403
    assert "Trevanick School is not yours. Ask a lead advisor to invite them." in advisor.words
    advisor.post(NEW, fields(advisor, email="own@example.org", scope="schools", schools=trust.reference))
    lead.post(NEW, fields(lead))
    assert [one.email for one in invited(trust.store)] == ["own@example.org", MORWENNA]


def test_somebody_is_invited_once_at_a_time(trust: Journey, lead: Visitor) -> None:
    invite(trust.store, NOON, trust=TRUST)
    lead.post(NEW, fields(lead, scope="schools", schools="900001"))
    assert lead.answer.status_code == 409
    assert "Morwenna Hale (m.hale@trust.example.org) is invited already. End that invitation first" in lead.words


def test_trusts_whose_schools_take_part_can_be_chosen(trust: Journey, lead: Visitor) -> None:
    join_trust(trust.store, "900004", OTHER, "Bright Adit Trust")
    lead.open(NEW)
    assert "Three Headlands Trust" in lead.words
    assert "Bright Adit Trust" not in lead.words
