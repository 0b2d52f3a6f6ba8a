"""Evidence in a story: what people send in about each criterion, and what their reviewers say."""

import tomllib
from functools import cache
from importlib.resources.abc import Traversable
from io import BytesIO

from PIL import Image, ImageDraw

from web.installation import DEMO
from workflow.acts.act import Occasion
from workflow.queries.participant_view import view_person
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece

_SIZE = (640, 400)
_NOTES = ("What went well", "What we try next", "When we meet again")


def pieces(on: Occasion, email: str, *, with_picture: bool) -> dict[str, EvidencePiece]:
    """Words for every criterion that is asked for; the first can have a picture too."""
    person = participants.one_of(on.session, on.engagement_id, email)
    codes = evidence.open_criteria(on.session, on.offer, person)
    texts = _texts(DEMO / "evidence.toml")
    turn = person.id + len(view_person(on.session, person).story)
    found = {code: EvidencePiece(texts[code][turn % len(texts[code])]) for code in codes}
    if with_picture:
        found[codes[0]] = EvidencePiece(found[codes[0]].text, (("Our whiteboard.png", _whiteboard()),))
    return found


def decisions(on: Occasion, email: str, *, missing: str | None) -> dict[str, Decision]:
    """Everything that was sent in is met, or everything but the second criterion, of which `missing` says why."""
    person = participants.one_of(on.session, on.engagement_id, email)
    waiting = [one.criterion for one in view_person(on.session, person).waiting]
    found = {code: Decision(met=True) for code in waiting}
    if missing:
        found[waiting[:2][-1]] = Decision(met=False, text=missing)
    return found


@cache
def _texts(file: Traversable) -> dict[str, list[str]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _whiteboard() -> bytes:
    """A picture such as somebody takes after a meeting."""
    picture = Image.new("RGB", _SIZE, "white")
    drawing = ImageDraw.Draw(picture)
    for number, words in enumerate(_NOTES):
        top = 40 + number * 110
        drawing.rectangle((40, top, 600, top + 90), outline="navy", width=3)
        drawing.text((60, top + 35), words, fill="navy", font_size=24)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
