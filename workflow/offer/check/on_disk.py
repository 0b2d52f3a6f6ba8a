"""What is wrong with an offer's folder, each fault with its file and its line. Reads files; `check` reads none."""

from collections.abc import Iterator
from pathlib import Path

from workflow.errors import BadInput, Problem
from workflow.offer.check import findings
from workflow.offer.check.finding import Finding, place_of
from workflow.offer.check.rules.rounds import goes_round
from workflow.offer.definition import Offer
from workflow.offer.emails import blanks
from workflow.offer.loader import load_offer, read_source
from workflow.offer.source.source_file import SourceFile
from workflow.offer.source.toml_lines import Place

#: How the one that is renewed is called on a certificate and in its letter.
_RENEWS = "renews"


def prove(folder: Path) -> list[Problem]:
    """Mistakes that keep the offer from being read, else faults in what it says; nothing when it is sound."""
    try:
        offer = load_offer(folder)
    except BadInput as mistakes:
        return list(mistakes.problems)
    found = [Problem(_where(folder, offer, one), one.sentence) for one in findings(offer)]
    return [*found, *_unnamed(folder, offer)]


def _unnamed(folder: Path, offer: Offer) -> Iterator[Problem]:
    """A design of certificates that are renewed prints which one they renew, and their letter says it."""
    if offer.certificate is None or not goes_round(offer):
        return
    if not any(_RENEWS in one.read_text(encoding="utf-8") for one in folder.rglob("*.typ")):
        told = (
            "Certificates are renewed here, and the design does not print which one a new one renews. "
            "Print facts.renews where it is not empty."
        )
        yield Problem(offer.certificate.template, told)
    carrier = offer.emails[offer.certificate.email]
    if _RENEWS not in carrier.placeholders:
        told = (
            "Certificates are renewed here, and the letter that carries one does not say which one it renews. Write "
            "{{ renews }} at the end of a paragraph; nothing stands there in the first round."
        )
        yield Problem(f"emails/{carrier.name}.md", told)


def _where(folder: Path, offer: Offer, finding: Finding) -> str:
    place = place_of(offer, finding)
    match place:
        case ("emails", str(name), str(word)) if line := blanks.line_of(word, _email(folder, name)):
            return f"emails/{name}.md, line {line}"
        case _:
            source, inside = _source(folder, place)
            return source.where(inside)


def _email(folder: Path, name: str) -> str:
    return (folder / "emails" / f"{name}.md").read_text(encoding="utf-8")


def _source(folder: Path, place: Place) -> tuple[SourceFile, Place]:
    """The file a place is in, and the place in that file."""
    match place:
        case ("emails", str(name), *rest):
            return read_source(folder, f"emails/{name}.md"), tuple(rest)
        case ("calendar", *rest):
            return read_source(folder, "calendar.toml"), tuple(rest)
        case _:
            return read_source(folder, "offer.toml"), place
