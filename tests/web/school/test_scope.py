"""Whoever is not in for a page does nothing there: on every route of schools and participants that there is."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.journeys import PEOPLE, Journey
from tests.web import readers
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from web import access
from workflow.acts.registry import ACTS
from workflow.mail.signed_links import Links
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.access.guess import Guess
from workflow.usecases.accounts.policy import AccessPolicy

#: What anybody may send: how one asks for a link and uses it.
ASKING = {"/school/", "/school/link/<token:secret>", "/school/<token:token>/link", "/school/person/<token:token>/link"}
#: What whoever holds a letter may read.
READING = {"/school/<token:token>", "/school/<token:token>/file/<number:number>", "/school/person/<token:token>"}


class Town(NamedTuple):
    """Two schools at the framework, and whoever stands at the wrong door."""

    app: Flask
    here: Journey
    there: Journey
    links: Links
    clock: Clock


@pytest.fixture
def town(app: Flask, journey: Journey, links: Links, clock: Clock) -> Town:
    there = Journey(journey.store, journey.now).begin(order="SFS-2", urn="900004").to("framework")
    here = journey.to("framework")
    return Town(app, here, there, links, clock)


def rules(app: Flask) -> list[Rule]:
    return [one for one in app.url_map.iter_rules() if one.rule.startswith("/school/")]


def kind(app: Flask, rule: Rule) -> str:
    policy = access.policy_of(app, rule.endpoint)
    assert policy
    return policy.kind


def addresses(rule: Rule, token: str) -> Iterator[str]:
    """Of every form that could be meant."""
    forms = {act.address for act in ACTS.values() if set(act.pages) & {"school_lead", "participant"}}
    filled = rule.rule.replace("<token:token>", token).replace("<number:number>", "1")
    filled = filled.replace("<serial:serial>", "7KQ2-M9RT-WX4H").replace("<any(pdf, png):kind>", "pdf")
    filled = filled.replace("<any(json, txt):ending>", "json")
    filled = filled.replace("<name:kind>", "training_1").replace("<any(csv, xlsx):kind>", "csv")
    for form in sorted(forms) if "<name:act>" in filled else [""]:
        yield filled.replace("<name:act>", form)


def state(store: Store) -> str:
    """Everything that is written down, but for how often one network asked."""
    with store.reading() as session:
        tables = [one for one in METADATA.sorted_tables if one is not Guess.__table__]
        rows = [session.execute(select(one).order_by(*one.primary_key)).all() for one in tables]
    return sha256(repr(rows).encode()).hexdigest()


def nobody(town: Town) -> Visitor:
    return Visitor(town.app)


def the_other_school(town: Town) -> Visitor:
    visitor = Visitor(town.app)
    let_in(visitor, town.there.reference)
    let_in(visitor, town.there.reference, 1)
    return visitor


def another_participant(town: Town) -> Visitor:
    visitor = Visitor(town.app)
    let_in(visitor, town.here.reference, 5)
    return visitor


def the_council(town: Town) -> Visitor:
    return Visitor(town.app).sign_in("lead_advisor.web@example.org")


def a_reader_of_several_schools(town: Town) -> Visitor:
    visitor = Visitor(town.app)
    readers.let_in(visitor, schools=("900001", "900004"))
    return visitor


def whoever_was_in_too_long(town: Town) -> Visitor:
    visitor = Visitor(town.app)
    let_in(visitor, town.here.reference)
    let_in(visitor, town.here.reference, 4)
    town.clock.now += AccessPolicy().guest_idle
    return visitor


def whoever_forged_a_cookie(town: Town) -> Visitor:
    visitor = Visitor(town.app)
    with visitor.client.session_transaction() as cookie:
        cookie["guests"] = {f"{town.here.reference}/": "A" * 43, f"{town.here.reference}/4": "A" * 43}
    return visitor


HOLDERS = (
    nobody,
    the_other_school,
    another_participant,
    the_council,
    a_reader_of_several_schools,
    whoever_was_in_too_long,
    whoever_forged_a_cookie,
)


def test_but_for_what_a_letter_lets_somebody_read_every_route_takes_a_session(app: Flask) -> None:
    found = {one.rule: kind(app, one) for one in rules(app)}
    assert {rule for rule, declared in found.items() if not declared.endswith("_session")} == ASKING | READING
    assert {found[rule] for rule in READING} == {"school", "person"}


@pytest.mark.parametrize("holder", HOLDERS)
def test_whoever_is_not_in_for_a_page_does_nothing_there(town: Town, holder: Callable[[Town], Visitor]) -> None:
    visitor = holder(town)
    tokens = {
        "school_session": town.links.school_token(town.here.reference),
        "person_session": town.links.person_token(town.here.reference, 4),
    }
    fields = visitor.open(f"/school/{tokens['school_session']}").fields("/link")
    typed = fields | {"name": "Eve", "email": "eve@example.org", "phase": "1", "version": "1", "key": "x"}
    before, tried = state(town.here.store), 0
    for rule in rules(town.app):
        token = tokens.get(kind(town.app, rule))
        for address in addresses(rule, token) if token else ():
            tried += 1
            visitor.post(address, typed) if "POST" in (rule.methods or ()) else visitor.open(address)
            refused = visitor.answer.status_code == 303 and visitor.answer.location.endswith(token or "")
            assert refused or "Ask for a link" in visitor.texts("h1"), address
            assert state(town.here.store) == before, address
    assert tried >= 15


def wrong_tokens(town: Town) -> Iterator[tuple[str, str]]:
    """With the kind of route that each is tried at."""
    school, person = town.links.school_token(town.here.reference), town.links.person_token(town.here.reference, 4)
    elsewhere = Links("", "another secret, forty characters in all")
    for own, other in (("school", person), ("person", school)):
        yield own, other
    for own, token in (("school", school), ("person", person)):
        said, _, signature = token.rpartition(".")
        yield own, f"{said}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
        yield own, f"{'B' if said[0] == 'A' else 'A'}{said[1:]}.{signature}"
    yield "school", elsewhere.school_token(town.here.reference)
    yield "person", elsewhere.person_token(town.here.reference, 4)


def test_a_link_that_is_of_another_kind_or_changed_opens_none_of_their_routes(town: Town) -> None:
    """Not even to somebody who is in for both pages."""
    visitor = Visitor(town.app)
    let_in(visitor, town.here.reference)
    page = let_in(visitor, town.here.reference, 4)
    fields, before = visitor.open(page).fields("/leave"), state(town.here.store)
    for of, token in wrong_tokens(town):
        for rule in (one for one in rules(town.app) if kind(town.app, one).removesuffix("_session") == of):
            for address in addresses(rule, token):
                if "GET" in (rule.methods or ()):
                    assert visitor.open(address).answer.status_code == 404, address
                else:
                    assert visitor.post(address, fields).answer.status_code == 404, address
    assert state(town.here.store) == before


def test_a_link_to_somebody_of_another_engagement_opens_no_page(town: Town, anybody: Visitor) -> None:
    for reference, number in ((town.here.reference, 1), (town.there.reference, 4), (town.here.reference, 99)):
        assert anybody.open(town.links.person(reference, number)).answer.status_code == 404


def test_a_visit_ends_with_the_address_that_it_was_given_to(town: Town, anybody: Visitor, lead: Visitor) -> None:
    school, ada = let_in(anybody, town.here.reference), let_in(anybody, town.here.reference, 4)
    case = f"/advisor/engagement/{town.here.reference}"
    form = f"{case}/contact/school_lead/change"
    typed = {"how": "other", "name": "Morwenna Hale", "email": "m.hale@example.org"}
    lead.post(form, lead.open(f"{case}/people").fields(f'action="{form}"') | typed)
    assert "You are here for" not in anybody.open(school).words
    assert "You are here for Ada Pascoe." in anybody.open(ada).words
    town.here.withdraw(PEOPLE[0].email, "workload")
    assert "You are here for" not in anybody.open(ada).words
