"""See before you send: what reaches others, or is there to stay, is told on a page of its own and done when confirmed.

A form is done as far as it goes, and what would come of it is read. Unless whoever sent it has seen just that, nothing
becomes true: the page shows it, with everything that was typed, and one button. Each kind of letter may be given a
paragraph there; it is shown in its place before anybody can say yes to it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms.form_errors import Trouble
from web.forms.own_words import FIELD, OwnWords, kinds_of, own_words
from workflow.acts.act import Done, Occasion
from workflow.acts.ahead import own_paragraphs
from workflow.acts.ahead.foreseen import Foreseen, foreseen
from workflow.english import count_of, listed
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

#: What the form of the check page sends besides what was typed: the mark of what was seen, or the wish to change it, or
#: to look again at letters to which something was added.
_SEEN, _CHANGE, _AGAIN = "seen", "change", "again"
_OWN_FIELDS = ("csrf_token", "draft", _SEEN, _CHANGE, _AGAIN)
#: What was typed into a form, by the names of its fields.
Typed = Mapping[str, Sequence[str]]
_UNPROCESSABLE = 422
_ENGAGEMENTS = ("Engagements", "/advisor/engagements")


@dataclass(frozen=True, slots=True)
class Sight:
    """What would happen, where, what was typed for it, and what was added to its letters. `about` is a school, or the
    name of a file."""

    foreseen: Foreseen
    reference: str
    about: str
    typed: Typed
    own: OwnWords = field(default_factory=OwnWords)

    @property
    def mark(self) -> str:
        """Of what would happen and of what was typed."""
        whole = [self.foreseen.mark, self.typed, self.own.typed]
        return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


class ToBeSeen(Exception):
    """Ends the transaction of a form whose consequences nobody has seen yet. Caught by whoever began it."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        super().__init__(sight.reference)


def look(on: Occasion, done: Done) -> None:
    """Raises ToBeSeen for what has to be seen first and was not."""
    school = on.session.get_one(School, on.engagement.school_urn).name
    ask(on.session, partial(foreseen, on, done, here().links), on.engagement.reference, school)


def ask(db: Session, foresee: Callable[[], Foreseen], reference: str, about: str) -> None:
    """The same for what has been done in a session, about whatever it is. Raises ToBeSeen."""
    own = own_words(request.form)
    own_paragraphs.add(db, own.typed)
    sight = Sight(foresee(), reference, about, typed(), own)
    unsure = _AGAIN in request.form or own.wrong
    if sight.foreseen.wants_a_look and (unsure or request.form.get(_SEEN, "") != sight.mark):
        raise ToBeSeen(sight)


def typed() -> Typed:
    """What stands in the form that was sent, without what the pages themselves put there."""
    fields = ((name, [*values]) for name, values in request.form.lists() if name not in _OWN_FIELDS)
    return {name: values for name, values in fields if not name.startswith(FIELD)}


def sight_of(on: Occasion, done: Done, given: Typed) -> Sight:
    """What has been done so far, for a form that was not sent yet."""
    school = on.session.get_one(School, on.engagement.school_urn).name
    return Sight(foreseen(on, done, here().links), on.engagement.reference, school, given)


def wants_change() -> bool:
    """Whether somebody would rather change what they sent."""
    return _CHANGE in request.form


def to_change(form: str, at: str) -> Trouble | None:
    """The form as it was left, where somebody would rather change what they typed; None where they would not."""
    return Trouble(200, (), form, at=at) if wants_change() else None


def page(sight: Sight, title: str, to: str, back: str, above: tuple[str, str] = _ENGAGEMENTS) -> ResponseReturnValue:
    """`title` is what would be done, `to` where the form is sent when it is confirmed, `back` the page it came from,
    which is below the one `above`."""
    html = render_template(
        "check.html",
        sight=sight,
        seen=sight.foreseen,
        specimens=_specimens(sight),
        title=title,
        to=to,
        back=back,
        above=above,
        typed=[(name, one) for name, values in sight.typed.items() for one in values],
        sent=request.method == "POST",
        most=own_paragraphs.LIMIT,
        kinds=kinds_of(sight.foreseen),
        changed=_SEEN in request.form and _AGAIN not in request.form and not sight.own.wrong,
        button=_button(sight.foreseen),
        user=access.current_user(),
    )
    return html, _UNPROCESSABLE if sight.own.wrong else 200


def _specimens(sight: Sight) -> Mapping[int, str]:
    """Where each certificate can be looked at, by the number of whom it is for: without its ending, as there is a PDF
    and a picture. Not where it would bear another name than the record has before the step is done."""
    named = {one.participant: one.name for one in sight.foreseen.certificates}
    query = select(Participant.id, Participant.certificate_name).where(Participant.id.in_(named))
    with here().store.reading() as db:
        known = db.execute(query).all() if named else ()
    there = f"/advisor/engagement/{sight.reference}/people"
    return {number: f"{there}/{number}/specimen" for number, name in known if name == named[number]}


def _button(found: Foreseen) -> str:
    """`Confirm, make 3 certificates and send 4 messages`."""
    makes = [f"make {count_of(len(found.certificates), 'certificate')}"] if found.certificates else []
    sends = [f"send {count_of(found.letters, 'message')}"] if found.letters else []
    return listed(["Confirm", *makes, *sends])
