"""Somebody is something else in one offer than everywhere: said once, and what counts about its engagements."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import ADVISOR, ASSESSOR, LEAD, Journey
from tests.offers.together import FOLDERS
from workflow.acts.act import occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput, Conflict, NotAllowed, WorkflowError
from workflow.offer.loader import load_offers
from workflow.store.cases import read_case
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases import users
from workflow.usecases.accounts import account_history, members, offer_roles
from workflow.usecases.advisors import hand_over


@pytest.fixture(autouse=True)
def _two_offers(journey: Journey) -> None:
    pages = load_offers((FOLDERS["mentoring"].parent, Path(FOLDERS["library"]).parent))
    journey.store.tell(offers=Catalogue(pages))


def say(store: Store, whose: Actor, roles: Mapping[str, str], by: Actor = SYSTEM) -> User:
    with store.writing() as session:
        return offer_roles.change(session, whose.user_id or 0, roles, by=by, now=NOW)


def acting(journey: Journey, whose: Actor) -> Actor:
    with journey.store.reading() as session:
        return offer_roles.acting_about(session, whose, journey.id)


def test_it_counts_in_that_offer_and_nowhere_else(journey: Journey) -> None:
    say(journey.store, LEAD, {"mentoring": "assessor", "library": "auditor"})
    assert acting(journey, LEAD) == Actor("assessor", LEAD.user_id)
    assert acting(journey, ADVISOR) == ADVISOR
    with journey.store.reading() as session:
        assert offer_roles.acting(session, LEAD, "library").role == "auditor"
        assert offer_roles.acting(session, LEAD, "pledge") == LEAD
        assert offer_roles.of_everyone(session) == {LEAD.user_id: {"library": "auditor", "mentoring": "assessor"}}
    say(journey.store, LEAD, {"mentoring": "", "library": "auditor"})
    assert acting(journey, LEAD) == LEAD


def test_whoever_has_no_account_is_who_they_are(journey: Journey) -> None:
    assert [acting(journey, one) for one in (SYSTEM, Actor("school_lead"))] == [SYSTEM, Actor("school_lead")]


def test_every_change_is_in_the_history_of_the_account_and_none_that_is_none(journey: Journey) -> None:
    for role in ("assessor", "assessor", "auditor", ""):
        say(journey.store, LEAD, {"library": role}, by=Actor("admin", 9))
    with journey.store.reading() as session:
        told = [one for one in account_history.latest(session, LEAD.user_id or 0) if one.name == "offer_role_changed"]
    assert [(one.data["offer"], one.data["before"], one.data["after"], one.by) for one in reversed(told)] == [
        ("library", "lead_advisor", "assessor", "admin:9"),
        ("library", "assessor", "auditor", "admin:9"),
        ("library", "auditor", "lead_advisor", "admin:9"),
    ]


@pytest.mark.parametrize("role", ["advisor", "lead_advisor", "assessor", "finance", "auditor"])
def test_it_is_said_by_an_administrator(journey: Journey, role: str) -> None:
    with pytest.raises(NotAllowed, match="looked after by an administrator"):
        say(journey.store, LEAD, {"library": "assessor"}, by=Actor(role, 2))


def test_whatever_is_wrong_is_told_at_once_and_nothing_is_changed(journey: Journey) -> None:
    with pytest.raises(BadInput) as refused:
        say(journey.store, LEAD, {"library": "assessor", "chess": "auditor", "mentoring": "finance"})
    assert [one.sentence for one in refused.value.problems] == [
        "There is no offer called “chess”. Installed: gate, library, mentoring and pledge.",
        "“finance” is no role in an offer; choose advisor, lead_advisor, assessor or auditor.",
    ]
    with journey.store.reading() as session:
        assert offer_roles.of(session, LEAD.user_id or 0) == {}


def test_only_whoever_works_on_engagements_has_another_role_there(journey: Journey) -> None:
    with journey.store.writing() as session:
        members.change(session, ASSESSOR.user_id or 0, by=SYSTEM, now=NOW, role="finance")
    with pytest.raises(Conflict) as refused:
        say(journey.store, ASSESSOR, {"library": "assessor"})
    assert str(refused.value) == (
        "The assessor signs in as finance. A role in one offer is for an advisor, lead advisor or assessor."
    )


def test_it_goes_when_they_do_other_work(journey: Journey) -> None:
    say(journey.store, ASSESSOR, {"mentoring": "lead_advisor"})
    with journey.store.writing() as session:
        members.change(session, ASSESSOR.user_id or 0, by=SYSTEM, now=NOW, role="advisor")
        assert offer_roles.of(session, ASSESSOR.user_id or 0) == {"mentoring": "lead_advisor"}
        members.change(session, ASSESSOR.user_id or 0, by=SYSTEM, now=NOW, role="finance")
        assert offer_roles.of(session, ASSESSOR.user_id or 0) == {}


def test_whoever_looks_after_schools_there_hands_them_over_first(journey: Journey) -> None:
    with pytest.raises(Conflict) as refused:
        say(journey.store, ADVISOR, {"library": "assessor", "mentoring": "assessor"})
    assert str(refused.value) == (
        "The advisor looks after 1 school in the offer “mentoring”. Hand them over first; then they can be an assessor "
        "there."
    )
    with journey.store.reading() as session:
        assert offer_roles.of(session, ADVISOR.user_id or 0) == {}
    say(journey.store, ADVISOR, {"mentoring": "lead_advisor"})


def test_schools_go_to_those_who_advise_there(journey: Journey) -> None:
    say(journey.store, LEAD, {"mentoring": "assessor"})
    say(journey.store, ASSESSOR, {"mentoring": "advisor"})
    with journey.store.reading() as session:
        assert [one.id for one in users.advisors(session, "mentoring")] == [ADVISOR.user_id, ASSESSOR.user_id]
        assert [one.id for one in users.advisors(session, "library")] == [ADVISOR.user_id, LEAD.user_id]
    with journey.store.writing() as session, pytest.raises(BadInput) as refused:
        hand_over(session, journey.id, "lead_advisor@example.org", note="Bye.", actor=ADVISOR, now=NOW)
    assert str(refused.value).startswith("lead_advisor@example.org is no advisor in the offer “mentoring”.")
    with journey.store.writing() as session:
        hand_over(session, journey.id, "assessor@example.org", note="Bye.", actor=ADVISOR, now=NOW)
        assert session.get_one(Engagement, journey.id).advisor_id == ASSESSOR.user_id


def test_a_new_order_goes_to_somebody_who_advises_there(journey: Journey) -> None:
    say(journey.store, ADVISOR, {"library": "assessor"})
    say(journey.store, ASSESSOR, {"library": "advisor"})
    with journey.store.reading() as session:
        newest = select(Engagement.advisor_id).order_by(Engagement.id.desc()).limit(1)
        journey.begin(order="L-1", urn="900004", price="150.00", offer="library")
        assert session.scalar(newest) == ASSESSOR.user_id
        journey.begin(order="SFS-2", urn="900004", offer="mentoring")
    with journey.store.reading() as session:
        assert session.scalar(newest) == ADVISOR.user_id


def test_leads_are_those_who_lead_there(journey: Journey) -> None:
    say(journey.store, LEAD, {"mentoring": "advisor"})
    say(journey.store, ASSESSOR, {"mentoring": "lead_advisor"})
    with journey.store.reading() as session:
        assert read_case(session, journey.id).lead_advisors == (ASSESSOR.user_id,)


@pytest.mark.parametrize(("whose", "there", "may"), [(LEAD, "assessor", False), (ASSESSOR, "lead_advisor", True)])
def test_an_act_asks_who_they_are_there(journey: Journey, whose: Actor, there: str, *, may: bool) -> None:
    say(journey.store, whose, {"mentoring": there})
    with journey.store.writing() as session:
        on = occasion(session, journey.id, actor=whose, now=journey.now)
        try:
            perform(ACTS["change_version"], on, version="mentoring-2026-09", called="", note="The new year.")
        except WorkflowError as refused:
            told = str(refused)
    assert ("you act as assessor" in told) is not may
