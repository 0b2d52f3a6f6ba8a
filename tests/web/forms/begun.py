"""What tests of drafts share: evidence that waits for a review, forms that are begun, and what is kept of them."""

import json

from tests.journeys import ASSESSOR, PEOPLE, Journey
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.submission import Review
from workflow.usecases import evidence
from workflow.usecases.evidence import Decision, EvidencePiece

ADA = PEOPLE[0].email
CODES = ("1.1", "1.2", "1.3", "1.4")
KEEP = "/advisor/draft"
WORDS = "Say what <changed> in the classroom."
OTHERS = "Tell us who was there."


def send_in(journey: Journey, *codes: str) -> None:
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in codes}
    journey._do(evidence.send_in, ADA, pieces, actor=Actor("participant", participant_id=1))


def send_back(journey: Journey) -> None:
    decisions = {code: Decision(met=code != "1.2", text="Say what changed.") for code in CODES}
    journey._do(evidence.review, ADA, decisions, actor=ASSESSOR)


def begin(visitor: Visitor, page: str, form: str, to: str = KEEP, **typed: str) -> Visitor:
    """Types into a form and presses the button that keeps it."""
    fields = visitor.open(page).fields(f'action="{page.rstrip("/")}/{form}"')
    return visitor.post(to, fields | {name.replace("__", "-"): text for name, text in typed.items()})


def save(visitor: Visitor, fields: dict[str, str], to: str = KEEP) -> tuple[int, dict[str, object]]:
    """As the script does it."""
    answer = visitor.client.post(to, data=fields, headers={"Accept": "application/json"})
    return answer.status_code, json.loads(answer.text)


def kept(journey: Journey) -> list[Draft]:
    with journey.store.reading() as session:
        return session.query(Draft).order_by(Draft.id).all()


def reviews(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.query(Review).count()
