"""A reader sees the schools of their scope and nothing else, on every route, by every filter, and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule

from tests.journeys import LEAD, PEOPLE
from tests.several_schools import LINKS, OTHER, TRUST, join_trust
from tests.web import guests
from tests.web.reader.conftest import Trusts
from tests.web.readers import let_in
from tests.web.test_spreadsheets import read_csv
from tests.web.visitor import Visitor
from web import access
from web.lists.choices import choices_of
from workflow.queries.lists.engagement_list import page
from workflow.queries.lists.wanted import Wanted
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.access.session import WebSession
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.accounts.readers import invitations

#: What anybody may open: the page behind the link of a letter.
ANYBODYS = {"/schools/link/<token:secret>"}


def rules(app: Flask) -> list[Rule]:
    return [one for one in app.url_map.iter_rules() if one.rule.startswith("/schools")]


def addresses(rule: Rule, reference: str) -> list[str]:
    filled = rule.rule.replace("<reference:reference>", reference)
    return [filled.replace("<any(csv, xlsx):kind>", kind) for kind in ("csv", "xlsx")] if "<any" in filled else [filled]


def state(store: Store) -> str:
    """Everything that is written down, but for when a session was last seen in use."""
    with store.reading() as session:
        tables = [one for one in METADATA.sorted_tables if one is not WebSession.__table__]
        rows = [session.execute(select(one).order_by(*one.primary_key)).all() for one in tables]
    return sha256(repr(rows).encode()).hexdigest()


def test_every_route_of_readers_asks_for_their_session(app: Flask) -> None:
    found = {one.rule: access.policy_of(app, one.endpoint) for one in rules(app)}
    kinds = {rule: declared.kind for rule, declared in found.items() if declared}
    assert {rule for rule, kind in kinds.items() if kind != "reader"} == ANYBODYS
    assert len(kinds) > len(ANYBODYS)
    assert {one for rule in rules(app) for one in rule.methods or () if rule.rule not in ANYBODYS} - {
        "HEAD",
        "OPTIONS",
    } == {"GET", "POST"}
    assert [one.rule for one in rules(app) if "POST" in (one.methods or ()) and one.rule not in ANYBODYS] == [
        "/schools/leave"
    ]


# --- whoever is not in as a reader ---


def nobody(trusts: Trusts) -> Visitor:
    return Visitor(trusts.app)


def the_school(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    guests.let_in(visitor, trusts.first.reference)
    guests.let_in(visitor, trusts.first.reference, 1)
    return visitor


def the_council(trusts: Trusts) -> Visitor:
    return Visitor(trusts.app).sign_in("lead_advisor.web@example.org")


def whoever_is_ended(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    let_in(visitor, trust=TRUST)
    with trusts.store.writing() as session:
        invitations.end(session, 1, by=LEAD, now=trusts.clock.now, links=LINKS)
    return visitor


def whose_time_is_up(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    let_in(visitor, trust=TRUST)
    with trusts.store.writing() as session:
        session.connection().execute(update(InvitedReader).values(until=trusts.clock.now))
    return visitor


def whoever_rested_too_long(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    let_in(visitor, trust=TRUST)
    trusts.clock.now += AccessPolicy().guest_idle
    return visitor


def whoever_was_in_too_long(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    let_in(visitor, trust=TRUST)
    for _ in range(12):
        trusts.clock.now += timedelta(hours=1)
        visitor.open("/schools")
    return visitor


def whoever_forged_a_cookie(trusts: Trusts) -> Visitor:
    visitor = Visitor(trusts.app)
    with visitor.client.session_transaction() as cookie:
        cookie["reader"] = "A" * 43
    return visitor


def whoever_puts_a_schools_session_there(trusts: Trusts) -> Visitor:
    visitor = the_school(trusts)
    with visitor.client.session_transaction() as cookie:
        cookie["reader"] = cookie["guests"][f"{trusts.first.reference}/"]
    return visitor


def whoever_puts_an_accounts_session_there(trusts: Trusts) -> Visitor:
    visitor = the_council(trusts)
    with visitor.client.session_transaction() as cookie:
        cookie["reader"] = cookie["key"]
    return visitor


STRANGERS = (
    nobody,
    the_school,
    the_council,
    whoever_is_ended,
    whose_time_is_up,
    whoever_rested_too_long,
    whoever_was_in_too_long,
    whoever_forged_a_cookie,
    whoever_puts_a_schools_session_there,
    whoever_puts_an_accounts_session_there,
)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_whoever_is_not_in_as_a_reader_is_sent_to_the_door(
    trusts: Trusts, stranger: Callable[[Trusts], Visitor]
) -> None:
    visitor = stranger(trusts)
    fields, before = visitor.open("/school/").fields('action="/school/"'), state(trusts.store)
    for rule in (one for one in rules(trusts.app) if one.rule not in ANYBODYS):
        for address in addresses(rule, trusts.first.reference):
            visitor.post(address, fields) if "POST" in (rule.methods or ()) else visitor.open(address)
            assert (visitor.answer.status_code, visitor.answer.location) == (303, "/school/"), address
    assert state(trusts.store) == before


@pytest.mark.parametrize("kind", ["key", "half", "guests"])
def test_a_readers_session_is_nobody_elses(trusts: Trusts, reader: Visitor, kind: str) -> None:
    page = f"/school/{guests.state_of(trusts.app).links.school_token(trusts.first.reference)}"
    with reader.client.session_transaction() as cookie:
        cookie[kind] = {f"{trusts.first.reference}/": cookie["reader"]} if kind == "guests" else cookie["reader"]
    assert reader.open("/advisor/").answer.location.startswith("/sign-in")
    assert reader.open("/sign-in/code").answer.location == "/sign-in"
    assert "Ask for a link" in reader.open(f"{page}/messages").texts("h1")
    assert "You are here for Polwhevral School." not in reader.open(page).words


# --- what a reader sees ---


def everything_that_can_be_asked(trusts: Trusts) -> Iterator[str]:
    """Every choice of every filter by itself, every pair of them, and places in lists that are not theirs."""
    with trusts.store.reading() as session:
        among = choices_of(session).of_each()
        others = page(session, trusts.clock.now, Wanted(), size=1)
    each = [f"{name}={value}" for name, choices in among.items() for value in choices if value]
    yield from ("", *each)
    yield from (f"{one}&{other}" for one, other in product(each[::3], each[::5]))
    yield from (f"page={cursor}" for cursor in (others.after, others.before) if cursor)
    yield from (f"find={word}" for word in ("Trevanick", "900004", trusts.elsewhere.reference, "%", "_", "ada", "\\"))
    yield from ("reader=2", "named=%25", "trust=17042&advisor=mine", "from=1/1/2020&to=1/1/2050")


def test_no_address_of_the_list_or_its_files_shows_another_school(trusts: Trusts, reader: Visitor) -> None:
    let_in(Visitor(trusts.app), "other@example.org", trust=OTHER)
    before, tried, own = state(trusts.store), 0, set[str]()
    for query in everything_that_can_be_asked(trusts):
        for address in (f"/schools?{query}", f"/schools.csv?{query}"):
            said = reader.open(address).answer.get_data(as_text=True)
            assert reader.answer.status_code == 200, address
            for private in (
                ("Trevanick School", trusts.elsewhere.reference, "example.org")
                if "csv" in address
                else (
                    f"/schools/{trusts.elsewhere.reference}",
                    "Trevanick School</a>",
                    PEOPLE[0].email,
                )
            ):
                assert private not in said, address
            tried += 1
        own |= {row[0] for row in read_csv(reader.open(f"/schools.csv?{query}").answer.get_data(as_text=True))[1:]}
    assert own == {trusts.first.reference, trusts.second.reference}
    assert tried > 100
    assert state(trusts.store) == before


def test_a_school_of_another_trust_is_answered_like_none(trusts: Trusts, reader: Visitor) -> None:
    unknown = reader.open("/schools/CMC-25-9999-E").answer
    assert unknown.status_code == 404
    other = reader.open(f"/schools/{trusts.elsewhere.reference}").answer
    assert (other.status_code, other.text) == (404, unknown.text)


def test_a_school_that_leaves_the_trust_is_gone_and_one_that_joins_is_there(trusts: Trusts, reader: Visitor) -> None:
    pages = [f"/schools/{one.reference}" for one in (trusts.first, trusts.second, trusts.elsewhere)]
    assert [reader.open(one).answer.status_code for one in pages] == [200, 200, 404]
    join_trust(trusts.store, "900001", OTHER, "Bright Adit Trust")
    join_trust(trusts.store, "900005", "")
    join_trust(trusts.store, "900004", TRUST)
    assert [reader.open(one).answer.status_code for one in pages] == [404, 404, 200]
    words = reader.open("/schools").words
    assert "Trevanick School" in words
    assert "Polwhevral School" not in words
    join_trust(trusts.store, "900004", "")
    assert "None of these schools takes part yet." in reader.open("/schools").words


def test_schools_by_name_are_those_alone_whatever_their_trust(trusts: Trusts) -> None:
    visitor = Visitor(trusts.app)
    let_in(visitor, schools=("900001", "900004"))
    assert visitor.open(f"/schools/{trusts.first.reference}").answer.status_code == 200
    assert visitor.open(f"/schools/{trusts.elsewhere.reference}").answer.status_code == 200
    assert visitor.open(f"/schools/{trusts.second.reference}").answer.status_code == 404


def test_a_school_without_a_trust_is_in_nobodys(trusts: Trusts, reader: Visitor) -> None:
    """An empty code is no trust, in the register as in an invitation."""
    join_trust(trusts.store, "900004", "")
    with trusts.store.writing() as session:
        session.connection().execute(update(InvitedReader).values(trust_code=""))
    assert "None of these schools takes part yet." in reader.open("/schools").words
