"""One school with three offers: each stands apart, and everything that is said of one says of which."""

import mailbox
from email.message import Message
from pathlib import Path

import pytest

from config.settings import DEMO
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.offers.conftest import Installation
from tests.offers.one_town import Town
from tests.offers.test_console import ORDERS
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.engine.catalogue import offers_of

TITLES = {
    "mentoring": "Mentoring, coaching and leadership recognition framework",
    "library": "School library mark",
    "pledge": "Quiet corridors pledge",
}
ADDRESS = "jenna@polwhevral.example.org"


@pytest.fixture
def sent(town: Town, maildir: Path) -> list[Message]:
    """Every letter that goes to the school's lead, who has asked for the links to all of their pages."""
    guest = Visitor(town.app)
    guest.post("/school/", guest.open("/school/").fields('action="/school/"') | {"email": ADDRESS})
    pass_once(world_with(town.store, mail_server(f"maildir:{maildir}")), town.clock.now)
    return [one for one in mailbox.Maildir(maildir) if ADDRESS in str(one["To"])]


def test_the_schools_place_shows_each_apart_under_the_title_of_its_offer(town: Town) -> None:
    for code, title in TITLES.items():
        guest = Visitor(town.app)
        page = let_in(guest, getattr(town, code).reference)
        for path in ("", "/people", "/messages"):
            words = guest.open(f"{page}{path}").words
            assert title in words, (code, path)
            assert not [other for other in TITLES.values() if other != title and other in words], (code, path)


def test_a_link_is_sent_for_each_page_and_says_of_which_offer_it_is(town: Town, sent: list[Message]) -> None:
    subjects = {" ".join(str(one["Subject"]).split()) for one in sent}
    assert {f"Your link to the page of Polwhevral School: {title}" for title in TITLES.values()} <= subjects
    assert len([one for one in subjects if one.startswith("Your link")]) == len(town.references)


def test_each_letter_comes_from_whoever_makes_the_offer_and_is_answered_there(town: Town, sent: list[Message]) -> None:
    links = {str(one["Subject"]).rpartition(": ")[2]: one for one in sent if "Your link" in str(one["Subject"])}
    with town.store.reading() as session:
        terms = {one.offer.title: one.offer for one in offers_of(session)}
    for title, letter in links.items():
        known = terms[" ".join(title.split())]
        assert known.provider in str(letter["From"])
        assert known.contact in str(letter["Reply-To"])


def test_an_advisor_sees_all_that_a_school_has_bought_from_each_of_them(town: Town) -> None:
    lead = town.visitor()
    for code in TITLES:
        page = lead.open(f"/advisor/engagement/{getattr(town, code).reference}")
        assert town.told(page.answer.text) == {"mentoring", "library", "pledge"}
        assert [other for other in TITLES if other != code and TITLES[other] not in page.words] == []
    assert "What else this school has bought" not in lead.open(f"/advisor/engagement/{town.other.reference}").words


def test_orders_of_one_school_find_their_offers_by_their_product(typist_of: Installation) -> None:
    typist = typist_of()
    typist.do("import", "schools", str(DEMO / "schools.csv"))
    for code, text in ORDERS.items():
        orders = typist.home / f"{code}.csv"
        orders.write_text("\n".join(text.splitlines()[:2]) + "\n", encoding="utf-8")
        typist.do("import", "purchases", str(orders))
    listed = typist.ask("engagement", "list")
    assert {one["offer"].partition("-")[0] for one in listed} == {*ORDERS}
    assert len({one["school"] for one in listed}) == 1
