"""The one PDF builder: certificates as PDF/A-3a and PDF/UA-1, with their facts attached and a QR code to check them."""

import io
import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import segno
import typst

from workflow.domain.look import USUAL, Look
from workflow.english import day_in_words
from workflow.usecases.certificate_text import Printed

Kind = Literal["pdf", "png"]
_INK = "#10254a"
#: Set around a certificate's own template, which needs to know nothing of it.
_SPECIMEN = """#set page(foreground: rotate(-28deg, text(
  font: "Libertinus Serif", size: 110pt, weight: 600, tracking: 0.06em, fill: rgb(160, 20, 40, 26%),
)[SPECIMEN]))
#include "{}"
"""
#: Dots per inch of a picture: an A4 page is then as wide as a column of text.
_DOTS = 72


class Printer:
    """Keeps one compiler for each template file. Not for use by two threads at once: a compiler holds its input."""

    def __init__(self) -> None:
        self._compilers: dict[str, typst.Compiler] = {}

    def certificate(self, template: str, printed: Printed, verify_link: str, look: Look = USUAL) -> bytes:
        """The PDF. The same facts give the same bytes. Raises `typst.TypstError` for letters no bundled font has."""
        compiler = self._compilers.get(template)
        if compiler is None:
            fonts = typst.Fonts(include_system_fonts=False)
            compiler = self._compilers[template] = typst.Compiler(template, font_paths=fonts, ignore_system_fonts=True)
        pdf = compiler.compile(
            format="pdf",
            sys_inputs=_inputs(printed, verify_link, look),
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.combine(printed.issued_on, time(), UTC),
        )
        if not isinstance(pdf, bytes):
            raise TypeError("a certificate is one PDF")
        return pdf


def specimen_of(template: str, printed: Printed, verify_link: str, kind: Kind, look: Look) -> bytes:
    """The same page with “SPECIMEN” across it, as a PDF or as a picture; no archive would take it, and none should.

    Has a compiler of its own, so any thread may call it. Raises `typst.TypstError`.
    """
    path, fonts = Path(template), typst.Fonts(include_system_fonts=False)
    source = _SPECIMEN.format(path.name).encode()
    compiler = typst.Compiler(source, root=path.parent, font_paths=fonts, ignore_system_fonts=True)
    page = compiler.compile(format=kind, ppi=_DOTS, sys_inputs=_inputs(printed, verify_link, look))
    if not isinstance(page, bytes):
        raise TypeError("a certificate is one page")
    return page


def _inputs(printed: Printed, verify_link: str, look: Look) -> dict[str, str]:
    """A template has colours of its own, which a council that chose some sees replaced."""
    chosen = {"header_colour": look.header, "accent_colour": look.accent}
    own = {name: colour for name, colour in chosen.items() if name.partition("_")[0] not in look.usual}
    return own | {
        "name": printed.name,
        "phase_number": str(printed.phase),
        "phase_title": printed.phase_title,
        "phase_means": printed.phase_means,
        "school": printed.school,
        "provider": printed.provider,
        "offer": printed.offer,
        "title": printed.title,
        "issued_on": day_in_words(printed.issued_on).partition(" ")[2],
        "issued_iso": printed.issued_on.isoformat(),
        "valid_until": day_in_words(printed.valid_until).partition(" ")[2] if printed.valid_until else "",
        "renews": printed.renews.words if printed.renews else "",
        "serial": printed.serial,
        "verify_link": verify_link,
        "reference": printed.reference,
        "qr": _qr(verify_link),
        "facts": json.dumps(printed.as_facts(), ensure_ascii=False, sort_keys=True),
    }


def _qr(link: str) -> str:
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="svg", border=0, dark=_INK, xmldecl=False)
    return picture.getvalue().decode()
