"""Names and colours of one offer: wherever its schools and participants look, and nowhere else."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import Journey
from tests.mailboxes import letters_in
from tests.offers.one_town import Town
from tests.offers.test_library import ELOWEN, ORDERED, go_round
from tests.offers.walk import PRICES
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from tests.worlds import installation, world_with
from workflow.domain.look import USUAL, Look
from workflow.mail.signed_links import Links
from workflow.offer.brand import Brand
from workflow.store.tables.certificate import Certificate

NAME, HEADER, ACCENT = "Trelantic School Libraries", "#4a1942", "#8a3324"
OWN = f"/look.css?header={HEADER[1:]}&amp;accent={ACCENT[1:]}"
COUNCIL = f"/look.css?header={USUAL.header[1:]}&amp;accent={USUAL.accent[1:]}"
ADDRESS = "jenna@polwhevral.example.org"


def looks(visitor: Visitor, page: str) -> tuple[bool, bool, bool]:
    """Whether a page has the colours of the library's offer, its name, and the council's colours."""
    html = visitor.open(page).answer.text
    return OWN in html and f'content="{HEADER}"' in html, f">{NAME}</span>" in html, COUNCIL in html


def test_the_schools_place_has_the_look_of_its_offer(town: Town) -> None:
    library, pledge = Visitor(town.app), Visitor(town.app)
    own = let_in(library, town.library.reference)
    for path in ("", "/people", "/messages", "/certificates"):
        assert looks(library, own + path) == (True, True, False), path
    other = let_in(pledge, town.pledge.reference)
    for path in ("", "/messages"):
        assert looks(pledge, other + path) == (False, False, True), path


def test_so_has_the_way_there(town: Town) -> None:
    """Whoever has been sent a link presses on under the name that the letter came in."""
    anybody = Visitor(town.app)
    page = Links("", "s" * 40).status(town.library.reference)
    assert looks(anybody, page) == (True, True, False)
    assert looks(anybody, f"{page}/people") == (True, True, False), "the page that asks for a link first"
    sent = anybody.post(f"{page}/link", anybody.open(page).fields(f'action="{page}/link"')).answer.text
    assert OWN in sent
    assert NAME in sent


def test_the_councils_people_see_one_look_whatever_they_look_at(town: Town) -> None:
    lead = town.visitor()
    for page in ("/advisor/", f"/advisor/engagement/{town.library.reference}", "/advisor/engagements"):
        assert looks(lead, page) == (False, False, True), page


def test_a_style_sheet_is_what_its_address_says_and_nothing_that_cannot_be_read(town: Town) -> None:
    anybody = Visitor(town.app)
    sheet = anybody.open(OWN.replace("&amp;", "&")).answer
    assert f"--app-navy: {HEADER};" in sheet.text
    assert f"--govuk-link-colour: {ACCENT};" in sheet.text
    for bad in ("ffee00", "red", "4a1942;}", ""):
        answer = anybody.open(f"/look.css?header={bad}").answer
        assert answer.status_code == 422, bad
        assert "The colour “header” is" in answer.text, bad


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with installation(tmp_path, Path(__file__).parent, "council@example.org", ORDERED) as world:
        yield world


def letters(home: Path) -> dict[str, str]:
    """What each letter looks like, by its subject."""
    bodies = {str(one["Subject"]): one.get_body(("html",)) for one in letters_in(home / "mail")}
    return {subject: body.get_content() for subject, body in bodies.items() if body is not None}


def colours(pdf: bytes) -> set[str]:
    """Every colour that something is filled with on the first page."""
    reader = PdfReader(io.BytesIO(pdf))
    content = ContentStream(reader.pages[0].get_contents(), reader)
    filled = [parts for parts, operator in content.operations if operator in (b"scn", b"rg")]
    return {"#" + "".join(f"{round(float(part) * 255):02x}" for part in parts) for parts in filled}


def test_letters_and_the_certificate_have_it(world: World, tmp_path: Path) -> None:
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    Journey(world.store, ORDERED).begin(price=PRICES["pledge"], order="PLEDGE-1", offer="pledge", urn="900004")
    go_round(journey, world)
    with world.store.reading() as session:
        held = session.scalars(select(Certificate)).one()
        pdf = held.pdf
    told = letters(tmp_path)
    ours = {subject for subject, html in told.items() if f'bgcolor="{HEADER}"' in html}
    assert {f"Your certificate {held.serial}", "Polwhevral School has the School library mark"} <= ours
    assert all(NAME in told[subject] and USUAL.header not in told[subject] for subject in ours)
    assert "pledge" in " ".join({*told} - ours)
    assert all(NAME not in told[subject] and USUAL.header in told[subject] for subject in {*told} - ours)
    assert ACCENT in colours(pdf)


def test_a_letter_that_lets_somebody_in_has_the_look_of_their_page(town: Town, maildir: Path) -> None:
    guest = Visitor(town.app)
    guest.post("/school/", guest.open("/school/").fields('action="/school/"') | {"email": ADDRESS})
    pass_once(world_with(town.store, mail_server(f"maildir:{maildir}")), town.clock.now + timedelta(seconds=1))
    told = {subject: html for subject, html in letters(maildir.parent).items() if subject.startswith("Your link")}
    heads = {
        subject.rpartition(": ")[2]: (HEADER in html, ACCENT in html, NAME in html) for subject, html in told.items()
    }
    assert heads.pop("School library mark") == (True, True, True)
    assert {*heads.values()} == {(False, False, False)}


def test_what_an_offer_does_not_say_is_as_the_council_has_it() -> None:
    council = Look("Devon County Council", "#3b1247", "#8a1c5a")
    assert Brand().over(council) == council
    assert Brand(accent=ACCENT).over(council) == Look("Devon County Council", "#3b1247", ACCENT)
    assert Brand(name=NAME, header=HEADER).over(council) == Look(NAME, HEADER, "#8a1c5a")
