"""A form about an engagement that has changed since: sent for the second time, or after somebody else was first."""

import json
from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web.app_state import here
from web.formatting import moment
from web.forms import check
from web.forms.form_errors import Trouble
from web.wire import kept_form
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offer_of
from workflow.english import listed
from workflow.queries.history import HistoryLine, history_since
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.usecases import receipts

#: The field with the mark that a form carries from the page it was drawn on.
_MARK = "key"
#: So many of the things that happened meanwhile are told.
TOLD = 3


def key(actor: Actor, reference: str, files: Sequence[str] = ()) -> str:
    """By which what this form does is kept. What a browser shows again, with something else typed into it or with other
    files, is another wish, though it carries the same mark."""
    wish = json.dumps([request.path, check.typed(), *files], sort_keys=True) if request.form.get(_MARK) else ""
    return receipts.key_of(actor, reference, wish)


def answer(actor: Actor, reference: str, back: str) -> ResponseReturnValue | None:
    """The one result, where this very form was carried out before; None where it was not."""
    with here().store.reading() as db:
        words = receipts.told(db, key(actor, reference))
    if not words:
        return None
    flash(words)
    return redirect(back, 303)


def is_first(db: Session, actor: Actor, reference: str, words: str, files: Sequence[str] = ()) -> bool:
    """Whether this very form has done nothing yet; from now on it has, with this transaction. For what leaves the
    version as it is: of two that are sent at once the second waits here, and then finds the first. `files` are
    the digests of those that came with it."""
    db.get_one(Engagement, lookups.engagement_id(db, reference), with_for_update=True, populate_existing=True)
    this = key(actor, reference, files)
    if receipts.told(db, this):
        return False
    receipts.keep(db, this, words, here().clock())
    return True


def overtaken(wrong: Trouble, reference: str, version: int) -> Trouble:
    """Somebody else was first: who did what since this version was looked at, and what was typed, as its form may have
    gone with what they did."""
    with here().store.reading() as db:
        lines = _since(db, reference, version)
    written = tuple(kept_form.written(one for values in check.typed().values() for one in values))
    if not lines:
        return replace(wrong, written=written)
    told = f"Since you opened this: {in_words(lines)}. What you typed is still here: look again, then send it again."
    return replace(wrong, sentences=(told,), written=written)


def in_words(lines: Sequence[HistoryLine]) -> str:
    """`Date agreed (Denzil Hocking, 6 October 2025 at noon)`, for a few of them."""
    happened = listed([f"{line.title} ({line.who}, {moment(line.at)})" for line in lines[:TOLD]])
    return f"{happened}, and more" if len(lines) > TOLD else happened


def _since(db: Session, reference: str, version: int) -> tuple[HistoryLine, ...]:
    engagement = db.get_one(Engagement, lookups.engagement_id(db, reference))
    return history_since(db, offer_of(db, engagement), engagement.id, version, TOLD + 1)
