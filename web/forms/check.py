"""See before you send: what reaches others, or is there to stay, is told on a page of its own and done when confirmed.

A form is done as far as it goes, and what would come of it is read. Unless whoever sent it has seen just that, nothing
becomes true: the page shows it, with everything that was typed, and one button.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import render_template, request
from sqlalchemy import select

from web import access
from web.app_state import here
from web.forms.form_errors import Trouble
from workflow.acts.act import Done, Occasion
from workflow.acts.foreseen import Foreseen, foreseen
from workflow.english import count_of, listed
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

#: What the form of the check page sends besides what was typed: the mark of what was seen, or the wish to change it.
_SEEN, _CHANGE = "seen", "change"
_OWN_FIELDS = ("csrf_token", "draft", _SEEN, _CHANGE)
#: What was typed into a form, by the names of its fields.
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What would happen, where, and what was typed for it."""

    foreseen: Foreseen
    reference: str
    school: str
    typed: Typed

    @property
    def mark(self) -> str:
        """Of what would happen and of what was typed."""
        return sha256(json.dumps([self.foreseen.mark, self.typed], sort_keys=True).encode()).hexdigest()


class ToBeSeen(Exception):
    """Ends the transaction of a form whose consequences nobody has seen yet. Caught by whoever began it."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        super().__init__(sight.reference)


def look(on: Occasion, done: Done) -> None:
    """Raises ToBeSeen for what has to be seen first and was not."""
    sight = sight_of(on, done, typed())
    if sight.foreseen.wants_a_look and request.form.get(_SEEN, "") != sight.mark:
        raise ToBeSeen(sight)


def typed() -> Typed:
    """What stands in the form that was sent, without what the pages themselves put there."""
    return {name: [*values] for name, values in request.form.lists() if name not in _OWN_FIELDS}


def sight_of(on: Occasion, done: Done, given: Typed) -> Sight:
    """What has been done so far, for a form that was not sent yet."""
    school = on.session.get_one(School, on.engagement.school_urn).name
    return Sight(foreseen(on, done, here().links), on.engagement.reference, school, given)


def to_change(form: str, at: str) -> Trouble | None:
    """The form as it was left, where somebody would rather change what they typed; None where they would not."""
    return Trouble(200, (), form, at=at) if _CHANGE in request.form else None


def page(sight: Sight, title: str, to: str, back: str) -> str:
    """`title` is what would be done, `to` where the form is sent when it is confirmed, `back` the page it came from."""
    return render_template(
        "check.html",
        sight=sight,
        seen=sight.foreseen,
        specimens=_specimens(sight),
        title=title,
        to=to,
        back=back,
        typed=[(name, one) for name, values in sight.typed.items() for one in values],
        sent=request.method == "POST",
        changed=bool(request.form.get(_SEEN)),
        button=_button(sight.foreseen),
        user=access.current_user(),
    )


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
    sends = [f"send {count_of(len(found.messages), 'message')}"] if found.messages else []
    return listed(["Confirm", *makes, *sends])
