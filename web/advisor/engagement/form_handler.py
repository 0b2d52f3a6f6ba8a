"""The one way a page records a fact: in a single transaction, about the version that the person was looking at.

An act is a small function from `Recording` to the sentence that says what was recorded; `meetings` and
`participant_acts` list theirs in a dictionary. Triggers are not recorded here: they go through `case`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access, form_errors, form_fields
from web.advisor.engagement import flash_messages, page
from web.app_state import here
from web.form_errors import Trouble
from workflow import engine
from workflow.domain.actor import Who
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import users


@dataclass(frozen=True)
class FormPost:
    """One transaction, the engagement it is about and the form that was sent."""

    db: Session
    engagement: Engagement
    form: form_fields.Form
    who: Who

    @cached_property
    def offer(self) -> Offer:
        return offers_of(self.db).machine(self.engagement.offer_code, self.engagement.offer_version).offer


FormAction = Callable[[FormPost], str]
Render = Callable[[str, Trouble], ResponseReturnValue]


def record(
    reference: str, act: FormAction, *, form: str, section: str, render: Render = page.render, back: str = ""
) -> ResponseReturnValue:
    """Carries out the act, or shows the page again with what is wrong at this form of this section.

    The page is that of the case unless `render` shows another, and `back` leads to it. Raises NotFound.
    """
    try:
        words = _carry_out(reference, act)
    except NotFound:
        raise
    except WorkflowError as error:
        return render(reference, form_errors.of(error, form, at=section))
    flash(words)
    return redirect(back or url_for("case.show", reference=reference), 303)


def _carry_out(reference: str, act: FormAction) -> str:
    version = form_fields.version(request.form)
    who = Who(actor=users.actor_of(access.current_user()), now=here().clock())
    with here().store.writing() as db:
        engagement_id = lookups.engagement_id(db, reference)
        engine.expect(db, engagement_id, version)
        engagement = db.get_one(Engagement, engagement_id)
        return _told(FormPost(db, engagement, request.form, who), act, version)


def _told(recording: FormPost, act: FormAction, version: int) -> str:
    """`Recorded. The stage is now Training session 2. 4 emails are on their way.`"""
    engagement, stage = recording.engagement, recording.engagement.stage
    words = act(recording)
    recording.db.refresh(engagement)
    moved = flash_messages.moved(recording.offer, stage, engagement.stage)
    since = (OwedEffect.engagement_id == engagement.id) & (OwedEffect.seq > version)
    return " ".join([words, *moved, *flash_messages.on_their_way(recording.db, since)])
