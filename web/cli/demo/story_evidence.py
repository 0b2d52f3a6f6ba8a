"""Evidence in a story: what people send in about each criterion, and what their reviewers say."""

import tomllib
from functools import cache
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from web.installation import DEMO
from workflow.engine import catalogue
from workflow.queries.participant_view import view_person
from workflow.store.tables.engagement import Engagement
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece

_SIZE = (640, 400)
_NOTES = ("What went well", "What we try next", "When we meet again")


def send(session: Session, engagement_id: int, email: str, *, with_picture: bool, **who: Any) -> None:
    """A version with words for every criterion that is asked for; the first can have a picture too."""
    person = participants.one_of(session, engagement_id, email)
    offer = catalogue.offer_of(session, session.get_one(Engagement, engagement_id))
    codes = evidence.open_criteria(session, offer, person)
    texts = _texts(DEMO / "evidence.toml")
    turn = person.id + len(view_person(session, person).story)
    pieces = {code: EvidencePiece(texts[code][turn % len(texts[code])]) for code in codes}
    if with_picture:
        pieces[codes[0]] = EvidencePiece(pieces[codes[0]].text, (("Our whiteboard.png", _whiteboard()),))
    evidence.send_in(session, engagement_id, email, pieces, **who)


def decide(session: Session, engagement_id: int, email: str, *, missing: str | None, **who: Any) -> None:
    """Everything that was sent in is met, or everything but the second criterion, of which `missing` says why."""
    waiting = [
        one.criterion for one in view_person(session, participants.one_of(session, engagement_id, email)).waiting
    ]
    decisions = {code: Decision(met=True) for code in waiting}
    if missing:
        decisions[waiting[:2][-1]] = Decision(met=False, text=missing)
    evidence.review(session, engagement_id, email, decisions, **who)


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
