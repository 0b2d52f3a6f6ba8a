"""What a school and its staff do through their links: done in one transaction, or shown again with what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import form_errors, form_fields
from web.app_state import here
from web.form_errors import Trouble
from workflow import engine
from workflow.domain.actor import Actor, Who
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement


@dataclass(frozen=True)
class FormPost:
    """One transaction, the engagement it is about, the form that was sent, and who sent it when."""

    db: Session
    engagement: Engagement
    form: form_fields.Form
    actor: Actor
    now: datetime

    @property
    def who(self) -> Who:
        return Who(actor=self.actor, now=self.now)

    @cached_property
    def offer(self) -> Offer:
        return offers_of(self.db).machine(self.engagement.offer_code, self.engagement.offer_version).offer


FormAction = Callable[[FormPost], str]
Render = Callable[[Trouble | None], ResponseReturnValue]


def carry_out(
    reference: str, actor: Actor, act: FormAction, render: Render, *, form: str, back: str
) -> ResponseReturnValue:
    """The act's sentence on the page it came from, or that page with what is wrong. Raises NotFound."""
    try:
        with here().store.writing() as db:
            engagement_id = lookups.engagement_id(db, reference)
            engine.expect(db, engagement_id, form_fields.version(request.form))
            engagement = db.get_one(Engagement, engagement_id)
            words = act(FormPost(db, engagement, request.form, actor, here().clock()))
    except NotFound:
        raise
    except WorkflowError as error:
        return render(form_errors.of(error, form, at="main-content"))
    flash(words)
    return redirect(back, 303)
