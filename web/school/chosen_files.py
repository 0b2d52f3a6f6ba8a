"""Files that a participant chooses for their evidence, one criterion at a time: kept beside the draft until it is sent.

A script sends each as soon as it is chosen or dropped; without one they go with “Save and come back later”, and none is
lost where the evidence cannot be sent yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from web.app_state import here
from web.forms.form_errors import Trouble
from web.forms.given_files import of_criterion
from web.wire.row_number import row_number
from workflow.errors import Problem
from workflow.offer.terms import EvidenceLimits
from workflow.usecases.people import unsent_files

_FORM = "send"
_UNFIT = 422


def take(participant_id: int, wanted: Collection[str], limits: EvidenceLimits) -> tuple[Problem, ...]:
    """Keeps what came with a form and can be sent in, and says what is wrong with the rest."""
    chosen = {code: of_criterion(code) for code in wanted}
    if not any(chosen.values()):
        return ()
    return unsent_files.keep(here().store, participant_id, chosen, limits, here().clock())


def remove(participant_id: int) -> None:
    """The one whose button was pressed, or all of them with the draft that is thrown away."""
    number = row_number(request.form.get("remove", ""))
    with here().store.writing() as db:
        if request.form.get("throw_away"):
            unsent_files.drop(db, participant_id)
        elif number is not None:
            unsent_files.drop(db, participant_id, number)


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
