"""What is kept as a name prints: on one page, in the bundled fonts alone, and reads back out of the PDF."""

import io
import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

import config
from tests.workflow.domain.name_corpus import KEPT
from workflow.domain.person_name import NAME_LIMIT, WORD_LIMIT, person_name
from workflow.domain.printable import LETTERS, PRINTABLE
from workflow.usecases.certificate_text import Printed
from workflow.usecases.printing.printer import Printer

TEMPLATES = sorted((Path(config.__file__).parent / "offers").glob("*/certificate.typ"))
PRINTER = Printer()
_MARGIN = 76.6  # points from the left edge to where words may begin: what is centred and begins there runs over


def printed(name: str, school: str = "Polwhevral School") -> Printed:
    return Printed(
        serial="7KQ2-M9RT-WX4H",
        name=name,
        phase=3,
        phase_title="A Master Mentor and Coach",
        phase_means="Has led both mentoring and coaching, with impact within a school, or across several",
        school=school,
        title="Certificate of Recognition",
        offer="Mentoring, coaching and leadership recognition framework",
        provider="Council",
        reference="CMC-26-0042-K",
        issued_on=date(2027, 3, 5),
        valid_until=date(2030, 3, 5),
    )


def pages(template: Path, what: Printed) -> PdfReader:
    pdf = PRINTER.certificate(str(template), what, "http://localhost:8000/verify/7KQ2-M9RT-WX4H")
    return PdfReader(io.BytesIO(pdf))


def letters(text: str) -> set[str]:
    return set(filter(str.isalpha, unicodedata.normalize("NFKD", text)))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
def test_every_name_that_is_kept_prints_on_one_page_and_reads_back(template: Path) -> None:
    for typed in KEPT:
        name = person_name(typed)
        read = pages(template, printed(name))
        text = read.pages[0].extract_text()
        assert len(read.pages) == 1, name
        assert letters(name) <= letters(text), (name, text)
        assert json.loads(read.attachments["recognition.json"][0])["name"] == name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize(
    "name",
    [
        "W" * WORD_LIMIT,
        "Ѭ" * WORD_LIMIT,
        " ".join(["W" * 39] * 3),
        " ".join(["Ѭ" * 39] * 3),
        "i" * WORD_LIMIT,
        "W " * 59,
    ],
)
def test_the_longest_name_of_the_broadest_letters_stays_inside_the_border(template: Path, name: str) -> None:
    kept = person_name(name)
    assert len(kept) <= NAME_LIMIT
    begins: list[tuple[str, float]] = []
    read = pages(template, printed(kept))
    read.pages[0].extract_text(visitor_text=lambda text, at, *_: begins.append((text, at[4])))
    found = [left for text, left in begins if kept[:3] in text]
    assert found
    assert min(found) > _MARGIN
    assert len(read.pages) == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
def test_what_no_bundled_font_has_is_an_error_and_what_runs_off_the_page_too(template: Path) -> None:
    with pytest.raises(typst.TypstError, match="李"):
        pages(template, printed("李小龍"))
    with pytest.raises(typst.TypstError, match="too long"):
        pages(template, printed("W" * NAME_LIMIT))
    assert re.search(r"^  fallback: false,$", template.read_text(), re.MULTILINE)


_SOURCE = """
#set document(title: "Letters", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), fallback: false, lang: "en")
#set text(weight: int(sys.inputs.weight))
#for one in sys.inputs.letters.split("\\u{0}") [#one #parbreak()]
"""


@pytest.mark.parametrize("weight", [400, 600])
def test_the_list_of_letters_is_what_typst_says_of_its_fonts(tmp_path: Path, weight: int) -> None:
    source = tmp_path / "letters.typ"
    source.write_text(_SOURCE)
    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)
    inputs = {"weight": str(weight), "letters": "\0".join(sorted(PRINTABLE))}
    assert compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"])
    assert len(LETTERS) > 2000
