"""Files that a participant chooses for their evidence, one criterion at a time: kept beside the draft until it is sent.

A script sends each as soon as it is chosen or dropped; without one they go with “Save and come back later”, and none is
lost where the evidence cannot be sent yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.forms import drafts, given_files
from web.forms.form_errors import Trouble
from web.wire.row_number import row_number
from workflow.domain.actor import Actor
from workflow.errors import Problem
from workflow.offer.terms import EvidenceLimits
from workflow.usecases.people import drafts as own_drafts
from workflow.usecases.people import unsent_files

_FORM = "send"
_UNFIT, _MEGABYTE = 422, 1_000_000


def take(participant_id: int, wanted: Collection[str], limits: EvidenceLimits) -> tuple[Problem, ...]:
    """Keeps what came with a form and can be sent in, and says what is wrong with the rest."""
    look_into(wanted, limits)
    chosen = {code: given_files.looked_into(code) for code in wanted}
    if not any(chosen.values()):
        return ()
    with here().store.writing() as db:
        return unsent_files.keep(db, participant_id, chosen, limits.files, here().clock())


def look_into(wanted: Collection[str], limits: EvidenceLimits) -> None:
    """Before anything is locked, as it takes a while."""
    given_files.look_into(wanted, limits.megabytes * _MEGABYTE)


def remove(participant_id: int) -> None:
    """The one whose button was pressed."""
    number = row_number(request.form.get("remove", ""))
    if number is not None:
        with here().store.writing() as db:
            unsent_files.drop(db, participant_id, number)


def throw_away(actor: Actor, engagement_id: int) -> None:
    """All of them, once the draft that they lie beside is gone; not with the draft of another form."""
    owner = own_drafts.owner_of(actor, engagement_id)
    spot = drafts.spot_of(request.form.get("draft", ""), actor, owner)
    if not request.form.get("throw_away") or spot is None or spot.form != _FORM or actor.participant_id is None:
        return
    with here().store.writing() as db:
        if _FORM not in own_drafts.on_page(db, owner, spot.page, here().clock()):
            unsent_files.drop(db, actor.participant_id)


def told(problems: Sequence[Problem]) -> ResponseReturnValue:
    """For a script."""
    return jsonify(said=" ".join(f"{one.where} {one.sentence}" for one in problems)), _UNFIT


def trouble(problems: Sequence[Problem]) -> Trouble:
    """For the page, at each criterion."""
    sentences: dict[str, str] = {}
    for one in problems:
        sentences[one.where] = " ".join(filter(None, (sentences.get(one.where), one.sentence)))
    return by_criterion(Trouble(_UNFIT, (), _FORM, sentences))


def by_criterion(wrong: Trouble) -> Trouble:
    """A sentence that only makes sense behind its criterion’s number says that number, above the form as well."""
    whole = {name: f"{name}: {told}" if told[0].islower() else told for name, told in wrong.fields.items()}
    return replace(wrong, fields=whole) if wrong.form == _FORM else wrong
