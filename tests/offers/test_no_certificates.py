"""An offer in which people take part and nobody gets a certificate: no page speaks of one."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import Journey
from tests.offers.alone import Alone, alone_in, read
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS
from tests.offers.walk import Walk
from tests.records import Files
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.offer.check import check
from workflow.offer.loader import load_offer

COUNCILS = ("", "/people", "/people/1/", "/meetings", "/visits", "/messages", "/history")
SCHOOLS = ("", "/people", "/people/1", "/dates", "/messages")
#: The record keeps a name as it would be printed beside each name, and whoever asks what is kept of them is told so.
KEPT = "Certificates Entries 1 How long as long as the certificate can be checked"
WITHOUT = {
    r"\n\[certificate\]\n(?:.+\n)+": "\n",
    r"\[\[move\]\]\nof = \"certificate\"\n(?:.+\n)+": "",
    r"\{ certificate = \"completed\" \}, ": "",
    r"  \{ names_confirmed = true, waivable = false \},\n": "",
    r"  \{ owner = \"school\", within = \"5 school days\", to = \"confirm the name for .+\n": "",
    r"Confirm the name for the certificate": "Wait for the library panel",
    r"\{ email = \"library-name\" \}, |, \{ email = \"library-name\" \}": "",
}


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    """The library's mark without its certificate."""
    folder = Path(shutil.copytree(FOLDERS["library"], tmp_path / "offers" / "library-2026-01"))
    page = folder / "offer.toml"
    text = page.read_text(encoding="utf-8")
    for pattern, instead in WITHOUT.items():
        text = re.sub(pattern, instead, text)
    page.write_text(text, encoding="utf-8")
    for name in ("library-certificate", "library-name"):
        (folder / "emails" / f"{name}.md").unlink()
    return folder.parent


@pytest.fixture
def there(files: Files, tmp_path: Path, offers: Path) -> Iterator[Alone]:
    with alone_in(files, tmp_path, offers) as made:
        yield made


def test_the_page_is_sound(offers: Path) -> None:
    assert check(load_offer(offers / "library-2026-01")) == []


def test_no_page_speaks_of_certificates_at_any_step(there: Alone) -> None:
    walk = Walk.begin(Journey(there.store, ORDERED), "library")
    for step in walk.steps():
        there.clock.now = walk.journey.now
        told = {path: words.replace(KEPT, "") for path, words in _pages(there, walk.journey).items()}
        spoken = [path for path, words in told.items() if "ertificate" in words]
        assert spoken == [], step
        if walk.journey.stage == "mark_held":
            break
        walk.do(step)
    assert walk.journey.stage == "mark_held"


def _pages(there: Alone, journey: Journey) -> dict[str, str]:
    lead, school, person = Visitor(there.app).sign_in("lead@example.org"), Visitor(there.app), Visitor(there.app)
    case, page = f"/advisor/engagement/{journey.reference}", let_in(school, journey.reference)
    has_people = journey.row.stage != "joining"
    told = {path: read(lead.open(path)) for path in ("/advisor/", "/advisor/engagements", "/advisor/insight")}
    told |= {one: read(lead.open(case + one)) for one in COUNCILS if has_people or "1" not in one}
    told |= {f"school{one}": read(school.open(page + one)) for one in SCHOOLS if has_people or "1" not in one}
    if has_people:
        own = let_in(person, journey.reference, 1)
        told |= {f"own{one}": read(person.open(own + one)) for one in ("", "/my-data")}
    return told
