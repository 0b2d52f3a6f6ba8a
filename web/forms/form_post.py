"""The one way a page does an act: in a single transaction, about the version that the person was looking at.

The council's pages and those of schools and their staff are the same here; only the actor is another, and the council
sees first what would reach others (`check`). Triggers and undo have pages of their own, as what they ask for stands on
the offer's page or has to be looked at first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.forms import act_form, check, drafts, flash_messages, form_errors, form_fields, repeated
from web.forms.check import ToBeSeen
from web.forms.form_errors import Trouble
from workflow import engine
from workflow.acts.act import Act, Done, Occasion, occasion, perform
from workflow.domain.actor import COUNCIL_ROLES, Actor
from workflow.errors import Conflict, NotFound, WorkflowError
from workflow.store import lookups
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import receipts

#: What the page's address says the act is about, as values of the act.
Finds = Callable[[Occasion], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FormPost:
    """A form that was sent: about which engagement, by whom, and where it stands.

    `form` is the form's name and `section` the part of the page that it stands in. `render` shows the page again with
    what is wrong, and `back` leads to it. `page` is what drafts call it, where that is not the way back.
    """

    reference: str
    actor: Actor
    form: str
    section: str
    render: Callable[[Trouble], ResponseReturnValue]
    back: str
    page: str = ""


def carry_out(act: Act | None, post: FormPost, finds: Finds) -> ResponseReturnValue:
    """Says what was done on the page it came from, or shows that page with what is wrong. Raises NotFound."""
    if act is None:
        raise NotFound("There is no such form. Go back to the page it was on.")
    if (left := check.to_change(post.form, post.section)) is not None:
        return post.render(left)
    try:
        words = _carry_out(act, post, finds)
    except ToBeSeen as wait:
        return check.page(wait.sight, "", request.path, post.back)
    except NotFound:
        raise
    except Conflict as error:
        return repeated.answer(post.actor, post.reference, post.back) or post.render(_overtaken(post, error))
    except WorkflowError as error:
        return post.render(form_errors.of(error, post.form, at=post.section))
    flash(words)
    return redirect(post.back, 303)


def _carry_out(act: Act, post: FormPost, finds: Finds) -> str:
    version = form_fields.version(request.form)
    with here().store.writing() as db:
        engagement_id = lookups.engagement_id(db, post.reference)
        engine.expect(db, engagement_id, version)
        on = occasion(db, engagement_id, actor=post.actor, now=here().clock())
        stage = on.engagement.stage
        done = perform(act, on, **act_form.read(act, on, request.form, finds(on)))
        form_fields.agree(dict(done.wrong))
        words = done.page if on.is_own else _seen(on, done, stage, version)
        drafts.sent(db, post.actor, engagement_id, post.page or post.back, post.form)
        receipts.keep(db, repeated.key(post.actor, post.reference), words, on.now)
        return words


def _overtaken(post: FormPost, error: Conflict) -> Trouble:
    """Somebody else was first. The council is told who, and what they did."""
    found = form_errors.of(error, post.form, at=post.section)
    if post.actor.role not in COUNCIL_ROLES:
        return found
    return repeated.overtaken(found, post.reference, form_fields.version(request.form))


def _seen(on: Occasion, done: Done, stage: str, version: int) -> str:
    """What the council is told of what it has seen before. Raises ToBeSeen for what it has not."""
    check.look(on, done)
    return _told(on, done, stage, version)


def _told(on: Occasion, done: Done, stage: str, version: int) -> str:
    """`Recorded. The stage is now Training session 2. 4 emails are on their way.`"""
    on.session.refresh(on.engagement)
    moved = () if done.whole else flash_messages.moved(on.offer, stage, on.engagement.stage)
    since = (OwedEffect.engagement_id == on.engagement_id) & (OwedEffect.seq > version)
    return " ".join([done.page, *moved, *flash_messages.on_their_way(on.session, since)])
