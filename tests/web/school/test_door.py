"""A school or a participant comes in by a letter: asked for on a page, sent to the address that is known, used once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.journeys import PEOPLE, Journey
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.guests import let_in, link_for
from tests.web.post_box import PostBox, text_of
from tests.web.school.conftest import ComeIn, ask, press
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession

JENNA, ADA = "jenna@polwhevral.example.org", PEOPLE[0].email
NOBODY = "nobody@example.org"


def ask_by_address(visitor: Visitor, email: str) -> Visitor:
    return visitor.post("/school/", visitor.open("/school/").fields('action="/school/"') | {"email": email})


def sessions_in(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(WebSession)) or 0


def changed_in_one_place(link: str) -> list[str]:
    """In each but the last, where some bits of a letter say nothing."""
    places = range(len("/school/link/"), len(link) - 1)
    return [f"{link[:at]}{'B' if link[at] == 'A' else 'A'}{link[at + 1 :]}" for at in places]


def test_a_letters_link_is_for_reading_until_a_letter_that_was_asked_for_lets_somebody_write(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox
) -> None:
    page = links.status(journey.reference)
    assert "<form" not in anybody.open(page).answer.text.replace(f'<form method="post" action="{page}/link"', "")
    assert "We send it to Jenna Rowe, at the address that we know" in anybody.words
    assert "Look in your email" in ask(anybody, page).texts("h1")
    (letter,) = post.collect()
    assert letter["To"] == f"Jenna Rowe <{JENNA}>"
    assert letter["Subject"] == (
        "Your link to the page of Polwhevral School: Mentoring, coaching and leadership recognition framework"
    )
    said = " ".join(text_of(letter).split())
    assert (
        "It was asked for on Monday 6 October 2025 at 12pm, from this device: A browser on a device that does not say."
        in said
    )
    assert "within 10 minutes" in said
    (link,) = post.links()
    assert "Hello, Jenna Rowe" in anybody.open(link).texts("h1")
    there = press(anybody, link).answer.location
    assert "You are here for Polwhevral School." in anybody.follow().words
    assert f'href="{there}/people#name"' in anybody.answer.text


def test_a_participants_link_shows_no_more_than_the_schools_page_until_they_are_in(
    anybody: Visitor, journey: Journey, links: Links, come_in: ComeIn
) -> None:
    journey.to("framework")
    page = links.person(journey.reference, 1)
    words = anybody.open(page).words
    assert "Ada Pascoe" in words
    assert "Send in your evidence" not in words
    for private in ("Name to be printed", "Your own way", ADA):
        assert private not in anybody.answer.text
    come_in(anybody, page)
    words = anybody.follow().words
    for own in ("You are here for Ada Pascoe.", "Send in your evidence", "Name to be printed", "Your own way"):
        assert own in words


def test_known_and_unknown_addresses_are_answered_alike(anybody: Visitor, journey: Journey, post: PostBox) -> None:
    journey.nominate()
    told = [ask_by_address(anybody, one).words.replace(one, "X") for one in (JENNA, ADA, NOBODY)]
    assert told[0] == told[1] == told[2]
    assert [one["To"].addresses[0].addr_spec for one in post.collect()] == [JENNA, ADA]
    assert "Enter the email address" in ask_by_address(anybody, "jenna").words


def test_somebody_gets_a_letter_for_each_page_of_theirs(anybody: Visitor, journey: Journey, post: PostBox) -> None:
    other = Journey(journey.store, journey.now).begin(order="SFS-2", urn="900002")
    ask_by_address(anybody, f" {JENNA.upper()} ")
    first, second = post.links()
    for link, school in ((first, "Nanskerris School"), (second, "Polwhevral School")):
        assert school in press(anybody, link).follow().words
    for one, school in ((journey, "Polwhevral School"), (other, "Nanskerris School")):
        assert f"You are here for {school}." in anybody.open(let_in(anybody, one.reference)).words


def test_an_address_that_was_put_right_gets_the_letter_and_the_old_one_nothing(
    anybody: Visitor, advisor: Visitor, journey: Journey, links: Links, post: PostBox
) -> None:
    case = f"/advisor/engagement/{journey.reference}"
    form = f"{case}/contact/school_lead/change"
    typed = {"how": "other", "name": "Morwenna Hale", "email": "m.hale@example.org"}
    advisor.post(form, advisor.open(f"{case}/people").fields(f'action="{form}"') | typed)
    ask_by_address(anybody, JENNA)
    assert post.collect() == []
    ask(anybody, links.status(journey.reference))
    assert [one["To"].addresses[0].addr_spec for one in post.collect()] == ["m.hale@example.org"]


def test_a_link_that_was_used_changed_replaced_or_is_too_old_lets_nobody_in(
    anybody: Visitor, app: Flask, journey: Journey, clock: Clock, store: Store
) -> None:
    used = link_for(app, journey.reference)
    stranger = Visitor(app)
    token = stranger.open(used).fields(used)
    press(anybody, used)
    link = link_for(app, journey.reference)
    for wrong in (used, *changed_in_one_place(link)):
        assert stranger.open(wrong).answer.status_code == 404
        assert "Ask for another link" in stranger.words
        assert stranger.post(wrong, token).answer.status_code == 404
    assert sessions_in(store) == 1
    clock.now += timedelta(minutes=10)
    assert stranger.post(link, token).answer.status_code == 404
    assert sessions_in(store) == 1
    assert press(stranger, link_for(app, journey.reference)).answer.status_code == 303


def test_a_link_of_one_purpose_is_none_for_another(anybody: Visitor, app: Flask, journey: Journey) -> None:
    for link in (link_for(app, journey.reference), link_for(app, journey.nominate().reference, 1)):
        elsewhere = link.replace("/school/link/", "/sign-in/new-password/")
        assert anybody.open(elsewhere).answer.status_code == 404
        fields = anybody.open(link).fields(link) | {"password": "seven lanterns upstream"}
        assert anybody.post(elsewhere, fields).answer.status_code == 404
        assert anybody.open(link).answer.status_code == 200


def test_a_visit_ends_when_nothing_is_done_for_two_hours_and_after_twelve_in_any_case(
    anybody: Visitor, journey: Journey, clock: Clock
) -> None:
    page = let_in(anybody, journey.reference)
    began = clock.now
    while clock.now < began + timedelta(hours=11):
        clock.now += timedelta(minutes=119)
        assert "You are here for" in anybody.open(page).words
    clock.now = began + timedelta(hours=12)
    assert "You are here for" not in anybody.open(page).words
    let_in(anybody, journey.reference)
    clock.now += timedelta(hours=2)
    assert "You are here for" not in anybody.open(page).words


def test_whoever_leaves_is_out_with_every_copy_of_the_cookie(anybody: Visitor, app: Flask, journey: Journey) -> None:
    page = let_in(anybody, journey.reference)
    copy = Visitor(app)
    cookie = anybody.client.get_cookie("recognition")
    assert cookie
    copy.client.set_cookie("recognition", cookie.value)
    assert "You are here for" in copy.open(page).words
    anybody.post(f"{page}/leave", anybody.open(page).fields("/leave"))
    assert "You have left." in anybody.follow().words
    for one in (anybody, copy):
        assert "You are here for" not in one.open(page).words


def test_whoever_comes_in_anew_ends_what_they_were_in_for_before(
    anybody: Visitor, app: Flask, journey: Journey, store: Store
) -> None:
    page = let_in(anybody, journey.reference)
    old = anybody.client.get_cookie("recognition")
    assert old is not None
    let_in(anybody, journey.reference)
    copy = Visitor(app)
    copy.client.set_cookie("recognition", old.value)
    assert "Ask for a link" in copy.open(f"{page}/people").texts("h1")
    assert "Ask for a link" not in anybody.open(f"{page}/people").texts("h1")
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_a_lead_who_takes_part_is_in_for_both_pages_and_leaves_one_at_a_time(
    anybody: Visitor, journey: Journey
) -> None:
    journey.to("framework")
    own, school = let_in(anybody, journey.reference, 1), let_in(anybody, journey.reference)
    assert "You are here for Ada Pascoe." in anybody.open(own).words
    anybody.post(f"{own}/leave", anybody.fields("/leave"))
    assert "Send in your evidence" not in anybody.follow().words
    assert "You are here for Polwhevral School." in anybody.open(school).words


def test_the_council_is_signed_out_where_a_school_comes_in(advisor: Visitor, journey: Journey) -> None:
    assert advisor.open("/advisor/").answer.status_code == 200
    page = let_in(advisor, journey.reference)
    assert advisor.open("/advisor/").answer.status_code == 303
    advisor.sign_in("advisor.web@example.org")
    assert "You are here for" not in advisor.open(page).words


def test_what_was_typed_for_too_long_is_sent_once_its_writer_is_in_again(
    anybody: Visitor, school: str, clock: Clock, post: PostBox
) -> None:
    typed = {"name": "Dov Rosen", "email": "dov@polwhevral.example.org", "phase": "2", "experience": "Six years of it."}
    fields = (
        anybody.open(f"{school}/people").fields('/nominate"') | typed | {"q2-1": "yes", "q2-2": "yes", "q3-1": "no"}
    )
    clock.now += timedelta(hours=3)
    assert "Ask for a link" in anybody.post(f"{school}/nominate", fields).texts("h1")
    assert "Six years of it." in anybody.words
    anybody.post(f"{school}/link", anybody.fields(f'action="{school}/link"'))
    again = anybody.fields(f'action="{school}/nominate"')
    press(anybody, post.links()[-1])
    anybody.post(f"{school}/nominate", again)
    assert "Dov Rosen is named" in anybody.follow().words


def test_a_letter_that_crossed_with_a_new_address_lets_nobody_in(
    anybody: Visitor, app: Flask, journey: Journey, store: Store
) -> None:
    """Its asker had read the old address before the new one was written, and wrote after it."""
    link = link_for(app, journey.reference)
    fields = anybody.open(link).fields(link)
    with store.writing() as session:
        session.execute(update(AccessLetter).values(to_email="old@example.org"))
    assert anybody.open(link).answer.status_code == 404
    assert anybody.post(link, fields).answer.status_code == 404
    assert sessions_in(store) == 0


def test_a_guest_costs_one_query_more_and_a_reader_none(
    anybody: Visitor, journey: Journey, links: Links, store: Store
) -> None:
    """However many others are in, and however many take part."""
    page = links.status(journey.to("framework").reference)
    anybody.open(page)
    with counted(store) as read:
        anybody.open(page)
    let_in(anybody, journey.reference, 1)
    with counted(store) as of_another_page:
        anybody.open(page)
    let_in(anybody, journey.reference)
    anybody.open(page)
    with counted(store) as written:
        anybody.open(page)
    assert len(of_another_page) == len(read)
    assert len(written) == len(read) + 1, "its session"


def test_whoever_has_left_asks_in_vain(anybody: Visitor, journey: Journey, links: Links, post: PostBox) -> None:
    page = links.person(journey.nominate().reference, 1)
    fields = anybody.open(page).fields(f'action="{page}/link"')
    journey.withdraw(ADA, "workload")
    assert "Send me a link" not in anybody.open(page).words
    anybody.post(f"{page}/link", fields)
    ask_by_address(anybody, ADA)
    assert post.collect() == []


@pytest.mark.parametrize("end", ["people", "dates", "messages", "certificates", "people/1"])
def test_whoever_came_for_a_page_asks_for_a_link_and_is_brought_there(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox, end: str
) -> None:
    home = links.status(journey.nominate().reference)
    page = f"{home}/{end}"
    assert anybody.open(page).answer.status_code == 200
    assert "Ask for a link" in anybody.texts("h1")
    assert "Ada Pascoe" not in anybody.answer.text
    assert "Jenna" not in anybody.answer.text
    anybody.post(f"{home}/link", anybody.fields(f'action="{home}/link"'))
    assert press(anybody, post.links()[-1]).answer.location.endswith(f"/{end}")
    assert anybody.follow().answer.status_code == 200
    again = press(anybody, link_for(anybody.client.application, journey.reference)).answer.location
    assert again.count("/") == home.count("/"), "once"


def test_nobody_is_brought_to_a_page_of_another_school_or_site(
    anybody: Visitor, journey: Journey, links: Links, post: PostBox
) -> None:
    home = links.status(journey.reference)
    fields = anybody.open(home).fields(f'action="{home}/link"')
    for wanted in ("//evil.example.org", "/people/../../advisor", "@evil.example.org", "/people/x", "people"):
        anybody.post(f"{home}/link", fields | {"wanted": wanted})
    assert press(anybody, post.links()[-1]).answer.location.count("/") == home.count("/")
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    anybody.post(f"{home}/link", fields | {"wanted": "/people"})
    there = press(anybody, link_for(anybody.client.application, other.reference)).answer.location
    assert there.count("/") == home.count("/")
