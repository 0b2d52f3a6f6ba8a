"""Accounts are looked after on pages: invited, changed, closed, opened again, each once and by an administrator."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.conftest import NOON, Clock
from tests.web.visitor import PASSWORD, Visitor
from workflow.domain.actor import SYSTEM
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases import advisors
from workflow.usecases.accounts import members

EMAIL = "advisor.web@example.org"


def do(admin: Visitor, number: int, act: str, **typed: str) -> Visitor:
    path = f"/admin/people/{number}"
    return admin.post(f"{path}/{act}", admin.open(path).fields("/sign-out") | typed)


def test_an_administrator_begins_with_the_people(admin: Visitor) -> None:
    assert admin.answer.location == "/admin/people"
    told = admin.follow().words
    for said in (["Kensa", "Bray", "admin.web@example.org"][0], "Tamsin Rowe", "Email address advisor.web@example.org"):
        assert said in told


def test_somebody_new_is_invited(admin: Visitor, store: Store) -> None:
    typed = {"name": "Jory Penrose", "email": "jory@example.org", "role": "assessor"}
    admin.post("/admin/people/new", admin.open("/admin/people/new").fields("/admin/people/new") | typed)
    told = admin.follow().words
    assert "A letter to Jory Penrose is on its way" in told
    assert "Invited; no password chosen yet" in told
    with store.reading() as session:
        assert [one.to_email for one in session.query(AccessLetter)] == ["jory@example.org"]


def test_what_is_wrong_with_an_invitation_is_told_at_once_and_stays(admin: Visitor) -> None:
    typed = {"name": " ", "email": "no address", "role": "king"}
    admin.post("/admin/people/new", admin.open("/admin/people/new").fields("/admin/people/new") | typed)
    assert admin.answer.status_code == 422
    assert 'value="no address"' in admin.answer.text
    assert admin.answer.text.count("govuk-error-message") == 3


def test_another_role_signs_out_and_is_told_in_the_history(
    admin: Visitor, advisor: Visitor, app: Flask, tamsin: int
) -> None:
    do(admin, tamsin, "change", role="lead_advisor", name="Tamsin Rowe")
    assert "Role changed from advisor to lead advisor, by Kensa Bray" in admin.follow().words
    assert advisor.open("/advisor/").answer.status_code == 303
    assert Visitor(app).sign_in(EMAIL).open("/advisor/insight").answer.status_code == 200


def test_another_address_signs_out_and_is_the_one_to_sign_in_with(
    admin: Visitor, advisor: Visitor, app: Flask, tamsin: int
) -> None:
    do(admin, tamsin, "change", email="no address")
    assert "“no address” is not an email address." in admin.words
    do(admin, tamsin, "change", name="Tamsin Rowe", role="advisor", email="rowe@example.org")
    assert "Email address changed, by Kensa Bray" in admin.follow().words
    assert advisor.open("/advisor/").answer.status_code == 303
    assert Visitor(app).sign_in("rowe@example.org").open("/advisor/").answer.status_code == 200


def test_closing_an_account_ends_the_open_page_and_hands_the_schools_over(
    admin: Visitor, advisor: Visitor, store: Store, journey: Journey, tamsin: int
) -> None:
    with store.writing() as session:
        advisors.hand_over(session, journey.id, EMAIL, note="Yours.", actor=SYSTEM, now=journey.now)
    assert do(admin, tamsin, "close").answer.status_code == 422
    assert "Choose who takes their schools over." in admin.words
    assert advisor.open("/advisor/").answer.status_code == 200
    do(admin, tamsin, "close", to="lead_advisor.web@example.org")
    assert "The account of Tamsin Rowe is closed" in admin.follow().words
    assert advisor.open("/advisor/").answer.status_code == 303
    assert advisor.sign_in(EMAIL).answer.status_code == 422
    with store.reading() as session:
        lead = members.by_address(session, "lead_advisor.web@example.org").id
        assert session.get_one(Engagement, journey.id).advisor_id == lead


def test_an_account_is_opened_again(admin: Visitor, app: Flask, tamsin: int) -> None:
    do(admin, tamsin, "close")
    do(admin, tamsin, "open")
    assert "Tamsin Rowe may sign in again." in admin.follow().words
    assert Visitor(app).sign_in(EMAIL).answer.location == "/advisor/"


def test_whoever_starts_again_is_out_and_chooses_a_new_password(
    admin: Visitor, advisor: Visitor, app: Flask, store: Store, tamsin: int
) -> None:
    do(admin, tamsin, "reset")
    assert advisor.open("/advisor/").answer.status_code == 303
    assert Visitor(app).sign_in(EMAIL).answer.status_code == 422
    with store.reading() as session:
        assert [one.purpose for one in session.query(AccessLetter)] == ["factors_removed"]


def test_what_is_done_to_accounts_asks_who_is_there_when_it_is_long_ago(
    admin: Visitor, clock: Clock, tamsin: int
) -> None:
    fields = admin.open(f"/admin/people/{tamsin}").fields("/sign-out")
    clock.now += timedelta(minutes=15)
    admin.post(f"/admin/people/{tamsin}/close", fields)
    assert "Show that it is you" in admin.words
    admin.post("/advisor/again", admin.fields('action="/advisor/again"') | {"password": PASSWORD})
    assert admin.fields(f'action="/admin/people/{tamsin}/close"')


@pytest.mark.parametrize("act", ["change", "close", "open", "reset", "invite", "sign-out"])
def test_nobody_else_changes_an_account(readers: tuple[Visitor, ...], store: Store, tamsin: int, act: str) -> None:
    for visitor in readers:
        token = visitor.open("/advisor/").fields("/sign-out")
        answer = visitor.post(f"/admin/people/{tamsin}/{act}", token | {"role": "admin", "name": "X"}).answer
        assert answer.status_code == 403
    with store.reading() as session:
        user = session.get_one(User, tamsin)
        assert (user.role, user.name, user.disabled_at) == ("advisor", "Tamsin Rowe", None)


def test_an_auditor_reads_about_accounts_and_has_nothing_to_press(auditor: Visitor, tamsin: int) -> None:
    for path in ("/admin/people", f"/admin/people/{tamsin}"):
        page = auditor.open(path).answer
        assert page.status_code == 200
        assert re.findall(r'<form action="([^"]+)"', page.text) == ["/sign-out"]


def test_a_page_of_people_costs_the_same_however_many_there_are(admin: Visitor, store: Store) -> None:
    with store.writing() as session:
        session.add_all(
            User(
                email=f"n{number}@example.org",
                name=f"Name {number:03}",
                role="advisor",
                password_hash="",
                created_at=NOON,
            )
            for number in range(120)
        )
    with counted(store) as statements:
        first = admin.open("/admin/people")
    assert len(statements) <= 4
    assert "Name 046" in first.words
    second = first.link("More people")
    assert "Name 047" in admin.open(second).words
