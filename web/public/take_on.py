"""Somebody whom their school has proposed as its contact says yes or no, by the link of their letter.

To open the link uses nothing up: mail scanners open links, and some run scripts. The buttons do.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from workflow.domain.contacts.kinds import CONTACTS
from workflow.engine.catalogue import terms_of
from workflow.offer.terms import Terms
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.usecases.contacts import proposal_letters, proposals

bp = Blueprint("take_on", __name__, url_prefix="/contact")


@bp.get("/<token:secret>")
@access.public
def ask(secret: str) -> str:
    """Raises NotFound for a link that holds no more."""
    with here().store.reading() as db:
        letter, proposal = proposal_letters.holder(db, secret, here().clock())
        told, made_by = proposal_letters.words_of(db, letter), _made_by(db, proposal)
    return render_template(
        "public/take_on.html", told=told, proposal=proposal, secret=secret, answer="", made_by=made_by
    )


@bp.post("/<token:secret>")
@access.public
def answer(secret: str) -> ResponseReturnValue:
    """Raises NotFound likewise."""
    said = "yes" if request.form.get("answer") == "yes" else "no"
    with here().store.writing() as db:
        decide = proposals.confirm if said == "yes" else proposals.decline
        proposal = decide(db, secret, here().clock())
        told, made_by = {"contact": CONTACTS[proposal.kind].lower()}, _made_by(db, proposal)
    shown = {"told": told, "proposal": proposal, "made_by": made_by}
    return render_template("public/take_on.html", **shown, secret="", answer=said)


def _made_by(db: Session, proposal: ContactProposal) -> Terms | None:
    return terms_of(db, db.get_one(Engagement, proposal.engagement_id))
