"""The Nu HTML checker finds no error in any page: empty, full, with errors, and for those who sign in to nothing."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.journeys import PEOPLE, Journey
from tests.web import readers
from tests.web.guests import let_in, link_for
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.mail.signed_links import Links
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece

_CHECKER = Path(__file__).parent.parent.parent / "node_modules/vnu-jar/build/dist/vnu.jar"
PUBLIC = (
    "/",
    "/sign-in",
    "/verify/",
    "/verify/7KQ2-M9RT-WX4H",
    "/nowhere",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/help",
)
COUNCIL = (
    "/advisor/",
    "/advisor/engagements",
    "/advisor/engagements?find=pol",
    "/advisor/engagements?find=zz&stage=training_1",
    "/advisor/board",
    "/advisor/promises",
    "/advisor/calendar",
    "/advisor/calendar?view=list",
    "/advisor/calendar/feed",
    "/advisor/insight",
    "/advisor/insight/what-if",
    "/advisor/bulk/",
    "/advisor/bulk/book",
    "/advisor/bulk/message?stage=framework",
    "/advisor/imports",
    "/advisor/imports?kind=staff",
    "/advisor/readers",
    "/advisor/readers?which=ended",
    "/advisor/readers/new",
    "/admin/offers",
    "/admin/offers/mentoring-2026-09",
    "/admin/offers/mentoring-2026-09/emails",
    "/admin/offers/mentoring-2026-09/days?date-day=3",
    "/admin/offers/mentoring-2026-09/walk?on=2025-09-03&steps=do.nominate~do.book.training_1~astray",
)
READERS = ("/schools", "/schools?find=zz", "/schools?from=31/2/2026&to=x")
Keep = Callable[[Visitor, str], None]
PLACES = (
    "",
    "/people",
    "/meetings",
    "/evidence",
    "/visits",
    "/messages",
    "/history",
    "/notes",
    "/undo/",
    "/people/1/",
    "/meeting/follow_up_1/book",
)


def _journeys(journey: Journey) -> list[Journey]:
    """One where hardly anything has happened, one with evidence that waits, and one that is certain."""
    journey.to("training_1")
    sent = Journey(journey.store, journey.now).begin(order="SFS-2").to("framework")
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in ("1.1", "1.2", "1.3", "1.4")}
    sent._do(evidence.send_in, PEOPLE[0].email, pieces, actor=Actor("participant", participant_id=4))
    return [journey, sent]


def _reader(app: Flask) -> Visitor:
    visitor = Visitor(app)
    readers.let_in(visitor, schools=("900001",))
    return visitor


def _keep_school(keep: Keep, visitors: tuple[Visitor, Visitor], one: Journey, number: int) -> None:
    """A school's pages, for whoever is in and whoever is not, and one with mistakes on it."""
    (guest, anybody), person, name = visitors, 1 + 3 * number, f"school{number}"
    home = let_in(guest, one.reference)
    for end in ("", "/people", "/dates", "/messages", "/certificates", f"/people/{person}"):
        keep(guest.open(f"{home}{end}"), f"{name}{end}_in")
        keep(anybody.open(f"{home}{end}"), f"{name}{end}_ask")
    keep(guest.post(f"{home}/nominate-many", guest.open(f"{home}/people").fields("many")), f"{name}_rows")


@pytest.fixture
def pages(app: Flask, journey: Journey, lead: Visitor, anybody: Visitor, tmp_path: Path) -> Path:
    """Each page in a file that is called after its address."""
    folder = tmp_path / "pages"
    folder.mkdir()

    def keep(visitor: Visitor, name: str) -> None:
        (folder / f"{name.strip('/').replace('/', '_').replace('?', '_') or 'start'}.html").write_text(
            visitor.answer.text
        )

    guest, reader = Visitor(app), _reader(app)
    link = link_for(app, journey.reference)
    keep(guest.open(link), "link")
    keep(guest.open(f"{link}x"), "no_link")
    links: Links = app.extensions["recognition"].links
    for visitor, addresses, prefix in ((anybody, PUBLIC, "public"), (lead, COUNCIL, ""), (reader, READERS, "")):
        for address in addresses:
            keep(visitor.open(address), f"{prefix}{address}")
    for number, one in enumerate(_journeys(journey)):
        case = f"/advisor/engagement/{one.reference}"
        for place in PLACES:
            person = f"/people/{1 + 3 * number}/" if "people/1" in place else place
            keep(lead.open(f"{case}{person}"), f"case{number}{place}")
        school = links.status(one.reference).removeprefix(links.base_url)
        own = links.person(one.reference, 1 + 3 * number).removeprefix(links.base_url)
        keep(anybody.open(school), f"school{number}")
        keep(anybody.open(own), f"person{number}")
        _keep_school(keep, (guest, anybody), one, number)
        person_in = let_in(guest, one.reference, 1 + 3 * number)
        keep(guest.open(person_in), f"person{number}_in")
        keep(guest.open(f"{person_in}/my-data"), f"person{number}_data")
        fields = lead.open(f"{case}/messages").fields("/message")
        keep(lead.ask(f"{case}/message", fields), f"case{number}_wrong")
        keep(lead.ask(f"{case}/message", fields | {"text": "Hello."}), f"case{number}_check")
        lead.post("/advisor/draft", fields | {"text": "Hello, and more."})
        keep(lead.open(f"{case}/messages"), f"case{number}_draft")
        keep(reader.open(f"/schools/{one.reference}"), f"reader{number}")
    keep(lead.open("/advisor/readers/1"), "invitation")
    return folder


def test_the_checker_finds_no_error_on_any_page(pages: Path) -> None:
    java = shutil.which("java")
    assert java, "the Nu HTML checker needs Java: install default-jre-headless"
    asked = [java, "-jar", str(_CHECKER), "--errors-only", "--format", "json", "--exit-zero-always", str(pages)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(said.stderr)["messages"]
    assert [(Path(one["url"]).name, one["message"], one.get("extract")) for one in found] == []
    assert len(list(pages.iterdir())) == len(PUBLIC) + len(COUNCIL) + 2 * (len(PLACES) + 21) + len(READERS) + 3
