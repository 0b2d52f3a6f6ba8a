"""Who may use which page."""

import pytest
from flask import Flask

from tests.journeys import Journey
from tests.web.visitor import Visitor
from web import access
from workflow.store.session import Store
from workflow.store.tables.user import User

#: Every route and who may use it. A new route is added here by somebody who thought about it.
EXPECTED = {
    "/": "public",
    "/<any(static, assets):folder>/<path:name>": "public",
    "/look.css": "public",
    "/privacy": "public",
    "/cookies": "public",
    "/accessibility": "public",
    "/help": "public",
    "/.well-known/security.txt": "public",
    "/healthz": "public",
    "/readyz": "public",
    "/which-phase": "public",
    "/verify/": "public",
    "/verify/<serial:serial>": "public",
    "/verify/<path:typed>": "public",
    "/sign-in": "public",
    "/sign-in/code": "half_way",
    "/sign-in/code/question": "half_way",
    "/sign-in/set-up": "half_way",
    "/sign-in/council": "public",
    "/sign-in/council/answer": "public",
    "/sign-in/forgotten": "public",
    "/sign-in/new-password/<token:secret>": "public",
    "/sign-out": "public",
    "/admin/offers": "council",
    "/admin/offers/<name:key>": "council",
    "/admin/offers/<name:key>/certificate.<any(pdf, png):kind>": "council",
    "/admin/offers/<name:key>/days": "council",
    "/admin/offers/<name:key>/emails": "council",
    "/admin/offers/<name:key>/emails/<name:email>": "council",
    "/admin/offers/<name:key>/emails/<name:email>/use": "council",
    "/admin/offers/<name:key>/walk": "council",
    "/admin/offers/<name:key>/words/<any(page, calendar):file>": "council",
    "/admin/offers/<name:key>/words/<any(page, calendar):file>/use": "council",
    "/admin/people": "council",
    "/admin/people/new": "council",
    "/admin/people/<number:number>": "council",
    "/admin/people/<number:number>/<name:act>": "council",
    "/admin/evidence-reads": "council",
    "/admin/privacy": "council",
    "/admin/privacy/<name:act>": "council",
    "/admin/privacy/requests/<number:number>/answer": "council",
    "/advisor/again": "council",
    "/advisor/again/question": "council",
    "/advisor/": "council",
    "/advisor/engagements": "council",
    "/advisor/engagements.<any(csv, xlsx):kind>": "council",
    "/advisor/lists": "council",
    "/advisor/lists/new": "council",
    "/advisor/lists/start": "council",
    "/advisor/lists/columns": "council",
    "/advisor/lists/<number:number>/rename": "council",
    "/advisor/lists/<number:number>/delete": "council",
    "/advisor/board": "council",
    "/advisor/settings": "council",
    "/advisor/settings/signing-in": "council",
    "/advisor/settings/signing-in/password": "council",
    "/advisor/settings/signing-in/app": "council",
    "/advisor/settings/signing-in/app/remove": "council",
    "/advisor/settings/signing-in/codes": "council",
    "/advisor/settings/signing-in/passkeys": "council",
    "/advisor/settings/signing-in/passkeys/question": "council",
    "/advisor/settings/signing-in/passkeys/<number:number>/remove": "council",
    "/advisor/settings/signing-in/sessions/end": "council",
    "/advisor/settings/signing-in/sessions/<number:number>/end": "council",
    "/advisor/settings/signing-in/devices/<number:number>/forget": "council",
    "/advisor/promises": "council",
    "/advisor/insight": "council",
    "/advisor/insight/<name:which>.csv": "council",
    "/advisor/insight/what-if": "council",
    "/advisor/insight/what-if/<number:number>": "council",
    "/advisor/insight/what-if/<number:number>.csv": "council",
    "/advisor/calendar": "council",
    "/advisor/calendar/feed": "council",
    "/advisor/calendar/feed/<number:number>/withdraw": "council",
    "/calendar/<token:secret>.ics": "calendar",
    "/advisor/bulk/": "council",
    "/advisor/bulk/<name:verb>": "council",
    "/advisor/bulk/job/<number:number>": "council",
    "/advisor/bulk/job/<number:number>/row/<number:row>": "council",
    "/advisor/bulk/job/<number:number>/stop": "council",
    "/advisor/bulk/job/<number:number>/take-back": "council",
    "/advisor/engagement/<reference:reference>": "council",
    "/advisor/engagement/<reference:reference>/"
    "<any(people, meetings, evidence, visits, messages, history):place>": "council",
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/register": "council",
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/book": "council",
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/offer": "council",
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/catch-up-date": "council",
    "/advisor/engagement/<reference:reference>/next": "council",
    "/advisor/engagement/<reference:reference>/certificate/<serial:serial>": "council",
    "/advisor/engagement/<reference:reference>/people/<number:number>/specimen.<any(pdf, png):kind>": "council",
    "/advisor/engagement/<reference:reference>/owed/<number:number>/retry": "council",
    "/advisor/engagement/<reference:reference>/owed/<number:number>/drop": "council",
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/people/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/do/<name:trigger>": "council",
    "/advisor/engagement/<reference:reference>/undo/": "council",
    "/advisor/engagement/<reference:reference>/plan/<name:kind>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/plan/<number:number>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/people/<number:number>/": "council",
    "/advisor/engagement/<reference:reference>/people/<number:number>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/file/<number:number>": "council",
    "/advisor/engagement/<reference:reference>/notes": "council",
    "/advisor/engagement/<reference:reference>/notes/<number:number>": "council",
    "/advisor/engagement/<reference:reference>/notes/<number:number>/pin": "council",
    "/advisor/engagement/<reference:reference>/notes/<number:number>/unpin": "council",
    "/advisor/engagement/<reference:reference>/notes/file/<number:number>": "council",
    "/advisor/draft": "council",
    "/advisor/mentions": "council",
    "/advisor/mentions/<number:number>/seen": "council",
    "/advisor/imports": "council",
    "/advisor/imports/<number:number>": "council",
    "/advisor/imports/<number:number>/columns": "council",
    "/advisor/imports/<number:number>/mend": "council",
    "/advisor/imports/<number:number>/take": "council",
    "/advisor/imports/<number:number>/undo": "council",
    "/advisor/imports/<number:number>/remove": "council",
    "/advisor/readers": "council",
    "/advisor/readers/new": "council",
    "/advisor/readers/<number:number>": "council",
    "/advisor/readers/<number:number>/<name:act>": "council",
    "/schools": "reader",
    "/schools.<any(csv, xlsx):kind>": "reader",
    "/schools/<reference:reference>": "reader",
    "/schools/leave": "reader",
    "/schools/link/<token:secret>": "public",
    "/school/": "public",
    "/school/link/<token:secret>": "public",
    "/school/<token:token>": "school",
    "/contact/<token:secret>": "public",
    "/advisor/engagement/<reference:reference>/contact/<name:contact>/<name:act>": "council",
    "/advisor/engagement/<reference:reference>/proposal/<number:number>/<name:act>": "council",
    "/school/<token:token>/propose-contact": "school_session",
    "/school/<token:token>/question": "school_session",
    "/school/<token:token>/link": "school",
    "/school/<token:token>/file/<number:number>": "school",
    "/school/<token:token>/messages": "school_session",
    "/school/<token:token>/certificates": "school_session",
    "/school/<token:token>/certificates/<serial:serial>": "school_session",
    "/school/<token:token>/certificates.zip": "school_session",
    "/school/<token:token>/people": "school_session",
    "/school/<token:token>/people/<number:number>": "school_session",
    "/school/<token:token>/people/<number:number>/<name:act>": "school_session",
    "/school/<token:token>/people/template.<any(csv, xlsx):kind>": "school_session",
    "/school/<token:token>/nominate-many": "school_session",
    "/school/<token:token>/upload-people": "school_session",
    "/school/<token:token>/dates": "school_session",
    "/school/<token:token>/dates/<number:number>.ics": "school_session",
    "/school/<token:token>/other-dates/<name:kind>": "school_session",
    "/school/<token:token>/draft": "school_session",
    "/school/<token:token>/leave": "school_session",
    "/school/<token:token>/<name:act>": "school_session",
    "/school/person/<token:token>": "person",
    "/school/person/<token:token>/link": "person",
    "/school/person/<token:token>/file/<number:number>": "person_session",
    "/school/person/<token:token>/certificate/<serial:serial>": "person_session",
    "/school/person/<token:token>/specimen.<any(pdf, png):kind>": "person_session",
    "/school/person/<token:token>/draft": "person_session",
    "/school/person/<token:token>/my-data": "person_session",
    "/school/person/<token:token>/my-data/everything.<any(json, txt):ending>": "person_session",
    "/school/person/<token:token>/leave": "person_session",
    "/school/person/<token:token>/<name:act>": "person_session",
}


