"""A reader of several schools comes in by a letter, once by each link; nobody learns who is known."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config.settings import Settings
from tests.journeys import LEAD
from tests.several_schools import LINKS, MORWENNA, TRUST
from tests.web.conftest import Clock
from tests.web.guests import link_for
from tests.web.post_box import PostBox, text_of
from tests.web.reader.conftest import Trusts
from tests.web.readers import let_in, link_of
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.usecases.accounts.readers import invitations


@pytest.fixture
def post(store: Store, clock: Clock, settings: Settings, tmp_path: Path) -> PostBox:
    return PostBox(store, clock, tmp_path / "mail", settings.secret_key)


def ask(visitor: Visitor, email: str) -> Visitor:
    return visitor.post("/school/", visitor.open("/school/").fields('action="/school/"') | {"email": email})


def press(visitor: Visitor, link: str) -> Visitor:
    return visitor.post(link, visitor.open(link).fields(link))


def flipped(link: str) -> list[str]:
    """Changed in one place each, but in the last, where some bits of a letter say nothing."""
    places = range(len("/schools/link/"), len(link) - 1)
    return [f"{link[:at]}{'B' if link[at] == 'A' else 'A'}{link[at + 1 :]}" for at in places]


def test_the_first_letter_says_who_invited_and_what_they_will_see(trusts: Trusts, post: PostBox) -> None:
    link_of(trusts.app, trust=TRUST)
    with trusts.store.writing() as session:
        session.scalars(select(AccessLetter)).one().status = "owed"
    (letter,) = post.collect()
    said = " ".join(text_of(letter).split())
    assert letter["To"] == f"Morwenna Hale <{MORWENNA}>"
    assert letter["Subject"] == "See where the schools of Three Headlands Trust are with Recognition"
    for words in (
        "The lead_advisor of Cornwall Council has invited you to see where the schools of Three Headlands Trust are",
        "You do not see what anybody sends in. You only read: nothing that you do there changes anything.",
        "The link can be used once, within 3 days.",
        "The invitation holds until Tuesday 6 October 2026.",
        "Kind regards, Cornwall Council",
    ):
        assert words in said


def test_whoever_asks_at_the_schools_door_gets_a_link_that_is_used_once(
    trusts: Trusts, anybody: Visitor, post: PostBox
) -> None:
    link_of(trusts.app, trust=TRUST)
    post.collect()
    assert "Look in your email" in ask(anybody, MORWENNA.upper()).texts("h1")
    letter = post.collect()[-1]
    assert letter["Subject"] == "Your link to the schools of Three Headlands Trust"
    assert "from this device: A browser on a device that does not say" in " ".join(text_of(letter).split())
    link = post.links()[-1]
    assert "Hello, Morwenna Hale" in anybody.open(link).texts("h1")
    assert press(anybody, link).answer.location == "/schools"
    assert "You are here for the schools of Three Headlands Trust." in anybody.follow().words
    assert anybody.open(link).answer.status_code == 404
    assert Visitor(trusts.app).open(link).answer.status_code == 404


def test_whoever_is_ended_is_told_by_a_letter_that_has_no_link(trusts: Trusts, post: PostBox) -> None:
    link_of(trusts.app, trust=TRUST)
    with trusts.store.writing() as session:
        invitations.end(session, 1, by=LEAD, now=trusts.clock.now, links=LINKS)
    (letter,) = post.collect()
    assert letter["Subject"] == "Your invitation to see where schools are has ended"
    words = " ".join(text_of(letter).split())
    assert "see where the schools of Three Headlands Trust are has been ended" in words
    assert "http" not in words


def test_known_and_unknown_ended_and_expired_addresses_are_answered_alike(
    trusts: Trusts, anybody: Visitor, post: PostBox
) -> None:
    link_of(trusts.app, trust=TRUST)
    link_of(trusts.app, "ended@example.org", trust=TRUST)
    link_of(trusts.app, "expired@example.org", trust=TRUST)
    with trusts.store.writing() as session:
        invitations.end(session, 2, by=LEAD, now=trusts.clock.now, links=LINKS)
        session.get_one(InvitedReader, 3).until = trusts.clock.now
    before = len(post.collect())
    asked = (MORWENNA, "ended@example.org", "expired@example.org", "nobody@example.org")
    told = {ask(anybody, one).words.replace(one, "X") for one in asked}
    assert len(told) == 1
    assert [one["To"] for one in post.collect()[before:]] == [f"Morwenna Hale <{MORWENNA}>"]


def test_no_link_with_one_sign_changed_opens_anything(trusts: Trusts, anybody: Visitor) -> None:
    link = link_of(trusts.app, trust=TRUST)
    fields = anybody.open(link).fields(link)
    for other in flipped(link):
        assert anybody.open(other).answer.status_code == 404
        assert anybody.post(other, fields).answer.status_code == 404
    assert press(anybody, link).answer.location == "/schools"


def test_a_link_opens_the_door_that_it_is_for_and_no_other(trusts: Trusts, anybody: Visitor) -> None:
    """Of schools, participants and readers each, at the door of the other."""
    reader = link_of(trusts.app, trust=TRUST)
    own = {"/schools/link/": [reader], "/school/link/": []}
    own["/school/link/"] = [
        link_for(trusts.app, trusts.first.reference),
        link_for(trusts.app, trusts.first.reference, 1),
    ]
    fields = anybody.open(reader).fields(reader)
    for door, links in own.items():
        for link in links:
            other = "/school/link/" if door == "/schools/link/" else "/schools/link/"
            wrong = link.replace(door, other)
            assert anybody.open(wrong).answer.status_code == 404
            assert anybody.post(wrong, fields).answer.status_code == 404
            secret = link.removeprefix(door)
            assert anybody.open(f"/sign-in/new-password/{secret}").answer.status_code == 404
            assert anybody.open(f"/contact/{secret}").answer.status_code == 404
    assert anybody.open("/schools").answer.location == "/school/"


def test_leaving_ends_it_for_whoever_has_a_copy_of_the_cookie(reader: Visitor, app: Flask) -> None:
    copy = Visitor(app)
    cookie = reader.client.get_cookie("recognition")
    assert cookie is not None
    copy.client.set_cookie("recognition", cookie.value)
    assert copy.open("/schools").answer.status_code == 200
    reader.post("/schools/leave", reader.open("/schools").fields("/schools/leave"))
    assert "You have left" in reader.texts("h1")
    for one in (reader, copy):
        assert one.open("/schools").answer.location == "/school/"


def test_whoever_was_signed_in_at_the_council_is_not_any_more_and_the_other_way_round(
    lead: Visitor, trusts: Trusts
) -> None:
    let_in(lead, trust=TRUST)
    assert lead.open("/advisor/").answer.location.startswith("/sign-in")
    assert lead.open("/schools").answer.status_code == 200
    lead.sign_in("advisor.web@example.org")
    assert lead.open(f"/schools/{trusts.first.reference}").answer.location == "/school/"


def test_whoever_is_in_finds_the_way_back_at_the_door(reader: Visitor, anybody: Visitor) -> None:
    assert reader.open(reader.open("/school/").link("go to your schools")).answer.status_code == 200
    assert reader.open("/schools/").answer.status_code == 200
    fields = reader.open("/school/").fields('action="/school/"')
    assert "You are in already" in reader.post("/school/", fields | {"email": "no address"}).words
    assert "You are in already" not in anybody.open("/school/").words


def test_somebody_may_be_in_for_a_school_as_well(trusts: Trusts, reader: Visitor) -> None:
    link = link_for(trusts.app, trusts.first.reference)
    page = press(reader, link).answer.location
    assert "You are here for Polwhevral School." in reader.open(page).words
    assert reader.open("/schools").answer.status_code == 200
    reader.post(f"{page}/leave", reader.open(page).fields(f"{page}/leave"))
    assert reader.open("/schools").answer.status_code == 200
