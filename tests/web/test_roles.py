"""Which role may use which page of the council: the whole table, declared and asked.

A new route is added here by somebody who thought about each role.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from tests.journeys import Journey
from tests.web import readers
from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD, Visitor
from web import access
from workflow.domain.actor import (
    ACCOUNT_ROLES,
    ADVISING_ROLES,
    CASE_READERS,
    COUNCIL_ROLES,
    EVIDENCE_READERS,
    SYSTEM,
)
from workflow.store.record import Record
from workflow.store.session import Store
from workflow.usecases.accounts import members, offer_roles

ANYBODY, READERS, EVIDENCE, WORKERS = ACCOUNT_ROLES, CASE_READERS, EVIDENCE_READERS, COUNCIL_ROLES
ADVISERS, ADVISERS_READ = ADVISING_ROLES, (*ADVISING_ROLES, "auditor")
LEAD, LEADS_READ = ("lead_advisor",), ("lead_advisor", "auditor")
INVITERS, INVITERS_READ = (*ADVISING_ROLES, "admin"), (*ADVISING_ROLES, "admin", "auditor")
ADMIN, PEOPLE_READERS, OFFER_READERS = ("admin",), ("admin", "auditor"), ("admin", "auditor", "lead_advisor")
#: By route and method. Finance reads engagements without evidence, an auditor reads everything and changes nothing but
#: what is their own, and an administrator sees accounts alone.
TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "/admin/evidence-reads": {"GET": PEOPLE_READERS},
    "/admin/offers": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>/certificate.<any(pdf, png):kind>": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>/days": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>/emails": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>/emails/<name:email>": {"GET": ADMIN, "POST": ADMIN},
    "/admin/offers/<name:key>/emails/<name:email>/use": {"POST": ADMIN},
    "/admin/offers/<name:key>/walk": {"GET": OFFER_READERS},
    "/admin/offers/<name:key>/words/<any(page, calendar):file>": {"GET": ADMIN, "POST": ADMIN},
    "/admin/offers/<name:key>/words/<any(page, calendar):file>/use": {"POST": ADMIN},
    "/admin/people": {"GET": PEOPLE_READERS},
    "/admin/people/<number:number>": {"GET": PEOPLE_READERS},
    "/admin/people/<number:number>/<name:act>": {"POST": ADMIN},
    "/admin/people/new": {"GET": ADMIN, "POST": ADMIN},
    "/admin/privacy": {"GET": ADMIN},
    "/admin/privacy/<name:act>": {"POST": ADMIN},
    "/admin/privacy/requests/<number:number>/answer": {"POST": ADMIN},
    "/advisor/": {"GET": READERS},
    "/advisor/again": {"GET": ANYBODY, "POST": ANYBODY},
    "/advisor/again/question": {"POST": ANYBODY},
    "/advisor/board": {"GET": READERS},
    "/advisor/bulk/": {"GET": ADVISERS},
    "/advisor/bulk/<name:verb>": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/bulk/job/<number:number>": {"GET": ADVISERS_READ, "POST": ADVISERS},
    "/advisor/bulk/job/<number:number>/row/<number:row>": {"GET": ADVISERS_READ},
    "/advisor/bulk/job/<number:number>/stop": {"POST": ADVISERS},
    "/advisor/bulk/job/<number:number>/take-back": {"POST": ADVISERS},
    "/advisor/calendar": {"GET": READERS},
    "/advisor/calendar/feed": {"POST": READERS},
    "/advisor/calendar/feed/<number:number>/withdraw": {"POST": READERS},
    "/advisor/draft": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>": {"GET": READERS, "POST": WORKERS},
    "/advisor/engagement/<reference:reference>/<any(people, meetings, evidence, visits, messages, history):place>": {
        "GET": READERS
    },
    "/advisor/engagement/<reference:reference>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/certificate/<serial:serial>": {"GET": READERS},
    "/advisor/engagement/<reference:reference>/do/<name:trigger>": {"GET": WORKERS},
    "/advisor/engagement/<reference:reference>/file/<number:number>": {"GET": EVIDENCE},
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/book": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/catch-up-date": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/offer": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/meeting/<name:kind>/register": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/next": {"GET": READERS},
    "/advisor/engagement/<reference:reference>/notes": {"GET": EVIDENCE, "POST": WORKERS},
    "/advisor/engagement/<reference:reference>/notes/<number:number>": {"GET": EVIDENCE, "POST": WORKERS},
    "/advisor/engagement/<reference:reference>/notes/<number:number>/pin": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/notes/<number:number>/unpin": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/notes/file/<number:number>": {"GET": EVIDENCE},
    "/advisor/engagement/<reference:reference>/owed/<number:number>/drop": {"POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/owed/<number:number>/retry": {"POST": ADVISERS},
    "/advisor/engagement/<reference:reference>/contact/<name:contact>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/proposal/<number:number>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/people/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/people/<number:number>/": {"GET": EVIDENCE},
    "/advisor/engagement/<reference:reference>/people/<number:number>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/people/<number:number>/specimen.<any(pdf, png):kind>": {"GET": READERS},
    "/advisor/engagement/<reference:reference>/plan/<name:kind>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/plan/<number:number>/<name:act>": {"POST": WORKERS},
    "/advisor/engagement/<reference:reference>/undo/": {"GET": ADVISERS, "POST": ADVISERS},
    "/advisor/engagements": {"GET": READERS},
    "/advisor/engagements.<any(csv, xlsx):kind>": {"GET": READERS},
    "/advisor/imports": {"GET": ADVISERS_READ, "POST": ADVISERS},
    "/advisor/imports/<number:number>": {"GET": ADVISERS_READ},
    "/advisor/imports/<number:number>/columns": {"POST": ADVISERS},
    "/advisor/imports/<number:number>/mend": {"POST": ADVISERS},
    "/advisor/imports/<number:number>/remove": {"POST": ADVISERS},
    "/advisor/imports/<number:number>/take": {"POST": ADVISERS},
    "/advisor/imports/<number:number>/undo": {"POST": ADVISERS},
    "/advisor/insight": {"GET": LEADS_READ},
    "/advisor/insight/<name:which>.csv": {"GET": LEADS_READ},
    "/advisor/insight/what-if": {"GET": LEADS_READ, "POST": LEAD},
    "/advisor/insight/what-if/<number:number>": {"GET": LEADS_READ},
    "/advisor/insight/what-if/<number:number>.csv": {"GET": LEADS_READ},
    "/advisor/lists": {"GET": READERS},
    "/advisor/lists/<number:number>/delete": {"POST": READERS},
    "/advisor/lists/<number:number>/rename": {"POST": READERS},
    "/advisor/lists/columns": {"GET": READERS, "POST": READERS},
    "/advisor/lists/new": {"GET": READERS, "POST": READERS},
    "/advisor/lists/start": {"POST": READERS},
    "/advisor/mentions": {"GET": EVIDENCE},
    "/advisor/mentions/<number:number>/seen": {"POST": WORKERS},
    "/advisor/promises": {"GET": READERS},
    "/advisor/readers": {"GET": INVITERS_READ},
    "/advisor/readers/<number:number>": {"GET": INVITERS_READ},
    "/advisor/readers/<number:number>/<name:act>": {"POST": INVITERS},
    "/advisor/readers/new": {"GET": INVITERS, "POST": INVITERS},
    "/advisor/settings": {"GET": ANYBODY, "POST": ANYBODY},
    "/advisor/settings/signing-in": {"GET": ANYBODY},
    "/advisor/settings/signing-in/app": {"GET": ANYBODY, "POST": ANYBODY},
    "/advisor/settings/signing-in/app/remove": {"POST": ANYBODY},
    "/advisor/settings/signing-in/codes": {"POST": ANYBODY},
    "/advisor/settings/signing-in/devices/<number:number>/forget": {"POST": ANYBODY},
    "/advisor/settings/signing-in/passkeys": {"GET": ANYBODY, "POST": ANYBODY},
    "/advisor/settings/signing-in/passkeys/<number:number>/remove": {"POST": ANYBODY},
    "/advisor/settings/signing-in/passkeys/question": {"POST": ANYBODY},
    "/advisor/settings/signing-in/password": {"POST": ANYBODY},
    "/advisor/settings/signing-in/sessions/<number:number>/end": {"POST": ANYBODY},
    "/advisor/settings/signing-in/sessions/end": {"POST": ANYBODY},
}
#: What stands in an address, so that it is about something that is there, or about nothing at all.
_VALUES = {"number": "999", "row": "1", "serial": "7KQ2-M9RT-WX4H", "act": "no-such-act", "trigger": "no-such-trigger",
           "verb": "no-such-verb", "key": "no-such-offer", "which": "no-such-figure", "contact": "head",
           "email": "no-such-email"}  # fmt: skip


def _council(app: Flask) -> Iterator[tuple[str, str, access.Policy]]:
    for rule in app.url_map.iter_rules():
        policy = access.policy_of(app, rule.endpoint)
        if policy is not None and policy.kind == "council":
            yield from ((rule.rule, method, policy) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_of_the_council_is_in_the_table_with_the_roles_that_it_declares(app: Flask) -> None:
    declared: dict[str, dict[str, tuple[str, ...]]] = {}
    for rule, method, policy in _council(app):
        declared.setdefault(rule, {})[method] = policy.roles
    assert declared == TABLE


@pytest.fixture
def visitors(app: Flask, store: Store) -> dict[str, Visitor]:
    """One of each role."""
    with store.writing() as session:
        for role in ("finance", "admin", "auditor"):
            members.add(session, f"{role}.web@example.org", name=role, role=role, password=PASSWORD, now=NOON)
    return {role: Visitor(app).sign_in(f"{role}.web@example.org") for role in ACCOUNT_ROLES}


def _addresses(rule: str, journey: Journey, **more: str) -> Iterator[str]:
    """The rule with values in it; each of several words in turn."""
    known = {**_VALUES, **more, "reference": journey.reference, "kind": "training_1"}
    parts = re.split(r"<([^>]+)>", rule)
    choices = [[one] if number % 2 == 0 else _words(one, known) for number, one in enumerate(parts)]
    yield from ("".join(one) for one in product(*choices))


def _words(variable: str, known: dict[str, str]) -> list[str]:
    converter, _, name = variable.rpartition(":")
    if converter.startswith("any("):
        return [one.strip() for one in converter[4:-1].split(",")]
    return [known[name]]


def _answers(visitor: Visitor, method: str, address: str, token: dict[str, str]) -> int:
    visitor.answer = visitor.client.open(address, method=method, data=token if method == "POST" else None)
    return visitor.answer.status_code


def _let_in_otherwise(visitor: Visitor, journey: Journey, role: str, there: str) -> Iterator[tuple[str, str, int]]:
    """Where somebody is let in, or not, otherwise than the table says of this role, and of another where the address is
    about the engagement."""
    for rule, methods in TABLE.items():
        counts = there if "<reference:" in rule else role
        for method, roles in methods.items():
            for address in _addresses(rule, journey):
                token = visitor.open("/advisor/settings").fields("/sign-out")
                may = counts in roles and not (counts == "finance" and address.endswith("/evidence"))
                status = _answers(visitor, method, address, token)
                if (status == 403 and "This page is for the" in visitor.words) is may:
                    yield method, address, status


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(
    visitors: dict[str, Visitor], journey: Journey, role: str
) -> None:
    assert [*_let_in_otherwise(visitors[role], journey, role, role)] == []


@pytest.mark.parametrize(
    ("role", "there"), [("lead_advisor", "auditor"), ("advisor", "assessor"), ("assessor", "lead_advisor")]
)
def test_a_role_in_one_offer_is_what_counts_about_its_engagements(
    visitors: dict[str, Visitor], store: Store, journey: Journey, role: str, there: str
) -> None:
    with store.writing() as session:
        number = members.by_address(session, f"{role}.web@example.org").id
        offer_roles.change(session, number, {"mentoring": there}, by=SYSTEM, now=NOON)
    assert [*_let_in_otherwise(visitors[role], journey, role, there)] == []


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_a_closed_account_is_let_in_nowhere_though_its_session_is_in_hand(
    visitors: dict[str, Visitor], store: Store, journey: Journey, role: str
) -> None:
    visitor = visitors[role]
    token = visitor.open("/advisor/settings").fields("/sign-out")
    with store.writing() as session:
        if role == "admin":
            members.add(session, "second@example.org", name="Second", role="admin", now=NOON)
        members.disable(session, members.by_address(session, f"{role}.web@example.org").id, by=SYSTEM, now=NOON)
    for rule, methods in TABLE.items():
        for method, address in product(methods, _addresses(rule, journey)):
            status = _answers(visitor, method, address, token)
            asked = "Sign in" in visitor.answer.text or visitor.answer.location.startswith("/sign-in")
            assert (status in (200, 303), asked) == (True, True), (method, address)


def test_a_reader_of_several_schools_is_let_in_nowhere(app: Flask, journey: Journey) -> None:
    visitor = Visitor(app)
    readers.let_in(visitor, schools=("900001",))
    token = visitor.open("/schools").fields("/schools/leave")
    for rule, methods in TABLE.items():
        for method, address in product(methods, _addresses(rule, journey)):
            status = _answers(visitor, method, address, token)
            asked = "Sign in" in visitor.answer.text or visitor.answer.location.startswith("/sign-in")
            assert (status in (200, 303), asked) == (True, True), (method, address)
    assert visitor.open("/schools").answer.status_code == 200


def _everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without the bookkeeping of signing in."""
    with store.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Record.metadata.sorted_tables
            if table.name not in ("web_session", "evidence_read")
        }


def test_no_page_that_is_looked_at_changes_anything(
    visitors: dict[str, Visitor], store: Store, journey: Journey
) -> None:
    journey.to("framework")
    before = _everything(store)
    for visitor in visitors.values():
        for rule, methods in TABLE.items():
            for address in _addresses(rule, journey, number="1") if "GET" in methods else ():
                assert visitor.open(address).answer.status_code < 500, address
    assert _everything(store) == before