def test_every_route_declares_the_policy_we_expect(app: Flask) -> None:
    declared = {rule.rule: access.policy_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert {rule: found and found.kind for rule, found in declared.items()} == EXPECTED


def test_an_application_with_a_silent_route_does_not_start(app: Flask) -> None:
    app.add_url_rule("/silent", view_func=lambda: "hello")
    with pytest.raises(access.Undeclared, match="/silent"):
        access.check(app)


def test_a_silent_route_is_refused_even_if_it_got_past_the_start(app: Flask) -> None:
    app.add_url_rule("/silent", view_func=lambda: "hello")
    answer = app.test_client().get("/silent")
    assert answer.status_code == 500
    assert "hello" not in answer.text


@pytest.mark.parametrize("path", ["/advisor/", "/advisor/engagement/CMC-25-0001-A", "/advisor/?find=St+Ives"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back(anybody: Visitor, path: str) -> None:
    anybody.open(path)
    assert anybody.answer.status_code == 303
    assert anybody.answer.location.startswith("/sign-in?next=/advisor/")


def test_a_stranger_cannot_press_a_button(anybody: Visitor, advisor: Visitor, case: str, journey: Journey) -> None:
    fields = advisor.open(case).fields('value="hold"') | {"note": "Why not"}
    assert "Sign in" in anybody.post(case, fields).texts("h1")
    assert journey.row.standing == "active"


def test_an_assessor_may_look_and_may_not_drop_emails(assessor: Visitor, case: str) -> None:
    assert assessor.open(case).answer.status_code == 200
    token = assessor.fields("/sign-out")["csrf_token"]
    assessor.post(f"{case}/owed/1/retry", {"csrf_token": token})
    assert assessor.answer.status_code == 403
    assert "This page is for the advisor or lead advisor; you are signed in as assessor." in assessor.words


def test_a_change_of_role_counts_at_once(assessor: Visitor, store: Store, case: str) -> None:
    assert "Cancel" not in assessor.open(case).words.split("Not for you")[0]
    with store.writing() as session:
        session.query(User).filter_by(email="assessor.web@example.org").update({"role": "lead_advisor"})
    assert "Cancel" in assessor.open(case).words.split("Not for you")[0]


def test_a_closed_account_is_out_at_once(assessor: Visitor, store: Store) -> None:
    with store.writing() as session:
        session.query(User).filter_by(email="assessor.web@example.org").delete()
    assert assessor.open("/advisor/").answer.status_code == 303
